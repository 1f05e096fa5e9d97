import { countWhile } from '../base/count-while.ts'

/** How many of the rising `times` are at or before `at`. */
export const countUpTo = (times: readonly number[], at: number): number =>
  countWhile(times, (time) => time <= at)
