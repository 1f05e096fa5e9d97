import type { ClientId, Micros, ServerId, Term } from '../base/ids.ts'
import type { Command } from '../raft/commands.ts'
import type { LinkSettings, Settings } from './settings.ts'

/** Names a message the same way whatever else happens: the nth that `from` sent to `to`, and which copy of it. */
export interface MessageName {
  readonly from: number
  readonly to: number
  /** Counts from 1 on each directed link. */
  readonly n: number
  /** 0 for the message itself, then 1, 2 … for its duplicates. */
  readonly copy: number
}

/** What somebody does to the cluster from outside. */
export type Intervention =
  | { readonly kind: 'Crash'; readonly server: ServerId }
  | { readonly kind: 'Restart'; readonly server: ServerId }
  /** It starts again without its vote, or without anything: a storage fault, outside Raft's assumptions. */
  | { readonly kind: 'RestartWithout'; readonly server: ServerId; readonly loses: 'vote' | 'disk' }
  | { readonly kind: 'Pause'; readonly server: ServerId }
  | { readonly kind: 'Resume'; readonly server: ServerId }
  /** Its election timer runs out now. */
  | { readonly kind: 'TimeOut'; readonly server: ServerId }
  /** The leader's heartbeats go out now. */
  | { readonly kind: 'Heartbeat'; readonly server: ServerId }
  /** An unanswered RPC is sent again now. */
  | { readonly kind: 'Retry'; readonly server: ServerId; readonly peer: ServerId }
  /** A leader hands its office over (D 3.10). */
  | { readonly kind: 'Transfer'; readonly server: ServerId; readonly to: ServerId }
  /** The latency of its disk; `null` for the cluster's. */
  | { readonly kind: 'SetDisk'; readonly server: ServerId; readonly latency: Micros | null }
  /** A client asks the leader for other members; servers that do not exist yet start, empty (§6). */
  | {
      readonly kind: 'ChangeMembers'
      readonly add: readonly ServerId[]
      readonly remove: readonly ServerId[]
    }
  /** Its clock runs at `rate` thousandths of true speed. */
  | { readonly kind: 'SetClock'; readonly server: ServerId; readonly rate: number }
  /** Servers in different groups are cut off from each other; those in no group form one more. */
  | { readonly kind: 'Partition'; readonly groups: readonly (readonly ServerId[])[] }
  | { readonly kind: 'Isolate'; readonly server: ServerId }
  /** One direction of one link. */
  | { readonly kind: 'Cut'; readonly from: ServerId; readonly to: ServerId }
  | { readonly kind: 'Mend'; readonly from: ServerId; readonly to: ServerId }
  /** Every cut ends. */
  | { readonly kind: 'Heal' }
  /** A client sends a command, to `server` or to whom it thinks is the leader. */
  | { readonly kind: 'Command'; readonly server: ServerId | null; readonly command: Command }
  | { readonly kind: 'Drop'; readonly message: MessageName }
  | { readonly kind: 'Delay'; readonly message: MessageName; readonly by: Micros }
  | { readonly kind: 'Duplicate'; readonly message: MessageName }
  | { readonly kind: 'Deliver'; readonly message: MessageName }
  /** A client's wait for an answer is over now. */
  | { readonly kind: 'ClientTimeOut'; readonly client: ClientId; readonly serial: number }
  /** Settings of the whole cluster. */
  | { readonly kind: 'Change'; readonly settings: Partial<Settings> }
  /** Settings of one direction of one link; `null` puts it back to the cluster's. */
  | {
      readonly kind: 'SetLink'
      readonly from: ServerId
      readonly to: ServerId
      readonly settings: LinkSettings | null
    }

/**
 * One line of a scenario's script. Several events can share a microsecond: `skip` says how many of those at `at` come
 * first, so an intervention made between two of them stays there.
 */
export interface ScriptItem {
  readonly at: Micros
  readonly skip: number
  readonly act: Intervention
}

/** A server's disk as a scenario starts. */
export interface InitialServer {
  readonly currentTerm: Term
  readonly votedFor: ServerId | null
  readonly log: readonly { readonly term: Term; readonly command: Command }[]
}

/** All that decides a history. */
export interface Setup {
  /** 0 to 2³² − 1. */
  readonly seed: number
  /** How many servers, 1 to 9. */
  readonly servers: number
  readonly settings: Settings
  /** What is on the disks at the start; `null` for empty ones. */
  readonly initial: readonly InitialServer[] | null
  /** In the order of `at`. */
  readonly script: readonly ScriptItem[]
}
