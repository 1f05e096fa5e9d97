import { assert } from '../base/assert.ts'
import type { Micros } from '../base/ids.ts'
import { type Condition, type FactRecord, type MessageRecord, recordOf } from './columns.ts'
import { Conditions } from './conditions.ts'
import { countUpTo } from './count-up-to.ts'
import type { Fact } from './facts.ts'
import type { Flight } from './flight.ts'
import { Keyframes } from './keyframes.ts'
import { weightOf } from './notable.ts'
import type { ScriptItem, Setup } from './script.ts'
import type { Happening, Trace } from './trace.ts'
import { World } from './world.ts'

/** What an event is, for jumping about. Bits, kept one byte an event. */
export const Mark = { Beat: 1, Election: 2, Commit: 4, Act: 8 } as const

/** Something to be said of an event. */
export interface Noted {
  readonly event: number
}

/** Somebody who looks at the world after every new event and may find fault with it. */
export interface Judge<Verdict, Note extends Noted = Noted> {
  /** What was wrong before anything happened. */
  readonly atStart: Verdict | null
  /** What else is to be said of the last event, which ends nothing. */
  readonly noted?: readonly Note[]
  after(world: World): Verdict | null
  mark(): unknown
  backTo(mark: unknown, world: World): void
}

/** The event that the cursor stands behind, told whole. */
export interface Happened {
  readonly event: number
  readonly at: Micros
  readonly cause: number
  readonly what: Happening
  readonly facts: readonly Fact[]
}

/** Where the history ends for good: the run met the impossible, or the judge found fault with it. */
export interface End<Verdict> {
  readonly event: number
  readonly at: Micros
  readonly fact: Fact | null
  readonly verdict: Verdict | null
}

/**
 * One scenario's history: everything simulated so far, and a cursor that can stand behind any event of it. Keyframes
 * and re-execution make a seek cheap; what is recorded is recorded once, at the frontier.
 */
export class History<Verdict, Note extends Noted = Noted> implements Trace {
  world: World
  /** The time of each event. */
  readonly times: number[] = []
  readonly marks: number[] = []
  readonly messages: MessageRecord[] = []
  /** All facts but the quiet ones. */
  readonly facts: FactRecord[] = []
  /** Indexes of message records that have changed; whoever mirrors the records empties this. */
  changed: number[] = []
  happened: Happened | null = null
  end: End<Verdict> | null = null
  /** What the judge noted, in the order of events. */
  notes: readonly Note[] = []
  private readonly noted = new Conditions()
  private readonly keyframes = new Keyframes()
  private readonly judge: Judge<Verdict, Note>
  /** Which event each script item was. */
  private readonly acts: number[] = []
  private recording = false
  private happenedFacts: Fact[] = []

  constructor(setup: Setup, judge: (world: World) => Judge<Verdict, Note>) {
    this.world = new World(setup)
    this.world.trace = this
    this.judge = judge(this.world)
    this.noted.note(this.world, -1)
    const { atStart } = this.judge
    if (atStart !== null) this.end = { event: -1, at: this.world.now, fact: null, verdict: atStart }
    this.addKeyframe()
  }

  /** How many events are known. */
  get count(): number {
    return this.times.length
  }

  get conditions(): readonly Condition[] {
    return this.noted.list
  }

  /** How many events are over at `at`; simulates until that is known, or for `most` more events. */
  eventsUntil(at: Micros, most: number): number {
    const start = this.count
    if (this.needsMore(at)) {
      this.seek(this.count)
      while (this.world.nextAt() <= at && this.end === null && this.count - start < most) this.advance()
    }
    return countUpTo(this.times, at)
  }

  /** Whether all events up to `at` are known. To be asked after `eventsUntil`, which leaves the cursor at the frontier. */
  knows(at: Micros): boolean {
    return !this.needsMore(at) || this.world.nextAt() > at
  }

  /** Puts the cursor behind `events` events, simulating if they are not known yet. Returns where it then stands. */
  seek(events: number): number {
    const goal = this.end === null ? events : Math.min(events, this.end.event + 1)
    const { world } = this
    // One event of the way back is executed again, so that what happened last can be told.
    const { snapshot } = this.keyframes.lastUpTo(Math.max(0, goal - 1))
    const untold = world.events === goal && goal > 0 && this.happened?.event !== goal - 1
    if (world.events > goal || world.events < snapshot.events || untold) {
      world.restore(snapshot)
      this.happened = null
    }
    while (world.events < goal && !this.isOver() && this.advance());
    return world.events
  }

  /** When the event after the cursor is; Infinity if there is none. */
  until(): Micros {
    const known = this.times[this.world.events]
    if (known !== undefined) return known as Micros
    return this.end !== null ? (Infinity as Micros) : this.world.nextAt()
  }

  /**
   * The first event after (or last before) `from` events with any of the marks; −1 if there is none. Forward, it
   * simulates up to `most` events.
   */
  find(marks: number, from: number, direction: 1 | -1, most: number): number {
    if (direction === -1) {
      for (let i = Math.min(from - 2, this.count - 1); i >= 0; i--)
        if (((this.marks[i] ?? 0) & marks) !== 0) return i
      return -1
    }
    for (let i = from; i < from + most; i++) {
      if (i >= this.count && this.seek(i + 1) <= i) return -1
      if (((this.marks[i] ?? 0) & marks) !== 0) return i
    }
    return -1
  }

