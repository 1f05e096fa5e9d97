import type { Setup } from '../simulation/script.ts'

/** How many other seeds are tried. */
const LUCKS = 16

/**
 * Leaves out single interventions while chance is drawn anew: an intervention often only makes up for an unlucky latency
 * or timeout.
 */
export function* withOtherLuck(setup: Setup): Generator<Setup, void, Setup | null> {
  let best = setup
  for (let i = best.script.length - 1; i >= 0; i--) {
    for (let seed = 1; seed <= LUCKS; seed++) {
      const script = best.script.filter((_, at) => at !== i)
      const accepted: Setup | null = yield { ...best, seed, script }
      if (accepted === null) continue
      best = accepted
      break
    }
  }
}
