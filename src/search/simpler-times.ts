import type { Micros } from '../base/ids.ts'
import type { ScriptItem, Setup } from '../simulation/script.ts'

/** Times are wished to be so round, the roundest first. */
const GRIDS = [10_000, 5_000, 1_000]
/** Waits longer than this are tried to be made shorter. */
const SHORT = 20_000

/** Takes out time between two interventions, so that the end comes earlier. */
export function* earlierTimes(setup: Setup): Generator<Setup, void, Setup | null> {
  let best = setup
  for (let i = 0; i < best.script.length; i++) {
    for (const part of [1, 0.5]) {
      const gap = gapBefore(best.script, i)
      if (gap <= SHORT) break
      const by = Math.floor((gap - SHORT / 2) * part)
      const accepted: Setup | null = yield { ...best, script: shiftedFrom(best.script, i, by) }
      if (accepted !== null) best = accepted
    }
  }
}

/** Puts interventions at round times: all of them, then one by one. */
export function* roundTimes(setup: Setup): Generator<Setup, void, Setup | null> {
  let best = setup
  for (const grid of GRIDS) {
    const script = best.script.map((item) => placed(item, Math.round(item.at / grid) * grid))
    if (script.every((item, i) => isSame(item, best.script[i]))) break
    const accepted: Setup | null = yield { ...best, script }
    if (accepted === null) continue
    best = accepted
    break
  }
  for (let i = 0; i < best.script.length; i++) {
    for (const at of rounderThan(best.script, i)) {
      const script = best.script.map((item, j) => (i === j ? placed(item, at) : item))
      const accepted: Setup | null = yield { ...best, script }
      if (accepted === null) continue
      best = accepted
      break
    }
  }
}

/** Round times near that of an intervention, rounder than it is, that leave it where it is among the others. */
function* rounderThan(script: readonly ScriptItem[], i: number): Generator<number> {
  const item = script[i]
  if (item === undefined) return
  const after = script[i - 1]?.at ?? 0
  const before = script[i + 1]?.at ?? Infinity
  for (const grid of GRIDS) {
    if (item.at % grid === 0 && item.skip === 0) return
    const below = Math.floor(item.at / grid) * grid
    for (const at of [below, below + grid]) if (at >= after && at <= before) yield at
  }
}

const placed = (item: ScriptItem, at: number): ScriptItem => ({ ...item, at: at as Micros, skip: 0 })

const isSame = (a: ScriptItem, b: ScriptItem | undefined): boolean => a.at === b?.at && a.skip === b.skip

const gapBefore = (script: readonly ScriptItem[], i: number): number =>
  (script[i]?.at ?? 0) - (script[i - 1]?.at ?? 0)

const shiftedFrom = (script: readonly ScriptItem[], from: number, by: number): ScriptItem[] =>
  script.map((item, i) => (i < from ? item : placed(item, item.at - by)))
