import type { ClientId, LogIndex, Micros, ServerId, Term } from '../base/ids.ts'
import type { Command, Result } from './commands.ts'
import type { MessageKind } from './messages.ts'
import type { Role } from './server.ts'

/** A place in a log: an index and the term of the entry there. */
export interface Place {
  readonly index: LogIndex
  readonly term: Term
}

/** Where the paper says so. */
export type Rule =
  | '§5.1'
  | '§5.2'
  | '§5.3'
  | '§5.4'
  | '§5.4.1'
  | '§5.4.2'
  | '§5.6'
  | '§8'
  | 'Fig. 2'
  | 'Fig. 3'

/**
 * What a server did and why, as data. Every branch of the protocol gives exactly one or more of these; every
 * sentence on the page is made from them.
 */
export type RaftFact = { readonly server: ServerId; readonly rule: Rule } & (
  | ElectionFact
  | ReplicationFact
  | CommitFact
  | ClientFact
  | ImpossibleFact
)

export type ElectionFact =
  | {
      readonly kind: 'BecameCandidate'
      readonly term: Term
      readonly again: boolean
      readonly waited: Micros
      readonly forced: boolean
    }
  | { readonly kind: 'LeaderHasNoElectionTimer'; readonly term: Term }
  | { readonly kind: 'VoteRetried'; readonly to: ServerId; readonly term: Term }
  | {
      readonly kind: 'VoteGranted'
      readonly candidate: ServerId
      readonly term: Term
      readonly again: boolean
    }
  | {
      readonly kind: 'VoteRefused'
      readonly candidate: ServerId
      readonly term: Term
      readonly why: VoteRefusal
    }
  | {
      readonly kind: 'VoteCounted'
      readonly voter: ServerId
      readonly term: Term
      readonly votes: number
      readonly needed: number
    }
  | { readonly kind: 'VoteDenied'; readonly voter: ServerId; readonly term: Term }
  | {
      readonly kind: 'VoteReplyIgnored'
      readonly voter: ServerId
      readonly granted: boolean
      readonly why: 'OldElection' | 'NotCandidate' | 'CountedBefore'
    }
  | {
      readonly kind: 'BecameLeader'
      readonly term: Term
      readonly voters: readonly ServerId[]
      readonly servers: number
    }
  | {
      readonly kind: 'TermAdopted'
      readonly was: Term
      readonly term: Term
      readonly role: Role
      readonly from: ServerId
      readonly message: MessageKind
    }
  | { readonly kind: 'YieldedToLeader'; readonly leader: ServerId; readonly term: Term }

export type VoteRefusal =
  | { readonly kind: 'StaleTerm'; readonly mine: Term }
  | { readonly kind: 'AlreadyVoted'; readonly votedFor: ServerId }
  | { readonly kind: 'LogBehind'; readonly mine: Place; readonly theirs: Place }

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
      readonly why: 'NewCommand' | 'StillBehind' | 'AfterRefusal' | 'Unanswered'
    }
  | { readonly kind: 'AppendRefused'; readonly leader: ServerId; readonly why: AppendRefusal }
  | { readonly kind: 'HeartbeatAccepted'; readonly leader: ServerId; readonly upTo: LogIndex }
  | {
      readonly kind: 'EntriesErased'
      readonly leader: ServerId
      readonly first: LogIndex
      readonly last: LogIndex
      readonly mine: Term
      readonly theirs: Term
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
      readonly why: 'OldTerm' | 'NotLeader' | 'KnownToMatch' | 'AlreadyBackedUp' | 'NothingNew'
    }

export type AppendRefusal =
  | { readonly kind: 'StaleTerm'; readonly mine: Term; readonly theirs: Term }
  | { readonly kind: 'LogTooShort'; readonly prevLogIndex: LogIndex; readonly lastLogIndex: LogIndex }
  | { readonly kind: 'TermDiffers'; readonly index: LogIndex; readonly mine: Term; readonly theirs: Term }

export type CommitFact =
  | {
      readonly kind: 'Committed'
      readonly first: LogIndex
      readonly last: LogIndex
      readonly storedOn: readonly ServerId[]
      /** How many of these entries are of earlier terms, committed along with the last one. */
      readonly earlier: number
    }
  | { readonly kind: 'CommitHeld'; readonly index: LogIndex; readonly entryTerm: Term; readonly term: Term }
  | {
      readonly kind: 'CommitLearned'
      readonly first: LogIndex
      readonly last: LogIndex
      readonly leader: ServerId
    }
  | { readonly kind: 'Applied'; readonly first: LogIndex; readonly last: LogIndex }

export type ClientFact =
  | {
      readonly kind: 'CommandAppended'
      readonly client: ClientId
      readonly index: LogIndex
      readonly term: Term
      readonly command: Command
    }
  | {
      readonly kind: 'CommandRedirected'
      readonly client: ClientId
      readonly leader: ServerId | null
      readonly command: Command
    }
  | {
      readonly kind: 'CommandAnswered'
      readonly client: ClientId
      readonly index: LogIndex
      readonly command: Command
      readonly result: Result
    }

/** A state that Raft rules out. The run stops at the event that brought it about. */
export type ImpossibleFact = { readonly kind: 'Impossible'; readonly what: Impossibility }

export type Impossibility =
  | { readonly kind: 'TwoLeaders'; readonly term: Term; readonly other: ServerId }
  | { readonly kind: 'LeaderOverwrites'; readonly term: Term; readonly index: LogIndex }
  | { readonly kind: 'CommitMovesBack'; readonly from: LogIndex; readonly to: LogIndex }
  | {
      readonly kind: 'ErasesCommitted'
      readonly index: LogIndex
      readonly commitIndex: LogIndex
      readonly leader: ServerId
    }
