import { unreachable } from '../base/assert.ts'
import { type Micros, micros } from '../base/ids.ts'
import { Judging, type MakeClientWatch } from '../check/judging.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { MessageRecord } from '../simulation/columns.ts'
import { countUpTo } from '../simulation/count-up-to.ts'
import { History, Mark } from '../simulation/history.ts'
import type { hashing } from '../simulation/state-hash.ts'
import { frameOf } from './frame.ts'
import type { Answers, Frame, Have, Landmark, LogWindow, Position, Question, Records } from './protocol.ts'
import type { Judged } from './safety-frame.ts'

/** How long an answer is worked on, in real milliseconds, so that each comes soon: what an event costs varies. */
const LONGEST = 15
/** How long, and over how many events, the next landmark is searched for. */
const LONGEST_SEARCH = 50
const MOST_SEARCHED = 60_000
/** How many events are simulated between two looks at the clock. */
const SLICE = 32
/** Most records sent with one frame. */
const MOST_RECORDS = 2_000

const MARKS: Readonly<Record<Landmark, number>> = {
  beat: Mark.Beat | Mark.Act,
  election: Mark.Election,
  commit: Mark.Commit,
  act: Mark.Act,
}

/** What the worker knows: one scenario's history, and what the page has been told of it. */
export class Session {
  private scenario: Scenario | null = null
  private history: Judged | null = null
  private epoch = 0
  /** After an edit: how much of the records of the epoch that the page was last told of still holds. */
  private kept: Have = NOTHING
  /** The page was told of this epoch. */
  private told = false
  /** Hashes that are being worked out, by the moment. */
  private readonly hashes = new Map<string, Generator<void, number>>()
  /** Real time in milliseconds: it decides how much is told in one answer, never what. */
  private readonly clock: () => number
  private judges: Judging | null = null
  private makeClients: MakeClientWatch | null
  /** Clients do things, and nobody judges what they see. */
  private unjudged = false

  /** Without `makeClients`, what clients see is not judged, or not yet. */
  constructor(makeClients: MakeClientWatch | null = null, clock = () => performance.now()) {
    this.makeClients = makeClients
    this.clock = clock
  }

  /** From now on what clients see is judged; none of them has done anything yet. */
  judgeClients(make: MakeClientWatch): void {
    this.makeClients = make
    const { history } = this
    if (history === null) return
    history.seek(history.count)
    this.judges?.judgeClients(history.world, make)
  }

  /** Who would have judged what clients see did not come. */
  cannotJudgeClients(): void {
    this.unjudged = true
  }

  /** Answers a question. Throws only where this program is at fault. */
  answer(question: Exclude<Question, { kind: 'hash' | 'causes' | 'corpus' }>): Answers[keyof Answers] {
    switch (question.kind) {
      case 'load':
        return this.load(question.scenario, question.epoch)
      case 'frame':
        return this.frame(question.position, question.window, question.have)
      case 'find':
        return this.find(question.what, question.from, question.direction)
      default:
        return unreachable(question)
    }
  }

  private load(scenario: Scenario, epoch: number): Answers['load'] {
    if (this.history !== null && this.scenario !== null && hasSameStart(this.scenario, scenario)) {
      this.history.rebase(scenario)
      const { messages, conditions, facts } = this.history
      const lengths = { messages: messages.length, conditions: conditions.length, facts: facts.length }
      // A page that was told nothing since the edit before still has what it had then.
      const before = this.told ? { epoch: this.epoch, ...lengths } : this.kept
      this.kept = lesser(before, lengths)
    } else {
      this.kept = NOTHING
      this.history = new History(scenario, (world) => {
        this.judges = new Judging(world, this.makeClients)
        return this.judges
      })
    }
    this.hashes.clear()
    this.scenario = scenario
    this.epoch = epoch
    this.told = false
    return { epoch }
  }

  private present(): Judged {
    if (this.history === null) throw new Error('no scenario has been loaded')
    return this.history
  }

  private frame(position: Position, window: LogWindow, have: Have): Frame {
    const history = this.present()
    const time = this.goTo(position)
    return frameOf(history, this.epoch, this.unjudged, time, window, this.recordsSince(have))
  }

  /** Puts the cursor at a position, and tells which time it is there. */
  private goTo(position: Position): Micros {
    const history = this.present()
    if (position.kind === 'events') {
      history.seek(position.events)
      return history.world.now
    }
    const { at, skip } = position
    const isReached = this.simulate(at)
    const all = countUpTo(history.times, at)
    const events = skip === null ? all : Math.min(all, countUpTo(history.times, at - 1) + skip)
    history.seek(events)
    if (history.end !== null && history.world.events > history.end.event) return history.end.at
    return isReached ? at : history.world.now
  }

