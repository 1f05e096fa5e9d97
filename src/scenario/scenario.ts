import type { Micros, ServerId } from '../base/ids.ts'
import type { MessageName, Setup } from '../simulation/script.ts'

/**
 * Which history a seed and script give. It rises when a change to the protocol or the simulation gives old scenarios
 * another history; links of an older engine are then opened with a word about it.
 */
export const ENGINE = 2

/** How many interventions a script may hold. */
export const MOST_SCRIPT_LINES = 2000

/** How many UTF-16 units a scenario's name may have. */
export const LONGEST_NAME = 80

/** Control characters, halves of characters, line ends, and marks that turn the direction of the text around them. */
export const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u

/** The slowdowns that the page's speed keys and slider step through: real time to a thousandth. */
export const SLOWDOWNS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] as const

/** What the viewer has picked out. */
export type Selection =
  | { readonly kind: 'server'; readonly server: ServerId }
  | { readonly kind: 'message'; readonly message: MessageName }

/** The moment and the things a scenario opens at. */
export interface View {
  readonly at: Micros
  /** How many of the events at exactly `at` are over; `null` for all of them. */
  readonly skip: number | null
  readonly selection: Selection | null
  /** Simulated time runs at 1/slowdown of real time; `null` leaves it as it is. */
  readonly slowdown: number | null
}

/** The shared document: everything that decides a history, and where to look at it. */
export interface Scenario extends Setup {
  readonly engine: number
  readonly name: string
  readonly view: View
}

/** How many servers there are once the whole script is over: a change of members starts those that do not exist. */
export function serversEver({ servers, script }: Pick<Scenario, 'servers' | 'script'>): number {
  return Math.max(servers, ...script.flatMap(({ act }) => (act.kind === 'ChangeMembers' ? act.add : [])))
}
