import type { LogIndex, Micros } from '../base/ids.ts'
import type { Client } from './clients.ts'
import type { Host } from './host.ts'
import type { Network } from './network.ts'
import type { Settings } from './settings.ts'
import type { Halt } from './trace.ts'

/** What a keyframe keeps: enough to go on from there in the same way. */
export interface WorldState {
  readonly now: Micros
  readonly events: number
  readonly eventsNow: number
  readonly committed: LogIndex
  readonly scriptDone: number
  readonly seed: number
  readonly settings: Settings
  readonly hosts: readonly Host[]
  readonly clients: readonly Client[]
  readonly network: Network
  readonly halted: Halt | null
  readonly acked: ReadonlyMap<string, LogIndex>
}
