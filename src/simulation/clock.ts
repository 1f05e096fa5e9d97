import type { Micros } from '../base/ids.ts'
import { NEVER } from '../base/ids.ts'

/** A server's own clock: it read `local` when the true time was `global`, and has run at `rate`/1000 since. */
export interface Clock {
  readonly local: Micros
  readonly global: Micros
  readonly rate: number
}

export const trueClock: Clock = { local: 0 as Micros, global: 0 as Micros, rate: 1000 }

/** What the clock reads at a true time. */
export function toLocal(clock: Clock, now: Micros): Micros {
  if (clock.rate === 1000) return (clock.local + now - clock.global) as Micros
  return (clock.local + Math.floor(((now - clock.global) * clock.rate) / 1000)) as Micros
}

/** The first true time at which the clock reads `local` or more. */
export function toGlobal(clock: Clock, local: Micros): Micros {
  if (local === NEVER) return NEVER
  if (clock.rate === 1000) return (clock.global + local - clock.local) as Micros
  return (clock.global + Math.ceil(((local - clock.local) * 1000) / clock.rate)) as Micros
}

/** The same clock at another rate from now on: what it reads does not jump. */
export function withRate(clock: Clock, now: Micros, rate: number): Clock {
  return { local: toLocal(clock, now), global: now, rate }
}
