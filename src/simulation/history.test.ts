import { expect, test } from 'vitest'
import { millis } from '../base/ids.ts'
import { History, type Judge } from './history.ts'
import type { ScriptItem } from './script.ts'
import { stateHash } from './state-hash.ts'
import { at, firstLeader, put, setupOf } from './test-kit.ts'
import type { World } from './world.ts'

/** Finds fault with what the run itself stops at, and with nothing else. */
const judge = (): Judge<string> => ({
  atStart: null,
  after: (world: World) => (world.halted === null ? null : 'at fault'),
  mark: () => null,
  backTo: () => undefined,
})

const apart: readonly ScriptItem[] = [
  at(0.5, { kind: 'Isolate', server: 2 }),
  ...firstLeader,
  at(60, put('1')),
]
const together = [...apart, at(6000, { kind: 'Heal' })]
/**
 * S2 has an entry of a term that nobody else was ever in, which no run of Raft can leave on its disk. When it comes
 * back, its log is the most up-to-date, and it erases what the others have committed meanwhile.
 */
const doctored = (script: readonly ScriptItem[] = together) => setupOf({ logs: ['', '5', ''], script })
const FAR = millis(20_000)

function ended() {
  const history = new History(doctored(), judge)
  history.eventsUntil(FAR, 10_000)
  if (history.end === null) throw new Error('the run did not end')
  return { history, end: history.end }
}

test('a run that meets the impossible ends at that event, with what the run and what the judge say', () => {
  const { history, end } = ended()
  const what = { kind: 'ErasesCommitted', index: 1, commitIndex: 1, leader: 2 }
  expect(end).toMatchObject({ fact: { kind: 'Impossible', what }, verdict: 'at fault' })
  expect(end.at).toBeGreaterThan(millis(6000))
  expect(history.count).toBe(end.event + 1)
  expect(history.times.at(-1)).toBe(end.at)
})

test('nothing lies beyond the end', () => {
  const { history, end } = ended()
  for (const events of [end.event + 2, 1_000_000]) expect(history.seek(events)).toBe(end.event + 1)
  expect(history.until()).toBe(Infinity)
  expect(history.world.advance()).toBe(false)
  expect(history.eventsUntil(FAR, 10_000)).toBe(end.event + 1)
  expect(history.knows(FAR)).toBe(true)
  expect(history.find(255, end.event + 1, 1, 1000)).toBe(-1)
  expect(history.facts.filter(({ fact }) => fact.kind === 'Impossible')).toHaveLength(1)
})

test('one goes back from the end, and comes to the same end again', () => {
  const { history, end } = ended()
  history.seek(1_000_000)
  const hash = stateHash(history.world)
  for (const events of [end.event, end.event - 3, 256, 0]) {
    expect(history.seek(events)).toBe(events)
    expect(history.world.halted).toBeNull()
    expect(history.until()).toBe(history.times[events])
    expect(history.seek(1_000_000)).toBe(end.event + 1)
    expect(history.happened?.facts.at(-1)).toEqual(end.fact)
    expect(stateHash(history.world)).toBe(hash)
    expect(history.end).toEqual(end)
  }
})

test('without what led to the end the run goes on', () => {
  const { history, end } = ended()
  expect(end.event).toBeGreaterThan(256)
  history.rebase(doctored(apart))
  expect(history.end).toBeNull()
  history.eventsUntil(FAR, 10_000)
  expect(history.end).toBeNull()
  expect(history.knows(FAR)).toBe(true)
  const straight = new History(doctored(apart), judge)
  straight.seek(history.count)
  expect(history.times).toEqual(straight.times)
  expect(history.messages).toEqual(straight.messages)
  history.rebase(doctored())
  history.eventsUntil(FAR, 10_000)
  expect(history.end).toEqual(end)
})

test('an edit behind the end changes nothing of it', () => {
  const { history, end } = ended()
  history.rebase(doctored([...together, at(15_000, { kind: 'Crash', server: 1 })]))
  expect(history.seek(1_000_000)).toBe(end.event + 1)
  expect(history.end).toEqual(end)
})

test('what the judge notes stays with its event, and goes where the event is undone', () => {
  const counting = (): Judge<string, { readonly event: number }> => {
    const one: { noted: readonly { readonly event: number }[] } & Omit<Judge<string>, 'noted'> = {
      ...judge(),
      noted: [],
      after(world: World) {
        one.noted = world.events % 100 === 0 ? [{ event: world.event }] : []
        return null
      },
    }
    return one
  }
  const history = new History(setupOf({ script: apart }), counting)
  history.seek(950)
  const noted = [99, 199, 299, 399, 499, 599, 699, 799, 899].map((event) => ({ event }))
  expect(history.notes).toEqual(noted)
  history.seek(10)
  history.seek(950)
  expect(history.notes).toEqual(noted)
  history.seek(560)
  const { now } = history.world
  history.rebase(setupOf({ script: [...apart, { at: now, skip: 0, act: { kind: 'Heal' } }] }))
  expect(history.notes.every(({ event }) => event < 560)).toBe(true)
  history.seek(950)
  expect(history.notes).toEqual(noted)
})
