import type { Micros } from '../base/ids.ts'
import { draw, Purpose } from '../base/random.ts'
import type { Fact } from '../simulation/facts.ts'
import type { Setup } from '../simulation/script.ts'
import { World } from '../simulation/world.ts'
import type { WorldState } from '../simulation/world-state.ts'
import { LastEvent } from './last-event.ts'
import { type Outcome, type OutcomeWatch, watchFor } from './outcome.ts'

/** Some of the futures of one moment: the moment is behind so many events, and the futures have numbers. */
export interface Batch {
  readonly events: number
  readonly first: number
  readonly count: number
}

/** How a batch came out. */
export interface Tally {
  readonly batch: Batch
  /** When the moment is. */
  readonly at: Micros
  /** What the event before it told. */
  readonly facts: readonly Fact[]
  /** How many of the futures come to the outcome. */
  readonly hits: number
}

/** A moment of the history, with all that is needed to set out from it time and again. */
interface Start {
  readonly world: World
  readonly watch: OutcomeWatch
  readonly snapshot: WorldState
  readonly mark: unknown
  readonly facts: readonly Fact[]
}

/** So many moments are kept to set out from; the one not used for longest goes first. */
const MOST_STARTS = 48

/**
 * The futures that a scenario could have from a moment of its history on: the same script, with other luck. What has
 * been drawn until then stays, timers that run and messages on their way; all that is drawn later is drawn anew.
 */
export class Futures {
  private readonly setup: Setup
  private readonly outcome: Outcome
  /** Up to when each future is followed. */
  private readonly horizon: Micros
  private readonly starts = new Map<number, Start>()

  constructor(setup: Setup, outcome: Outcome, horizon: Micros) {
    this.setup = setup
    this.outcome = outcome
    this.horizon = horizon
  }

  try(batch: Batch): Tally {
    const { events, first, count } = batch
    const start = this.startBehind(events)
    let hits = 0
    for (let i = first; i < first + count; i++) if (this.comesAbout(start, i)) hits++
    return { batch, at: start.snapshot.now, facts: start.facts, hits }
  }

  /** Whether the nth future of a moment comes to the outcome. */
  private comesAbout({ world, watch, snapshot, mark }: Start, n: number): boolean {
    const { horizon } = this
    world.restore(snapshot)
    watch.backTo(mark, world)
    world.reseed(draw(this.setup.seed, Purpose.Future, snapshot.events, n))
    for (let next = world.nextAt(); next <= horizon; next = world.nextAt()) {
      if (watch.by(next)) return true
      world.advance()
      if (watch.after(world)) return true
    }
    return world.halted === null && watch.by(horizon)
  }

  private startBehind(events: number): Start {
    const start = this.starts.get(events) ?? this.makeStart(events)
    this.starts.delete(events)
    this.starts.set(events, start)
    const [oldest] = this.starts.keys()
    if (this.starts.size > MOST_STARTS && oldest !== undefined) this.starts.delete(oldest)
    return start
  }

  private makeStart(events: number): Start {
    const world = new World(this.setup)
    const watch = watchFor(this.outcome, world)
    const last = new LastEvent()
    world.trace = last
    while (world.events < events && world.advance()) watch.after(world)
    world.trace = null
    return { world, watch, snapshot: world.snapshot(), mark: watch.mark(), facts: last.facts }
  }
}