  /** Simulates up to a time, or as far as one answer goes. True if all that happens until then is known. */
  private simulate(at: Micros): boolean {
    const history = this.present()
    const deadline = this.clock() + LONGEST
    do history.eventsUntil(at, SLICE)
    while (!history.knows(at) && this.clock() < deadline)
    return history.knows(at)
  }

  /** The state hash at a position, worked out by `work`. One of a nearer moment would be of no use. */
  hash(position: Position, work: typeof hashing): Answers['hash'] {
    const moment = JSON.stringify(position)
    const steps = this.hashes.get(moment) ?? this.beginHash(position, work)
    if (steps === null) return { hash: 'later' }
    this.hashes.set(moment, steps)
    const deadline = this.clock() + LONGEST
    do {
      const step = steps.next()
      if (!step.done) continue
      this.hashes.delete(moment)
      return { hash: step.value }
    } while (this.clock() < deadline)
    return { hash: 'later' }
  }

  /** Has something worked out that looks at the whole history; the cursor may stand anywhere then. */
  with<Found>(work: (history: Judged) => Found): Found {
    return work(this.present())
  }

  private beginHash(position: Position, work: typeof hashing): Generator<void, number> | null {
    const time = this.goTo(position)
    const { end, world } = this.present()
    const isFar = position.kind === 'time' && time < position.at && end === null
    return isFar ? null : work(world.snapshot())
  }

  private find(what: Landmark, from: number, direction: 1 | -1): Answers['find'] {
    const history = this.present()
    const deadline = this.clock() + LONGEST_SEARCH
    let event = history.find(MARKS[what], from, direction, SLICE)
    let to = from + SLICE
    const isOpen = () => direction === 1 && event === -1 && history.count >= to && to < from + MOST_SEARCHED
    for (; isOpen() && this.clock() < deadline; to += SLICE)
      event = history.find(MARKS[what], to, direction, SLICE)
    const searchedTo = micros(history.times[history.count - 1] ?? 0)
    return { events: event === -1 ? null : event + 1, searchedTo }
  }

  private stillValid(have: Have): Have {
    if (have.epoch === this.epoch) return have
    if (have.epoch !== this.kept.epoch) return NOTHING
    return { ...lesser(have, this.kept), epoch: this.epoch }
  }

  private recordsSince(have: Have): Records {
    const history = this.present()
    const { messages, conditions, facts } = history
    const { messages: messagesFrom, conditions: conditionsFrom, facts: factsFrom } = this.stillValid(have)
    this.told = true
    const upTo = (from: number) => from + MOST_RECORDS
    const changed: [number, MessageRecord][] = []
    let looked = 0
    for (; looked < history.changed.length && changed.length < MOST_RECORDS; looked++) {
      const i = history.changed[looked] as number
      const record = messages[i]
      if (i < messagesFrom && record !== undefined) changed.push([i, record])
    }
    history.changed = history.changed.slice(looked)
    return {
      messagesFrom,
      messages: messages.slice(messagesFrom, upTo(messagesFrom)),
      changed,
      conditionsFrom,
      conditions: conditions.slice(conditionsFrom, upTo(conditionsFrom)),
      factsFrom,
      facts: facts.slice(factsFrom, upTo(factsFrom)),
      knownTo: micros(history.times[history.count - 1] ?? 0),
      unfinished:
        history.changed.length > 0 ||
        messages.length > upTo(messagesFrom) ||
        conditions.length > upTo(conditionsFrom) ||
        facts.length > upTo(factsFrom),
    }
  }
}

const NOTHING: Have = { epoch: -1, messages: 0, conditions: 0, facts: 0 }

/** As much as there is of both; the epoch is that of the first. */
function lesser({ epoch, messages, conditions, facts }: Have, other: Omit<Have, 'epoch'>): Have {
  return {
    epoch,
    messages: Math.min(messages, other.messages),
    conditions: Math.min(conditions, other.conditions),
    facts: Math.min(facts, other.facts),
  }
}

/** Whether two scenarios differ in their scripts alone, so that what they have in common need not be simulated anew. */
function hasSameStart(a: Scenario, b: Scenario): boolean {
  const start = ({ seed, servers, settings, initial }: Scenario) =>
    JSON.stringify([seed, servers, settings, initial])
  return start(a) === start(b)
}
