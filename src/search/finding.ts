import type { Micros, ServerId } from '../base/ids.ts'
import type { PropertyId, Violation } from '../check/properties.ts'
import type { Impossibility } from '../raft/facts.ts'
import type { Setup } from '../simulation/script.ts'
import type { World } from '../simulation/world.ts'

/** What can go wrong: a promise that is broken, or what a server would have to do and never may. */
export type FoundKind = PropertyId | Impossibility['kind']

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
}

/** A judge beside those of the promises, made for one run and asked after each of its events. */
export interface Judge {
  after(world: World): Finding | null
}
export type MakeJudge = (world: World) => Judge
