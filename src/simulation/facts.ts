import type { Address, ClientId, LogIndex, Micros, ServerId } from '../base/ids.ts'
import type { Request, Result } from '../raft/commands.ts'
import type { RaftFact } from '../raft/facts.ts'
import type { MessageKind } from '../raft/messages.ts'
import type { LinkSettings, Settings } from './settings.ts'

/** What happened to servers, messages and clients from outside the protocol. */
export type WorldFact =
  /** `unwritten` entries were in memory only. */
  | {
      readonly kind: 'ServerCrashed'
      readonly server: ServerId
      readonly lastIndex: LogIndex
      readonly unwritten: number
    }
  | { readonly kind: 'ServerRestarted'; readonly server: ServerId; readonly lastIndex: LogIndex }
  | { readonly kind: 'ServerPaused'; readonly server: ServerId }
  | { readonly kind: 'ServerResumed'; readonly server: ServerId; readonly waiting: number }
  /** Every server is in one of the groups. */
  | { readonly kind: 'Partitioned'; readonly groups: readonly (readonly ServerId[])[] }
  | { readonly kind: 'Isolated'; readonly server: ServerId }
  | { readonly kind: 'LinkCut'; readonly from: ServerId; readonly to: ServerId }
  | { readonly kind: 'LinkMended'; readonly from: ServerId; readonly to: ServerId }
  | { readonly kind: 'Healed' }
  | SettingsFact
  | MessageFact
  | ClientWorldFact
  /** An intervention that found nothing to act on, as can be after an earlier one was changed. */
  | { readonly kind: 'NothingToDo'; readonly why: WhyNothing }
  /** The run stops: more than `most` messages are on their way. */
  | { readonly kind: 'TooManyMessages'; readonly most: number }

/** What was changed about the whole cluster, or about what one server has and is. */
export type SettingsFact =
  /** Outside Raft's assumptions: its disk kept not what was written to it. */
  | { readonly kind: 'StorageLost'; readonly server: ServerId; readonly what: 'vote' | 'disk' }
  /** A new server starts, empty and outside the configuration. */
  | { readonly kind: 'ServerAdded'; readonly server: ServerId }
  | { readonly kind: 'DiskChanged'; readonly server: ServerId; readonly latency: Micros | null }
  | { readonly kind: 'ClockChanged'; readonly server: ServerId; readonly rate: number }
  | { readonly kind: 'SettingsChanged'; readonly settings: Partial<Settings> }
  | {
      readonly kind: 'LinkChanged'
      readonly from: ServerId
      readonly to: ServerId
      readonly settings: LinkSettings | null
    }

export type WhyNothing =
  | { readonly kind: 'ServerDown'; readonly server: ServerId }
  | { readonly kind: 'ServerUp'; readonly server: ServerId }
  | { readonly kind: 'ServerNotPaused'; readonly server: ServerId }
  | { readonly kind: 'ServerPaused'; readonly server: ServerId }
  | { readonly kind: 'NotLeader'; readonly server: ServerId }
  | { readonly kind: 'NothingUnanswered'; readonly server: ServerId; readonly peer: ServerId }
  | { readonly kind: 'NoSuchServer'; readonly server: ServerId }
  | { readonly kind: 'NoSuchMessage'; readonly from: Address; readonly to: Address }
  | { readonly kind: 'NoSuchCommand'; readonly client: ClientId }
  | { readonly kind: 'EnoughCopies'; readonly from: Address; readonly to: Address; readonly most: number }

export type WhyLost = 'Loss' | 'Cut' | 'ServerDown' | 'Dropped' | 'ServerCrashed'

export type MessageFact = {
  readonly from: Address
  readonly to: Address
  readonly message: MessageKind
} & (
  | { readonly kind: 'MessageLost'; readonly why: WhyLost }
  | { readonly kind: 'MessageHeld' }
  | { readonly kind: 'MessageDelayed'; readonly by: Micros }
  | { readonly kind: 'MessageDuplicated'; readonly byHand: boolean }
  | { readonly kind: 'MessageHurried' }
)

export type ClientWorldFact =
  | (ClientCommandFact & { readonly client: ClientId; readonly command: Request })
  | {
      readonly kind: 'ClientReplyIgnored'
      readonly client: ClientId
      readonly serial: number
      readonly server: ServerId
    }

type ClientCommandFact =
  | { readonly kind: 'ClientSent'; readonly server: ServerId; readonly attempt: number }
  | { readonly kind: 'ClientSentOn'; readonly server: ServerId; readonly leader: ServerId }
  | { readonly kind: 'ClientToldNoLeader'; readonly server: ServerId }
  /** It is the leader, but cannot take the request now (D 3.10, D 4.1). */
  | { readonly kind: 'ClientToldToWait'; readonly server: ServerId }
  /** It has no session yet, and asks for one first (D 6.3). */
  | { readonly kind: 'ClientNeedsSession' }
  /** The session is over: whether the command took effect cannot be told (D 6.3). */
  | { readonly kind: 'ClientLostSession'; readonly server: ServerId }
  | { readonly kind: 'ClientTimedOut'; readonly server: ServerId; readonly waited: Micros }
  | { readonly kind: 'ClientGaveUp'; readonly waited: Micros }
  | {
      readonly kind: 'ClientAnswered'
      readonly server: ServerId
      readonly result: Result
      readonly took: Micros
      /** A read that misses a write which had been answered before it was sent. */
      readonly stale: boolean
    }

/** Everything that can be told of a run. */
export type Fact = RaftFact | WorldFact
export type FactKind = Fact['kind']
