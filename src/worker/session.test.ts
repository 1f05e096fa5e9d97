import { isDeepStrictEqual } from 'node:util'
import { describe, expect, test } from 'vitest'
import { type Micros, millis, serverId } from '../base/ids.ts'
import { judgeClients } from '../check/client-watch.ts'
import type { Violation } from '../check/properties.ts'
import { Watch } from '../check/watch.ts'
import { fresh } from '../scenario/fresh.ts'
import { runTo } from '../scenario/position.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { Flight } from '../simulation/flight.ts'
import { History } from '../simulation/history.ts'
import type { Intervention } from '../simulation/script.ts'
import { section5Defaults } from '../simulation/settings.ts'
import { hashing, stateHash } from '../simulation/state-hash.ts'
import { World } from '../simulation/world.ts'
import { Mirror } from '../store/records.ts'
import type { Answers, Frame, Position, Question } from './protocol.ts'
import { Session } from './session.ts'
import { anyAct, Dice } from './test-kit.ts'

const STEPS = 12

/** One edit of the script, with the moments before and after it. */
interface Edit {
  readonly before: readonly [Scenario, Position]
  readonly after: readonly [Scenario, Position]
}

/** The page in small: it shows moments, mirrors the records, edits the script and takes edits back. */
class Page {
  readonly session = new Session(judgeClients)
  readonly mirror = new Mirror()
  scenario: Scenario
  frame: Frame
  private epoch = 0
  private readonly past: Edit[] = []
  private future: Edit[] = []

  constructor(scenario: Scenario) {
    this.scenario = scenario
    this.load(scenario)
    this.frame = this.show({ kind: 'time', at: millis(0), skip: null })
  }

  /** An answer goes to the page as a copy, as through a real worker. */
  ask<Kind extends 'load' | 'frame' | 'find'>(question: Question & { kind: Kind }): Answers[Kind] {
    return structuredClone(this.session.answer(question)) as Answers[Kind]
  }

  /** Asks for a moment as often as it takes. */
  show(position: Position): Frame {
    for (;;) {
      const frame = this.pull(position)
      this.frame = frame
      const short = position.kind === 'time' && frame.time < position.at && frame.end === null
      if (!short && !frame.more.unfinished) return frame
    }
  }

  /** Asks for a moment that is no longer wanted when the answer comes: only the records are taken. */
  pull(position: Position): Frame {
    const have = this.mirror.have()
    const frame = this.ask({ kind: 'frame', position, window: { first: 'head', columns: 10 }, have })
    this.mirror.take(frame.epoch, frame.more)
    return frame
  }

  /** Asks for a hash as often as it takes. */
  hash(position: Position): number {
    for (;;) {
      const { hash } = this.session.hash(position, hashing)
      if (typeof hash === 'number') return hash
    }
  }

  load(scenario: Scenario): void {
    this.scenario = scenario
    this.ask({ kind: 'load', scenario, epoch: ++this.epoch })
  }

  /** The moment on the screen. */
  here(): Position & { kind: 'time' } {
    const { time, at: last, eventsNow } = this.frame
    return { kind: 'time', at: time, skip: last === time ? eventsNow : 0 }
  }

  act(act: Intervention): void {
    const { scenario, frame } = this
    const here = this.here()
    const item = { at: here.at, skip: here.skip ?? 0, act }
    const next = { ...scenario, script: [...scenario.script.slice(0, frame.scriptDone), item] }
    const after = { kind: 'events', events: frame.events + 1 } as const
    this.past.push({ before: [scenario, here], after: [next, after] })
    this.future = []
    this.load(next)
    expect(this.show(after).happened?.what).toEqual({ kind: 'Act', item })
  }

  rename(): void {
    this.load({ ...this.scenario, name: `${this.scenario.name}'` })
    this.show(this.here())
  }

  undo(): void {
    const edit = this.past.pop()
    if (edit === undefined) return
    this.future.push(edit)
    this.load(edit.before[0])
    this.show(edit.before[1])
  }

  redo(): void {
    const edit = this.future.pop()
    if (edit === undefined) return
    this.past.push(edit)
    this.load(edit.after[0])
    this.show(edit.after[1])
  }

  /** What is shown and mirrored is what somebody sees who simulates the present scenario from its start. */
  check(): void {
    const { frame, mirror, scenario } = this
    const known: History<Violation> | null = this.session['history']
    if (known === null) throw new Error('nothing is loaded')
    const straight = new History(scenario, (world) => new Watch(world))
    expect(straight.seek(frame.events)).toBe(frame.events)
    expect(this.hash({ kind: 'events', events: frame.events })).toBe(stateHash(straight.world))
    expect(frame.happened).toEqual(straight.happened)
    expect(frame.until).toBe(straight.until())
    straight.seek(known.count)
    for (const column of ['messages', 'conditions', 'facts'] as const)
      expect([column, firstDifference(mirror[column], straight[column])]).toEqual([column, null])
    expect(firstDifference(known.times, straight.times)).toBeNull()
    expect(firstDifference(known.marks, straight.marks)).toBeNull()
    expect(known.times.findIndex((time, i) => time < (known.times[i - 1] ?? 0))).toBe(-1)
    expect(known.end).toEqual(straight.end)
    if (frame.end === null) this.checkPosition()
  }