  /** Goes on with another script: what both scripts have in common stays; the rest is to be simulated anew. */
  rebase(setup: Setup): void {
    const keyframe = this.keyframes.lastUpTo(this.commonEvents(setup.script))
    this.world = new World(setup)
    this.world.trace = this
    this.world.restore(keyframe.snapshot)
    this.judge.backTo(keyframe.judge, this.world)
    this.keyframes.forgetAfter(keyframe)
    this.times.length = keyframe.snapshot.events
    this.marks.length = keyframe.snapshot.events
    this.messages.length = keyframe.messages
    this.noted.cutTo(keyframe.conditions)
    this.facts.length = keyframe.facts
    this.acts.length = keyframe.snapshot.scriptDone
    this.changed = this.changed.filter((i) => i < keyframe.messages)
    this.notes = this.notes.filter(({ event }) => event < keyframe.snapshot.events)
    if (this.end !== null && this.end.event >= keyframe.snapshot.events) this.end = null
    this.happened = null
    this.refresh()
  }

  // ── Trace: what the world tells while it runs ──

  event(index: number, at: Micros, cause: number, what: Happening): void {
    this.recording = index >= this.count
    this.happenedFacts = []
    this.happened = { event: index, at, cause, what, facts: this.happenedFacts }
    if (!this.recording) return
    assert(index === this.count, 'events are recorded in order')
    this.times.push(at)
    this.marks.push(what.kind === 'Act' ? Mark.Act : 0)
    if (what.kind === 'Act') this.acts.push(index)
  }

  fact(fact: Fact): void {
    this.happenedFacts.push(fact)
    if (!this.recording) return
    const weight = weightOf(fact)
    if (weight === 'quiet') return
    const event = this.count - 1
    const { at, cause } = this.happened as Happened
    this.facts.push({ event, at, cause, fact })
    let mark = weight === 'beat' ? Mark.Beat : 0
    if (fact.kind === 'BecameLeader') mark |= Mark.Election
    if (fact.kind === 'Committed') mark |= Mark.Commit
    this.marks[event] = (this.marks[event] ?? 0) | mark
  }

  sent(flight: Flight): void {
    if (this.recording) this.messages[flight.serial] = recordOf(flight, null)
  }

  ended(flight: Flight, how: 'arrived' | 'lost'): void {
    if (!this.recording) return
    const { now: at } = this.world
    const record = this.messages[flight.serial]
    const asPlanned = record?.endsAt === at && record.lost === (how === 'lost')
    if (!asPlanned) this.change(flight.serial, recordOf(flight, { at, how }))
  }

  redirected(): void {
    if (this.recording) this.refresh()
  }

  /** Records everything on its way as it now stands. */
  private refresh(): void {
    const { network, hosts } = this.world
    for (const flight of network.flights.all()) this.change(flight.serial, recordOf(flight, null))
    for (const host of hosts)
      for (const flight of host.inbox) this.change(flight.serial, recordOf(flight, null))
  }

  private change(serial: number, record: MessageRecord): void {
    const old = this.messages[serial]
    if (old !== undefined && hasSameEnd(old, record)) return
    this.messages[serial] = record
    this.changed.push(serial)
  }

  private isOver(): boolean {
    return this.end !== null && this.world.events > this.end.event
  }

  private needsMore(at: Micros): boolean {
    if (this.end !== null) return false
    const last = this.times[this.count - 1]
    return last === undefined || last <= at
  }

  private advance(): boolean {
    const isNew = this.world.events >= this.count
    if (!this.world.advance()) return false
    if (isNew) {
      this.noted.note(this.world, this.world.events - 1)
      this.passJudgement()
      if (this.keyframes.isDue(this.world)) this.addKeyframe()
    }
    return true
  }

  private passJudgement(): void {
    const { halted, now: at } = this.world
    const event = this.world.events - 1
    const verdict = this.judge.after(this.world)
    const { noted = [] } = this.judge
    if (noted.length > 0) this.notes = [...this.notes, ...noted]
    if (halted !== null || verdict !== null) this.end = { event, at, fact: halted?.fact ?? null, verdict }
  }

  private addKeyframe(): void {
    this.keyframes.add({
      snapshot: this.world.snapshot(),
      judge: this.judge.mark(),
      messages: this.messages.length,
      conditions: this.conditions.length,
      facts: this.facts.length,
    })
  }

  /** How many events two scripts have in common, as far as is known. */
  private commonEvents(script: readonly ScriptItem[]): number {
    const old = this.world.setup.script
    let same = 0
    while (same < old.length && same < script.length && isSame(old[same], script[same])) same++
    const wasThen = this.acts[same] ?? Infinity
    const next = script[same]
    return Math.min(wasThen, next === undefined ? Infinity : this.turnOf(next), this.count)
  }

  /** How many of the known events come before an item. */
  private turnOf(item: ScriptItem): number {
    const before = countUpTo(this.times, item.at - 1)
    return Math.min(before + item.skip, countUpTo(this.times, item.at))
  }
}

/** All that can change of a record. */
const hasSameEnd = (a: MessageRecord, b: MessageRecord): boolean =>
  a.endsAt === b.endsAt && a.lost === b.lost && a.place === b.place

function isSame(a: ScriptItem | undefined, b: ScriptItem | undefined): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}
