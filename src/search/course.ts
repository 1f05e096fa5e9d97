import type { Micros } from '../base/ids.ts'
import type { Fact } from '../simulation/facts.ts'
import type { Setup } from '../simulation/script.ts'
import type { Happening } from '../simulation/trace.ts'
import { World } from '../simulation/world.ts'
import { LastEvent } from './last-event.ts'
import { type Outcome, watchFor } from './outcome.ts'

/** A moment of a history: behind so many events. */
export interface Moment {
  readonly events: number
  readonly at: Micros
}

/** A scenario's own history, as far as it is asked what else could have become of it. */
export interface Course {
  /** Those to begin with, in order: the start, the end, and some where something was decided. */
  readonly moments: readonly Moment[]
  /** Where the outcome came about in this very history; from there on it is certain. */
  readonly happened: (Moment & { readonly facts: readonly Fact[] }) | null
  /** Up to when futures are followed. */
  readonly horizon: Micros
}

/** How many moments there are to begin with. */
const MOMENTS = 12
/** For how long, in µs, futures are followed beyond the end of the history. */
const BEYOND: Readonly<Record<Outcome, number>> = {
  violation: 1_000_000,
  'two leaders': 1_000_000,
  'no leader': 2_000_000,
}

/** Follows a scenario up to a time, or to the end of its script if that comes later. */
export function courseOf(setup: Setup, outcome: Outcome, until: Micros): Course {
  const world = new World(setup)
  const notes = new Notes()
  world.trace = notes
  const watch = watchFor(outcome, world)
  const end = Math.max(until, setup.script.at(-1)?.at ?? 0)
  const horizon = (end + BEYOND[outcome]) as Micros
  let here: Moment = { events: 0, at: 0 as Micros }
  let last = here
  let happened: Moment | null = null
  for (let next = world.nextAt(); next <= horizon && happened === null; next = world.nextAt()) {
    if (watch.by(next)) happened = here
    else {
      world.advance()
      here = { events: world.events, at: world.now }
      if (watch.after(world)) happened = here
      if (next <= end) last = here
    }
  }
  if (happened === null && world.halted === null && watch.by(horizon)) happened = here
  return {
    moments: momentsOf(notes, happened ?? last),
    happened: happened === null ? null : { ...happened, facts: notes.facts },
    horizon,
  }
}

/** When each event was, and behind which of them something was decided. */
class Notes extends LastEvent {
  readonly times: Micros[] = []
  readonly decisions: Moment[] = []

  override event(index: number, at: Micros, cause: number, what: Happening): void {
    super.event(index, at, cause, what)
    this.times.push(at)
    if (what.kind === 'Act') this.decide()
  }

  override fact(fact: Fact): void {
    super.fact(fact)
    if (fact.kind === 'BecameLeader' || fact.kind === 'Committed') this.decide()
  }

  private decide(): void {
    const events = this.times.length
    const at = this.times[events - 1]
    if (at !== undefined && this.decisions.at(-1)?.events !== events) this.decisions.push({ events, at })
  }
}

/** Even over the history, each where something was decided if anything was near. */
function momentsOf({ times, decisions }: Notes, last: Moment): Moment[] {
  const chosen = new Map<number, Moment>([[0, { events: 0, at: 0 as Micros }]])
  const apart = last.at / (MOMENTS - 1)
  for (let i = 1; i < MOMENTS - 1; i++) {
    const wanted = i * apart
    const near = nearest(decisions, wanted)
    const moment = near !== null && Math.abs(near.at - wanted) <= apart / 2 ? near : momentAt(times, wanted)
    if (moment !== null && moment.events < last.events) chosen.set(moment.events, moment)
  }
  chosen.set(last.events, last)
  return [...chosen.values()].sort((a, b) => a.events - b.events)
}

function nearest(moments: readonly Moment[], at: number): Moment | null {
  let best: Moment | null = null
  for (const moment of moments)
    if (best === null || Math.abs(moment.at - at) < Math.abs(best.at - at)) best = moment
  return best
}

/** Behind the last event up to a time. */
function momentAt(times: readonly Micros[], at: number): Moment | null {
  const events = times.findLastIndex((time) => time <= at) + 1
  const time = times[events - 1]
  return time === undefined ? null : { events, at: time }
}
