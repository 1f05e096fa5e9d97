import type { ClientId, Micros, ServerId } from '../base/ids.ts'
import type { Fact } from './facts.ts'
import type { Flight } from './flight.ts'
import type { ScriptItem } from './script.ts'

/** What kind of thing an event is. */
export type Happening =
  | { readonly kind: 'Arrival'; readonly flight: Flight }
  | { readonly kind: 'Loss'; readonly flight: Flight }
  | { readonly kind: 'Timer'; readonly server: ServerId }
  | { readonly kind: 'Client'; readonly client: ClientId }
  | { readonly kind: 'Act'; readonly item: ScriptItem }

/** Somebody who watches a run. Without one, nothing of it is kept. */
export interface Trace {
  /** An event begins. `cause` is the event that led to it; −1 for the start of the run. */
  event(index: number, at: Micros, cause: number, what: Happening): void
  fact(fact: Fact): void
  sent(flight: Flight): void
  /** A message on its way is on its way no more. */
  ended(flight: Flight, how: 'arrived' | 'lost'): void
  /** What is on its way was changed by hand: places and times may differ. */
  redirected(): void
}

/** Why a run stopped for good. */
export interface Halt {
  readonly at: Micros
  /** The event in which it happened. */
  readonly event: number
  readonly fact: Fact
}
