import { beforeEach, describe, expect, test, vi } from 'vitest'
import { millis, serverId } from '../base/ids.ts'
import { Watch } from '../check/watch.ts'
import { fresh } from '../scenario/fresh.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { History } from '../simulation/history.ts'
import type { Intervention } from '../simulation/script.ts'
import type { Frame } from '../worker/protocol.ts'
import { SlowPort } from '../worker/test-port.ts'
import { act, openScenario, prepareEdits, redo, rename, startEngine, undo } from './edit.ts'
import { goToEvents, goToTime, pause, play } from './navigate.ts'
import { player } from './player.ts'
import { app, mirror } from './state.ts'
// What the page loads when it is wanted is there from the start.
import '../words/upcoming-later.ts'

await prepareEdits()

let port: SlowPort
let nextTick: (time: number) => void = () => undefined
let clock = 0
vi.stubGlobal('requestAnimationFrame', (tick: (time: number) => void) => {
  nextTick = tick
})
player.start()

const tick = (times = 1): void => {
  for (let i = 0; i < times; i++) {
    clock += 16
    nextTick(clock)
  }
}

/** Lets the page play until it asks for a frame. */
function playUntilAsked(): void {
  play()
  for (let i = 0; port.asked.length === 0 && i < 1000; i++) tick()
  expect(port.asked.map(({ question }) => question.kind)).toEqual(['frame'])
}

async function show(ms: number): Promise<void> {
  goToTime(millis(ms))
  await port.answerAll()
}

async function perform(intervention: Intervention): Promise<void> {
  act(intervention)
  await port.answerAll()
}

const crash = (server: number): Intervention => ({ kind: 'Crash', server: serverId(server) })
const restart = (server: number): Intervention => ({ kind: 'Restart', server: serverId(server) })
const other: Scenario = { ...fresh, seed: 99, name: 'Other', view: { ...fresh.view, at: millis(250) } }

const script = () => app.getState().scenario.script
const frame = (): Frame => {
  const { frame } = app.getState()
  if (frame === null) throw new Error('nothing is shown')
  return frame
}
/** What is seen of a moment. */
const shown = () => ({ ...frame(), epoch: null, more: null, now: player.now })

/** The page mirrors what somebody sees who simulates the present scenario as far from its start. */
function expectTrueRecords(): void {
  const history = new History(app.getState().scenario, (world) => new Watch(world))
  while (history.world.nextAt() <= mirror.knownTo && history.end === null) history.seek(history.count + 1)
  expect(mirror.messages).toEqual(history.messages)
  expect(mirror.facts).toEqual(history.facts)
  expect(mirror.conditions).toEqual(history.conditions)
}

beforeEach(async () => {
  app.setState({ ...app.getInitialState(), playing: false }, true)
  startEngine(() => {
    port = new SlowPort()
    return port
  })
  void openScenario(fresh)
  app.setState({ slowdown: 1 })
  await port.answerAll()
})

describe('an edit while a frame is on its way', () => {
  test('undo ends at the moment of what it undid', async () => {
    await show(1000)
    await perform(crash(3))
    await show(5000)
    playUntilAsked()
    undo()
    // One question at a time: the moment to go back to waits for the answer to the first.
    expect(port.asked.map(({ question }) => question.kind)).toEqual(['frame', 'load'])
    await port.answer()
    tick(8)
    await port.answerAll()
    expect(player.now).toBe(1_000_000)
    expect(frame()).toMatchObject({ time: 1_000_000, scriptDone: 0 })
    expect(script()).toEqual([])
    expectTrueRecords()
  })

  test('another scenario opens at its own moment', async () => {
    await show(9000)
    playUntilAsked()
    void openScenario(other)
    await port.answer()
    tick(8)
    await port.answerAll()
    expect(app.getState().scenario.name).toBe('Other')
    expect(player.now).toBe(250_000)
    expect(frame().time).toBe(250_000)
    expectTrueRecords()
  })

  test('what the frame tells of old messages is kept', async () => {
    await show(1000)
    await perform(crash(2))
    const isDoomed = () => frame().flights.some(({ name, lost }) => name.to === 2 && lost === null)
    for (let ms = 1000; !isDoomed(); ms += 5) await show(ms)
    goToTime(9_000_000)
    rename('Mine')
    await port.answerAll()
    expect(mirror.knownTo).toBeGreaterThan(8_000_000)
    expectTrueRecords()
  })

  test('playing goes on from there', async () => {
    await show(1000)
    await perform(crash(3))
    await show(2000)
    playUntilAsked()
    undo()
    await port.answerAll()
    for (let i = 0; i < 30; i++) {
      tick()
      await port.answerAll()
    }
    expect(player.now).toBeGreaterThan(1_400_000)
    expect(player.now).toBeLessThan(1_500_000)
    pause()
    expectTrueRecords()
  })
})

