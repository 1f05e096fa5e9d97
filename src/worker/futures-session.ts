import { assert, unreachable } from '../base/assert.ts'
import type { Micros } from '../base/ids.ts'
import { type Course, courseOf } from '../search/course.ts'
import { type Batch, Futures, type Tally } from '../search/futures.ts'
import type { Outcome } from '../search/outcome.ts'
import type { Setup } from '../simulation/script.ts'

/** What the page tells a worker that tries futures. */
export type FuturesJob =
  /** Begin with this scenario, whose history is looked at up to a time. */
  | { readonly kind: 'begin'; readonly setup: Setup; readonly outcome: Outcome; readonly until: Micros }
  | { readonly kind: 'try'; readonly batch: Batch }

/** What the worker says to each of these. */
export type FuturesReport =
  | { readonly kind: 'course'; readonly course: Course }
  | { readonly kind: 'tally'; readonly tally: Tally }

/** What a worker that tries futures knows. */
export class FuturesSession {
  private futures: Futures | null = null

  do(job: FuturesJob): FuturesReport {
    switch (job.kind) {
      case 'begin': {
        const { setup, outcome, until } = job
        const course = courseOf(setup, outcome, until)
        this.futures = new Futures(setup, outcome, course.horizon)
        return { kind: 'course', course }
      }
      case 'try':
        assert(this.futures !== null, 'there is a scenario to try futures of')
        return { kind: 'tally', tally: this.futures.try(job.batch) }
      default:
        return unreachable(job)
    }
  }
}
