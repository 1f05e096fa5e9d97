import { isStep, type Point } from './curve.ts'

/** Where a curve turns: the two moments next to each other between which it was decided. */
export interface Turn {
  readonly before: Point
  readonly after: Point
  /** From `after` on, all futures that were tried come to the outcome, or all but a few in a thousand. */
  readonly unavoidable: boolean
}

/** A step up that is worth telling of. */
const STEP = 0.1
const NEARLY_ALL = 0.99

/** Where the outcome became unavoidable; else where it became likelier by most; `null` if nothing stands out. */
export function turnOf(points: readonly Point[]): Turn | null {
  const last = points.findLastIndex(({ share }) => share < NEARLY_ALL)
  const [before, after] = [points[last], points[last + 1]]
  if (before !== undefined && after !== undefined && isStep(before, after))
    return { before, after, unavoidable: true }
  let best: Turn | null = null
  for (const [i, next] of points.slice(1).entries()) {
    const here = points[i] as Point
    const step = next.share - here.share
    if (step >= (best === null ? STEP : best.after.share - best.before.share))
      best = { before: here, after: next, unavoidable: false }
  }
  return best
}