describe('acts asked for faster than they are shown', () => {
  test('each is made, in order, at the one moment', async () => {
    await show(1000)
    for (const server of [1, 2, 3]) act(crash(server))
    await port.answerAll()
    expect(script()).toEqual([1, 2, 3].map((server, i) => ({ at: 1_000_000, skip: i, act: crash(server) })))
    expect(frame()).toMatchObject({ at: 1_000_000, eventsNow: 3, scriptDone: 3 })
    expectTrueRecords()
    for (const left of [2, 1, 0]) {
      undo()
      await port.answerAll()
      expect(script()).toHaveLength(left)
    }
  })

  test('a new name between them is kept', async () => {
    await show(1000)
    act(crash(1))
    rename('Mine')
    act(crash(2))
    await port.answerAll()
    expect(app.getState().scenario).toMatchObject({ name: 'Mine', script: [{ skip: 0 }, { skip: 1 }] })
  })

  test('a new name right after an act belongs to the moment behind it', async () => {
    goToEvents(10)
    await port.answerAll()
    act(crash(1))
    rename('Mine')
    await port.answerAll()
    expect(frame()).toMatchObject({ events: 11, scriptDone: 1 })
    undo()
    await port.answerAll()
    expect(frame()).toMatchObject({ events: 11, scriptDone: 1 })
    expect(app.getState().scenario).toMatchObject({ name: fresh.name, script: [{ act: crash(1) }] })
  })

  test('one still waiting when another scenario is opened is dropped', async () => {
    await show(1000)
    act(crash(1))
    act(crash(2))
    void openScenario(other)
    await port.answerAll()
    tick(3)
    await port.answerAll()
    expect(app.getState()).toMatchObject({ scenario: other, edited: false, canUndo: false, canRedo: false })
    expect(frame()).toMatchObject({ time: 250_000, scriptDone: 0 })
  })
})

describe('undo and redo', () => {
  /** Four acts, some with events between them at their moment, and what was seen before and after each. */
  async function fourActs() {
    const before: object[] = []
    const after: object[] = []
    for (const [ms, intervention] of [
      [700, crash(3)],
      [700, crash(1)],
      [900, restart(3)],
      [1500, { kind: 'Isolate', server: serverId(2) }],
    ] as const) {
      if (frame().time < millis(ms)) await show(ms)
      before.push(shown())
      await perform(intervention)
      after.push(shown())
    }
    return { before, after }
  }

  test('all the way back and forth show the same frames', async () => {
    const { before, after } = await fourActs()
    const { scenario } = app.getState()
    for (let round = 0; round < 2; round++) {
      for (const seen of before.toReversed()) {
        undo()
        await port.answerAll()
        expect(shown()).toEqual(seen)
      }
      expect(app.getState()).toMatchObject({ canUndo: false, canRedo: true, scenario: fresh })
      for (const seen of after) {
        redo()
        await port.answerAll()
        expect(shown()).toEqual(seen)
      }
      expect(app.getState()).toMatchObject({ canUndo: true, canRedo: false, scenario })
    }
    expectTrueRecords()
  })

  test('all at once, with nothing answered in between, end at the same frames', async () => {
    const { before, after } = await fourActs()
    for (const _ of before) undo()
    await port.answerAll()
    expect(shown()).toEqual(before[0])
    for (const _ of after) redo()
    await port.answerAll()
    expect(shown()).toEqual(after.at(-1))
    expectTrueRecords()
  })

  test('at once make the worker tell again only what they changed', async () => {
    await show(9000)
    for (const server of [1, 2, 3]) await perform(crash(server))
    const had = mirror.messages.length
    // The first asks for a frame at once; those after it wait for its answer.
    for (let i = 0; i < 3; i++) undo()
    const resent: number[] = []
    while (port.asked.length > 0) {
      await port.answer()
      const { more } = port.answered as Partial<Frame>
      if (more !== undefined) resent.push(had - more.messagesFrom)
    }
    expect(resent.length).toBeGreaterThan(0)
    // Those behind the last keyframe before the edit: without them all, it would be thousands.
    expect(Math.max(...resent)).toBeLessThan(400)
    expect(had).toBeGreaterThan(1000)
    expectTrueRecords()
  })

  test('an act in the past replaces what came after it, and undo brings that back', async () => {
    await fourActs()
    const old = script()
    await show(800)
    await perform(crash(2))
    expect(script()).toEqual([...old.slice(0, 2), { at: 800_000, skip: 0, act: crash(2) }])
    await show(2000)
    expect(frame().servers.map(({ state }) => state)).toEqual(['down', 'down', 'down', 'up', 'up'])
    expectTrueRecords()
    undo()
    await port.answerAll()
    expect(script()).toEqual(old)
    expect(frame()).toMatchObject({ time: 800_000, scriptDone: 2 })
    await show(2000)
    expect(frame().servers.map(({ state }) => state)).toEqual(['down', 'up', 'up', 'up', 'up'])
    expectTrueRecords()
  })
})
