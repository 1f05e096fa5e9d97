import type { FoundKind } from '../search/finding.ts'
import type { FoundScenario } from '../search/found-scenario.ts'
import type { Settings } from '../simulation/settings.ts'

/** What the page tells a worker that searches. */
export type SearchJob =
  | {
      readonly kind: 'search'
      readonly settings: Settings
      /** How fast the servers' clocks run, in thousandths. */
      readonly clocks: readonly number[]
      /** `best`: what shows the broken rules best, or anything; `any`: anything, the breaking itself as well. */
      readonly wanted: FoundKind | 'best' | 'any'
      readonly seed: number
      /** Which scenarios are its own: every `stride`th from `first` on. */
      readonly first: number
      readonly stride: number
    }
  /** Another has found something in this scenario: only what comes before it is still worth a look. */
  | { readonly kind: 'upTo'; readonly scenario: number }
  /** What it has found counts: it is to be made simpler, and told. */
  | { readonly kind: 'shrink' }
  /** It is simple enough: it is to be told as it is by now. */
  | { readonly kind: 'enough' }

/** What it tells the page. Counts are of all it has done. */
export type SearchReport =
  /** What it looks for; `null` for anything that the cluster promises. */
  | { readonly kind: 'begun'; readonly looksFor: readonly FoundKind[] | null }
  | { readonly kind: 'tried'; readonly scenarios: number; readonly events: number }
  | { readonly kind: 'found'; readonly scenario: number; readonly size: number }
  /** It has looked as far as it was asked to, and found nothing. */
  | { readonly kind: 'done' }
  /** How many interventions are left. */
  | { readonly kind: 'shrinking'; readonly size: number }
  /** `link` is the part of it from `#` on; `null` if it could not be made. */
  | {
      readonly kind: 'shrunk'
      readonly found: FoundScenario
      readonly size: number
      readonly link: string | null
    }
