import type { ScriptItem, Setup } from '../simulation/script.ts'

/** Leaves interventions out: first halves of them, then ever fewer, in the end single ones (Zeller's delta debugging). */
export function* withoutItems(setup: Setup): Generator<Setup, void, Setup | null> {
  let best = setup
  for (let size = best.script.length; size >= 1; size >>= 1) {
    let from = Math.max(0, best.script.length - size)
    for (;;) {
      const accepted: Setup | null = yield { ...best, script: without(best.script, from, size) }
      if (accepted !== null) best = accepted
      if (from === 0) break
      from = Math.min(Math.max(0, from - size), Math.max(0, best.script.length - size))
    }
  }
}

/** Pairs mostly need each other: a crash and its restart, a partition and its end. */
const MOST_PAIRED = 24

/** Leaves out two interventions at once. */
export function* withoutPairs(setup: Setup): Generator<Setup, void, Setup | null> {
  let best = setup
  if (best.script.length > MOST_PAIRED) return
  for (let i = 0; i < best.script.length; i++) {
    for (let j = i + 2; j < best.script.length; j++) {
      const script = best.script.filter((_, at) => at !== i && at !== j)
      const accepted: Setup | null = yield { ...best, script }
      if (accepted === null) continue
      best = accepted
      j = i + 1
    }
  }
}

const without = (script: readonly ScriptItem[], from: number, count: number): ScriptItem[] => [
  ...script.slice(0, from),
  ...script.slice(from + count),
]
