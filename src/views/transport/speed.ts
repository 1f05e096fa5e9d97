import { SLOWDOWNS } from '../../scenario/scenario.ts'

/** The slider's step for a slowdown, faster to the right; the nearest one if a scenario brought its own. */
export function stepOf(slowdown: number): number {
  let nearest = 0
  SLOWDOWNS.forEach((each, i) => {
    const ratio = Math.abs(Math.log(each / slowdown))
    if (ratio < Math.abs(Math.log((SLOWDOWNS[nearest] ?? 1) / slowdown))) nearest = i
  })
  return SLOWDOWNS.length - 1 - nearest
}

/** The slowdown at a step of the slider. */
export const speedIn = (step: number): number => SLOWDOWNS[SLOWDOWNS.length - 1 - step] ?? 1
