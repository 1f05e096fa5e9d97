import type { Micros, ServerId } from '../base/ids.ts'
import type { PropertyId, Violation } from '../check/properties.ts'
import type { Impossibility } from '../raft/facts.ts'
import type { Setup } from '../simulation/script.ts'

/** What can go wrong: a promise that is broken, or what a server would have to do and never may. */
export type FoundKind = PropertyId | Impossibility['kind']

/** What runs are searched for. */
export interface Wanted {
  /** `null` for anything that is wrong and was promised. */
  readonly kinds: ReadonlySet<FoundKind> | null
  /**
   * Whether what is wrong counts also once a command was applied twice that no session guards (§8). Where rules are
   * broken it does not: what clients see after that is no proof against them.
   */
  readonly afterTwice: boolean
}

/** How a run went wrong. */
export interface Finding {
  readonly kind: FoundKind
  readonly at: Micros
  readonly event: number
  readonly servers: readonly ServerId[]
  /** The broken promise; `null` where a server stopped the run before it could break one. */
  readonly violation: Violation | null
}

/** A run that went wrong, and how. */
export interface Broken {
  readonly setup: Setup
  readonly finding: Finding
  /** Just what was found, on the terms on which it was looked for. */
  readonly wanted: Wanted
}

/** Anything of one kind. */
export const only = (kind: FoundKind, afterTwice = true): Wanted => ({ kinds: new Set([kind]), afterTwice })