  /** A scenario that is opened at the moment on the screen opens at it. */
  private checkPosition(): void {
    const { time, at: last, eventsNow, events } = this.frame
    const world = new World(this.scenario)
    runTo(world, time, last === time ? eventsNow : null)
    expect(world.events).toBe(events)
  }
}

function firstDifference(mine: readonly unknown[], straight: readonly unknown[]): object | null {
  for (let i = 0; i < Math.max(mine.length, straight.length); i++)
    if (!isDeepStrictEqual(mine[i], straight[i])) return { at: i, mine: mine[i], straight: straight[i] }
  return null
}

/** Somebody who does whatever the page lets them, and looks at all of it after each deed. */
function meddle(seed: number): void {
  const dice = new Dice(seed)
  const chance = () => dice.below(2) * 50_000
  const settings = { ...section5Defaults, clientRate: 20, loss: chance(), duplicate: chance() }
  const servers = 2 + dice.below(4)
  const page = new Page({ ...fresh, seed, servers, settings: { ...settings, reorder: chance() } })
  for (let step = 0; step < STEPS; step++) {
    dice.pick(DEEDS)(page, dice)
    page.check()
  }
}

const someTime = (page: Page, dice: Dice): Position => {
  const { time } = page.frame
  const when = dice.below(2) === 0 ? dice.below(3_000_000) : time + dice.below(200_000)
  return { kind: 'time', at: when as Micros, skip: dice.pick([null, null, dice.below(3)]) }
}

const act = (page: Page, dice: Dice): void => {
  // Where the run has ended there is nothing to do but look.
  if (page.frame.end !== null) page.show(page.here())
  else page.act(anyAct(dice, page.frame))
}

/** The likely things more than once. */
const EDITS: readonly ((page: Page, dice: Dice) => void)[] = [
  act,
  act,
  act,
  (page) => page.undo(),
  (page) => page.undo(),
  (page) => page.redo(),
  (page) => page.rename(),
]

const DEEDS: readonly ((page: Page, dice: Dice) => void)[] = [
  (page, dice) => page.show(someTime(page, dice)),
  (page, dice) => page.show(someTime(page, dice)),
  (page, dice) => page.show({ kind: 'events', events: Math.max(0, page.frame.events + dice.below(5) - 2) }),
  (page, dice) => {
    const direction = dice.pick([1, -1] as const)
    const what = direction === 1 ? 'beat' : dice.pick(['beat', 'election', 'commit', 'act'] as const)
    const { events } = page.ask({ kind: 'find', what, from: page.frame.events, direction })
    // What was found may be looked at, or else the next deed comes first; the records are brought up to date.
    if (events !== null && dice.below(2) === 0) page.show({ kind: 'events', events })
    else page.show(page.here())
  },
  (page, dice) => {
    // An edit while somebody has looked ahead: the history is known further than the page has been told.
    page.hash(someTime(page, dice))
    if (dice.below(2) === 0) page.pull(someTime(page, dice))
    dice.pick(EDITS)(page, dice)
    page.show(page.here())
  },
  ...EDITS,
]

describe('whatever is looked at and edited in whatever order, the page has what a straight run tells', () => {
  test.each(Array.from({ length: 60 }, (_, i) => i + 1))('seed %i', meddle)
})

describe('what such walks have found', () => {
  const S2 = serverId(2)
  const steady = { ...fresh, settings: { ...section5Defaults, clientRate: 20 } }

  /** A page at a moment when a message that would arrive is on its way to S2. */
  function withMessageToS2(): { page: Page; message: Flight } {
    const page = new Page(steady)
    for (let ms = 1000; ms < 1100; ms++) {
      const { flights } = page.show({ kind: 'time', at: millis(ms), skip: null })
      const message = flights.find(({ name, lost }) => name.to === S2 && lost === null)
      if (message !== undefined) return { page, message }
    }
    throw new Error('nobody writes to S2')
  }

  test('an edit forgets no change of a record that the page has not been told of', () => {
    const { page, message } = withMessageToS2()
    page.act({ kind: 'Crash', server: S2 })
    expect(page.mirror.messages[message.serial]?.lost).toBe(false)
    page.hash({ kind: 'time', at: millis(6000), skip: null })
    page.rename()
    expect(page.mirror.messages[message.serial]?.lost).toBe(true)
    page.check()
  })

  test('a message hurried to a paused server has the same record after an edit', () => {
    const { page, message } = withMessageToS2()
    page.act({ kind: 'Pause', server: S2 })
    const { time } = page.frame
    page.act({ kind: 'Deliver', message: message.name })
    page.show({ kind: 'time', at: millis(6000), skip: null })
    expect(page.mirror.messages[message.serial]?.endsAt).toBe(time)
    page.rename()
    page.check()
  })
})
