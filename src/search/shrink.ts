import type { Setup } from '../simulation/script.ts'
import type { Settings } from '../simulation/settings.ts'
import type { Broken } from './finding.ts'
import { withOtherLuck } from './other-luck.ts'
import { rerun } from './run.ts'
import { simplerActs } from './simpler-acts.ts'
import { fewerServers, plainSettings } from './simpler-cluster.ts'
import { earlierTimes, roundTimes } from './simpler-times.ts'
import { withoutItems, withoutPairs } from './without.ts'

/** Offers simpler setups, one at a time, and is told of each whether it breaks the same promise. */
type Pass = (setup: Setup) => Generator<Setup, void, Setup | null>

interface ShrinkOptions {
  /** What settings are to become again where it does not matter. */
  readonly settings: Settings
  /** How many runs it may take. */
  readonly most?: number
}

const MOST_RUNS = 3000
const MOST_ROUNDS = 5
/** A candidate may take so many events more than what there is, as where servers are left to do it by themselves. */
const MORE_EVENTS = 100

/**
 * Makes what breaks a promise simpler, for as long as it breaks the same promise: each candidate is run from scratch.
 * Yields after each run, so that whoever asks for it can stop; the last value is the simplest.
 */
export function* shrink(broken: Broken, options: ShrinkOptions): Generator<Broken, Broken> {
  const { settings, most = MOST_RUNS } = options
  const { wanted } = broken
  const passes: readonly Pass[] = [
    withoutItems,
    (setup) => plainSettings(setup, settings),
    fewerServers,
    withoutItems,
    withoutPairs,
    withOtherLuck,
    simplerActs,
    earlierTimes,
    roundTimes,
  ]
  let best = rerun(broken.setup, wanted, broken.finding.event + 2) ?? broken
  let runs = 0
  for (let round = 0; round < MOST_ROUNDS && runs < most; round++) {
    const before = best
    for (const pass of passes) {
      const candidates = pass(best.setup)
      let next = candidates.next()
      while (next.done !== true && runs < most) {
        runs++
        const found = rerun(next.value, wanted, best.finding.event + MORE_EVENTS)
        if (found !== null) best = found
        yield best
        next = candidates.next(found === null ? null : found.setup)
      }
    }
    if (best === before) break
  }
  return best
}

/** All at once. */
export function shrunk(broken: Broken, options: ShrinkOptions): Broken {
  const steps = shrink(broken, options)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}
