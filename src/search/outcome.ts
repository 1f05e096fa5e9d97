import { unreachable } from '../base/assert.ts'
import { Judges } from '../check/judges.ts'
import type { JudgingMark } from '../check/judging.ts'
import { isPromised, type Note } from '../check/properties.ts'
import type { World } from '../simulation/world.ts'

/** How a run can go, to be asked how likely it is. */
export type Outcome = 'violation' | 'two leaders' | 'no leader'

/** For how long nobody leads, in µs, before it counts. */
const LEADERLESS = 1_000_000

/** Looks whether a run has come to an outcome. `mark` and `backTo` go with the world's own snapshots. */
export interface OutcomeWatch {
  /** To be called after every event. */
  after(world: World): boolean
  /** Whether it comes about up to a time, if nothing happens until then. */
  by(at: number): boolean
  mark(): unknown
  backTo(mark: unknown, world: World): void
}

/** For a world in which nothing has happened yet. */
export function watchFor(outcome: Outcome, world: World): OutcomeWatch {
  switch (outcome) {
    case 'violation':
      return new ViolationWatch(world)
    case 'two leaders':
      return new TwoLeadersWatch()
    case 'no leader':
      return new NoLeaderWatch(world)
    default:
      return unreachable(outcome)
  }
}

/** A promise that is broken so that harm is done, and whatever no server may ever have to do. */
class ViolationWatch implements OutcomeWatch {
  private readonly judges: Judges

  constructor(world: World) {
    this.judges = new Judges(world)
  }

  after(world: World): boolean {
    const violation = this.judges.after(world)
    return violation !== null || this.judges.noted.some(isBreach) || world.halted?.fact.kind === 'Impossible'
  }

  by(): boolean {
    return false
  }

  mark(): JudgingMark {
    return this.judges.mark()
  }

  backTo(mark: unknown, world: World): void {
    this.judges.backTo(mark as JudgingMark, world)
  }
}

/** Two servers lead at the same time, in whatever terms: Raft promises only that the terms differ. */
class TwoLeadersWatch implements OutcomeWatch {
  after(world: World): boolean {
    return leadersIn(world) > 1
  }

  by(): boolean {
    return false
  }

  mark(): null {
    return null
  }

  backTo(): void {}
}

class NoLeaderWatch implements OutcomeWatch {
  /** Since when nobody leads; Infinity while somebody does. */
  private since: number

  constructor({ now }: World) {
    this.since = now
  }

  after(world: World): boolean {
    const { now } = world
    const isOver = this.by(now)
    this.since = leadersIn(world) > 0 ? Infinity : Math.min(this.since, now)
    return isOver
  }

  by(at: number): boolean {
    return at - this.since >= LEADERLESS
  }

  mark(): number {
    return this.since
  }

  backTo(mark: unknown): void {
    this.since = mark as number
  }
}

/** Those that are down or paused lead nobody. */
function leadersIn({ hosts }: World): number {
  let count = 0
  for (const { up, paused, server } of hosts) if (up && !paused && server.role === 'leader') count++
  return count
}

/** A vote given twice, say, is no more than the breaking of a rule: what is asked for is what comes of it. */
const COMES_TO_NOTHING: readonly Note['kind'][] = ['TermsRise', 'OneVote', 'IndexOrder']

/** What was never promised cannot be broken. */
const isBreach = (note: Note): boolean =>
  note.kind !== 'Untold' && !COMES_TO_NOTHING.includes(note.kind) && isPromised(note)
