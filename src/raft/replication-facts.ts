import type { LogIndex, Micros, ServerId, Term } from '../base/ids.ts'

export type ReplicationFact =
  | {
      readonly kind: 'HeartbeatsSent'
      readonly to: readonly ServerId[]
      readonly behind: readonly ServerId[]
    }
  | {
      readonly kind: 'EntriesSent'
      readonly to: ServerId
      readonly first: LogIndex
      readonly last: LogIndex
      readonly why: 'NewCommand' | 'StillBehind' | 'AfterRefusal' | 'Unanswered' | 'AfterSnapshot'
    }
  | { readonly kind: 'NoOpAppended'; readonly index: LogIndex; readonly term: Term }
  | { readonly kind: 'AppendRefused'; readonly leader: ServerId; readonly why: AppendRefusal }
  | { readonly kind: 'HeartbeatAccepted'; readonly leader: ServerId; readonly upTo: LogIndex }
  | {
      readonly kind: 'EntriesErased'
      readonly leader: ServerId
      readonly first: LogIndex
      readonly last: LogIndex
      readonly mine: Term
      /** `null` where the leader sent nothing for them. */
      readonly theirs: Term | null
    }
  | {
      readonly kind: 'EntriesAppended'
      readonly leader: ServerId
      readonly first: LogIndex
      readonly last: LogIndex
    }
  | {
      readonly kind: 'EntriesKnown'
      readonly leader: ServerId
      readonly first: LogIndex
      readonly last: LogIndex
      /** What followed them was erased, against the rule. */
      readonly erasedRest?: true
    }
  | {
      readonly kind: 'MatchAdvanced'
      readonly follower: ServerId
      readonly from: LogIndex
      readonly to: LogIndex
    }
  | {
      readonly kind: 'NextBackedUp'
      readonly follower: ServerId
      readonly from: LogIndex
      readonly to: LogIndex
      readonly why: 'PastTerm' | 'ToOwnTerm' | 'LogEnds' | 'OneByOne'
      readonly conflictTerm: Term | null
    }
  | {
      readonly kind: 'AppendReplyIgnored'
      readonly follower: ServerId
      readonly success: boolean
      readonly why:
        | 'OldTerm'
        | 'LaterTerm'
        | 'NotLeader'
        | 'KnownToMatch'
        | 'AlreadyBackedUp'
        | 'NothingNew'
        | 'SnapshotUnderWay'
    }

/** D 10.2. */
export type PerformanceFact =
  /** Commands are being collected, to go out together (D 10.2.2). */
  | { readonly kind: 'BatchStarted'; readonly due: Micros }
  | { readonly kind: 'BatchSent'; readonly first: LogIndex; readonly last: LogIndex }
  /** As many AppendEntries as allowed are on their way already (D 10.2.2). */
  | { readonly kind: 'PipelineFull'; readonly to: ServerId; readonly inFlight: number }
  | {
      readonly kind: 'ModeChanged'
      readonly follower: ServerId
      readonly mode: 'probe' | 'replicate'
      readonly why: 'Matched' | 'Refused' | 'Unanswered' | 'TurnedOff'
    }
  /** The leader's own disk has the entries up to here, so they count for it. */
  | { readonly kind: 'WriteDone'; readonly upTo: LogIndex }

export type AppendRefusal =
  | { readonly kind: 'StaleTerm'; readonly mine: Term; readonly theirs: Term }
  | { readonly kind: 'LogTooShort'; readonly prevLogIndex: LogIndex; readonly lastLogIndex: LogIndex }
  | { readonly kind: 'TermDiffers'; readonly index: LogIndex; readonly mine: Term; readonly theirs: Term }

/** Who decides, if not a majority of one set: majorities of two (§6), or fewer, where the rule is broken. */
export type OtherQuorum = 'Majorities' | 'Minority'

export type CommitFact =
  | {
      readonly kind: 'Committed'
      readonly first: LogIndex
      readonly last: LogIndex
      readonly storedOn: readonly ServerId[]
      /** How many of these entries are of earlier terms, committed along with the last one. */
      readonly earlier: number
    }
  | {
      readonly kind: 'CommitHeld'
      readonly index: LogIndex
      readonly entryTerm: Term
      readonly term: Term
      readonly storedBy?: OtherQuorum
    }
  | {
      readonly kind: 'CommitLearned'
      readonly first: LogIndex
      readonly last: LogIndex
      readonly leader: ServerId
    }
  | { readonly kind: 'Applied'; readonly first: LogIndex; readonly last: LogIndex }
