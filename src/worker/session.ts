import { unreachable } from '../base/assert.ts'
import { type Micros, micros } from '../base/ids.ts'
import type { Violation } from '../check/properties.ts'
import { Watch } from '../check/watch.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { MessageRecord } from '../simulation/columns.ts'
import { countUpTo, History, Mark } from '../simulation/history.ts'
import { stateHash } from '../simulation/state-hash.ts'
import { frameOf } from './frame.ts'
import type { Answers, Frame, Have, Landmark, LogWindow, Position, Question, Records } from './protocol.ts'

/** Most events simulated for one answer, so that each comes soon. */
const MOST_EVENTS = 20_000
/** How far a search for the next landmark looks. */
const MOST_SEARCHED = 60_000
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
  private history: History<Violation> | null = null
  private epoch = 0
  /** After an edit: how much of the records of the epoch before still holds. */
  private kept: Have = NOTHING

  /** Answers a question. Throws only where this program is at fault. */
  answer(question: Exclude<Question, { kind: 'corpus' }>): Answers[keyof Answers] {
    switch (question.kind) {
      case 'load':
        return this.load(question.scenario, question.epoch)
      case 'frame':
        return this.frame(question.position, question.window, question.have)
      case 'find':
        return this.find(question.what, question.from, question.direction)
      case 'hash':
        return this.hash(question.position)
      default:
        return unreachable(question)
    }
  }

  private load(scenario: Scenario, epoch: number): Answers['load'] {
    if (this.history !== null && this.scenario !== null && hasSameStart(this.scenario, scenario)) {
      this.history.rebase(scenario)
      const { messages, conditions, facts } = this.history
      const lengths = { messages: messages.length, conditions: conditions.length, facts: facts.length }
      this.kept = { epoch: this.epoch, ...lengths }
    } else {
      this.kept = NOTHING
      this.history = new History(scenario, (world) => new Watch(world))
    }
    this.scenario = scenario
    this.epoch = epoch
    return { epoch }
  }

  private present(): History<Violation> {
    if (this.history === null) throw new Error('no scenario has been loaded')
    return this.history
  }

  private frame(position: Position, window: LogWindow, have: Have): Frame {
    const history = this.present()
    const time = this.goTo(position)
    return frameOf(history, this.epoch, time, window, this.recordsSince(have))
  }

  /** Puts the cursor at a position, and tells which time it is there. */
  private goTo(position: Position): Micros {
    const history = this.present()
    if (position.kind === 'events') {
      history.seek(position.events)
      return history.world.now
    }
    const { at, skip } = position
    const all = history.eventsUntil(at, MOST_EVENTS)
    const isReached = history.knows(at)
    const events = skip === null ? all : Math.min(all, countUpTo(history.times, at - 1) + skip)
    history.seek(events)
    if (history.end !== null && history.world.events > history.end.event) return history.end.at
    return isReached ? at : history.world.now
  }

  /** However far the position is: a hash of a nearer moment would be of no use. */
  private hash(position: Position): Answers['hash'] {
    const { history } = this
    while (position.kind === 'time' && this.goTo(position) < position.at && history?.end === null);
    if (position.kind === 'events') this.goTo(position)
    return { hash: stateHash(this.present().world) }
  }

  private find(what: Landmark, from: number, direction: 1 | -1): Answers['find'] {
    const history = this.present()
    const event = history.find(MARKS[what], from, direction, MOST_SEARCHED)
    const searchedTo = micros(history.times[history.count - 1] ?? 0)
    return { events: event === -1 ? null : event + 1, searchedTo }
  }

  private stillValid(have: Have): Have {
    if (have.epoch === this.epoch) return have
    if (have.epoch !== this.kept.epoch) return NOTHING
    return {
      epoch: this.epoch,
      messages: Math.min(have.messages, this.kept.messages),
      conditions: Math.min(have.conditions, this.kept.conditions),
      facts: Math.min(have.facts, this.kept.facts),
    }
  }

  private recordsSince(have: Have): Records {
    const history = this.present()
    const { messages, conditions, facts } = history
    const { messages: messagesFrom, conditions: conditionsFrom, facts: factsFrom } = this.stillValid(have)
    const upTo = (from: number) => from + MOST_RECORDS
    const changed: [number, MessageRecord][] = []
    for (const i of history.changed) {
      const record = messages[i]
      if (i < messagesFrom && record !== undefined) changed.push([i, record])
    }
    history.changed = []
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
        messages.length > upTo(messagesFrom) ||
        conditions.length > upTo(conditionsFrom) ||
        facts.length > upTo(factsFrom),
    }
  }
}

const NOTHING: Have = { epoch: -1, messages: 0, conditions: 0, facts: 0 }

/** Whether two scenarios differ in their scripts alone, so that what they have in common need not be simulated anew. */
function hasSameStart(a: Scenario, b: Scenario): boolean {
  const start = ({ seed, servers, settings, initial }: Scenario) =>
    JSON.stringify([seed, servers, settings, initial])
  return start(a) === start(b)
}
