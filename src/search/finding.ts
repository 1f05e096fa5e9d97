import type { Micros, ServerId } from '../base/ids.ts'
import type { PropertyId, Violation } from '../check/properties.ts'
import type { Impossibility } from '../raft/facts.ts'
import type { Setup } from '../simulation/script.ts'
import type { World } from '../simulation/world.ts'

/** What can go wrong: a property, what a server would have to do and never may, or what another judge looks for. */
export type FoundKind = PropertyId | Impossibility['kind'] | OtherKind
/** What judges beside the safety properties' own find. */
export type OtherKind = 'Linearizability'

/** How a run went wrong. */
export interface Finding {
  readonly kind: FoundKind
  readonly at: Micros
  readonly event: number
  readonly servers: readonly ServerId[]
  /** The broken property, where it is one of those that are judged by the servers' states. */
  readonly violation: Violation | null
}

/** A run that went wrong, and how. */
export interface Broken {
  readonly setup: Setup
  readonly finding: Finding
}

/** A judge beside `Watch`, made for one run and asked after each of its events. */
export interface Judge {
  after(world: World): Finding | null
}
export type MakeJudge = (world: World) => Judge
