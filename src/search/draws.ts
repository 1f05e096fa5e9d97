import { draw, Purpose } from '../base/random.ts'

/** The draws of one scenario of a search, keyed by the search's seed and the scenario's number. */
export class Draws {
  private readonly seed: number
  private readonly run: number
  private n = 0

  constructor(seed: number, run: number) {
    this.seed = seed
    this.run = run
  }

  /** A whole number from 0 to 2³² − 1. */
  whole(): number {
    return draw(this.seed, Purpose.Search, this.run, this.n++)
  }

  /** A whole number from 0 to `most` − 1. */
  below(most: number): number {
    return this.whole() % most
  }

  /** True so many times in a hundred. */
  chance(percent: number): boolean {
    return this.whole() % 100 < percent
  }

  of<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T
  }
}
