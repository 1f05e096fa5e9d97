import type { ClientId, LogIndex, Micros, ServerId, Term } from '../base/ids.ts'
import type { Request, Result } from './commands.ts'
import type { Configuration } from './configuration.ts'
import type { MessageKind } from './messages.ts'
import type { Role } from './server.ts'
import type { BreakableRule } from './settings.ts'

/** A place in a log: an index and the term of the entry there. */
export interface Place {
  readonly index: LogIndex
  readonly term: Term
}

/** Where it is written: § for the paper's sections, D for the dissertation's. */
export type Rule =
  | '§5.1'
  | '§5.2'
  | '§5.3'
  | '§5.4'
  | '§5.4.1'
  | '§5.4.2'
  | '§5.6'
  | '§6'
  | '§7'
  | '§8'
  | 'D 3.10'
  | 'D 4.1'
  | 'D 4.2.1'
  | 'D 4.2.2'
  | 'D 4.2.3'
  | 'D 6.2'
  | 'D 6.3'
  | 'D 6.4'
  | 'D 6.4.1'
  | 'D 9.6'
  | 'D 10.2.1'
  | 'D 10.2.2'
  | 'Fig. 2'
  | 'Fig. 3'

/**
 * What a server did and why, as data. Every branch of the protocol gives exactly one or more of these; every
 * sentence on the page is made from them.
 */
export type RaftFact = { readonly server: ServerId; readonly rule: Rule } & (
  | ElectionFact
  | PreVoteFact
  | StandingFact
  | ReplicationFact
  | PerformanceFact
  | SnapshotFact
  | MembershipFact
  | TransferFact
  | CommitFact
  | ClientFact
  | ReadFact
  | RuleBrokenFact
  | ImpossibleFact
)

export type ElectionFact =
  | {
      readonly kind: 'BecameCandidate'
      readonly term: Term
      readonly again: boolean
      readonly waited: Micros
      readonly why: WhyCandidate
    }
  | { readonly kind: 'LeaderHasNoElectionTimer'; readonly term: Term }
  | { readonly kind: 'VoteRetried'; readonly to: ServerId; readonly term: Term }
  | {
      readonly kind: 'VoteGranted'
      readonly candidate: ServerId
      readonly term: Term
      readonly again: boolean
      /** The rules that this vote broke, if it did. */
      readonly broke?: readonly BreakableRule[]
    }
  | {
      readonly kind: 'VoteRefused'
      readonly candidate: ServerId
      readonly term: Term
      readonly why: VoteRefusal
    }
  | ({ readonly kind: 'VoteCounted'; readonly voter: ServerId; readonly term: Term } & Tally)
  /** Its own vote, which counts once it is on its disk. */
  | ({ readonly kind: 'OwnVoteWritten'; readonly term: Term } & Tally)
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

/**
 * Its election timer ran out or was made to; a majority would vote for it (D 9.6), or fewer, where they decide;
 * its leader hands over (D 3.10).
 */
export type WhyCandidate = 'TimedOut' | 'Forced' | 'PreVotes' | 'FewPreVotes' | 'Transfer'

/** Votes so far, of those needed; in joint consensus, in the new configuration as well (§6). */
export interface Tally {
  readonly votes: number
  readonly needed: number
  readonly joint: { readonly votes: number; readonly needed: number } | null
}

/** D 9.6. `term` is the one that the election would have. */
export type PreVoteFact =
  | {
      readonly kind: 'PreVoteStarted'
      readonly term: Term
      readonly again: boolean
      readonly waited: Micros
      readonly forced: boolean
    }
  | {
      readonly kind: 'PreVoteGranted'
      readonly candidate: ServerId
      readonly term: Term
      /** The rules that such a vote would break, if it would. */
      readonly broke?: readonly BreakableRule[]
    }
  | {
      readonly kind: 'PreVoteRefused'
      readonly candidate: ServerId
      readonly term: Term
      readonly why: VoteRefusal
    }
  | ({ readonly kind: 'PreVoteCounted'; readonly voter: ServerId; readonly term: Term } & Tally)
  | { readonly kind: 'PreVoteDenied'; readonly voter: ServerId; readonly term: Term }

/** Why a leader leaves office by itself, and why a server does not stand for it. */
export type StandingFact =
  | {
      readonly kind: 'SteppedDown'
      readonly term: Term
      readonly why:
        | { readonly kind: 'NoQuorum'; readonly heard: readonly ServerId[] }
        | { readonly kind: 'Removed' }
    }
  | { readonly kind: 'NotStanding'; readonly why: 'NoConfiguration' | 'NotAMember' }

export type VoteRefusal =
  /** It has lately heard from a leader (D 4.2.3, D 9.6); `leader` is `null` if it no longer knows which. */
  | { readonly kind: 'HearsLeader'; readonly leader: ServerId | null }
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

/** §7. Sizes and places are in bytes of the snapshot. */
export type SnapshotFact =
  | {
      readonly kind: 'SnapshotTaken'
      readonly first: LogIndex
      readonly last: LogIndex
      readonly bytes: number
    }
  | {
      readonly kind: 'SnapshotSent'
      readonly to: ServerId
      readonly lastIncludedIndex: LogIndex
      readonly offset: number
      readonly bytes: number
      readonly total: number
      readonly why: 'TooFarBehind' | 'NextChunk' | 'Unanswered'
    }
  | {
      readonly kind: 'ChunkReceived'
      readonly leader: ServerId
      readonly lastIncludedIndex: LogIndex
      readonly received: number
      readonly total: number
    }
  | {
      readonly kind: 'SnapshotRefused'
      readonly leader: ServerId
      readonly why:
        | { readonly kind: 'StaleTerm'; readonly mine: Term; readonly theirs: Term }
        | { readonly kind: 'ChunkMissing'; readonly received: number; readonly offset: number }
    }
  | {
      readonly kind: 'SnapshotIgnored'
      readonly leader: ServerId
      readonly lastIncludedIndex: LogIndex
      readonly commitIndex: LogIndex
    }
  | {
      readonly kind: 'SnapshotInstalled'
      readonly leader: ServerId
      readonly lastIncludedIndex: LogIndex
      readonly lastIncludedTerm: Term
      /** Entries after it that agree and stay, and entries that had to go. */
      readonly kept: number
      readonly dropped: number
    }
  | {
      readonly kind: 'SnapshotAcknowledged'
      readonly follower: ServerId
      readonly lastIncludedIndex: LogIndex
    }
  /** `laterTerm`: it is of a later term, which did not end this one, against the rule. */
  | { readonly kind: 'SnapshotReplyIgnored'; readonly follower: ServerId; readonly laterTerm?: true }

/** §6, D ch. 4. */
export type MembershipFact =
  | {
      readonly kind: 'ConfigurationAppended'
      readonly index: LogIndex
      readonly was: Configuration
      readonly configuration: Configuration
    }
  | {
      readonly kind: 'ConfigurationAdopted'
      readonly index: LogIndex
      readonly was: Configuration
      readonly configuration: Configuration
    }
  | {
      readonly kind: 'ConfigurationRolledBack'
      readonly index: LogIndex
      readonly was: Configuration
      readonly configuration: Configuration
    }
  | {
      readonly kind: 'ChangeHeld'
      readonly why: 'AnotherChange' | 'NoOwnEntry' | 'Transfer'
    }
  | { readonly kind: 'ChangeRefused'; readonly why: 'NotOneAtATime' | 'NobodyLeft' }
  | { readonly kind: 'ChangeNeedless' }
  | { readonly kind: 'CatchUpStarted'; readonly learners: readonly ServerId[]; readonly upTo: LogIndex }
  | {
      readonly kind: 'CatchUpRoundDone'
      readonly learners: readonly ServerId[]
      readonly round: number
      readonly took: Micros
      readonly fast: boolean
    }
  | { readonly kind: 'CatchUpGivenUp'; readonly learners: readonly ServerId[]; readonly rounds: number }

/** D 3.10. */
export type TransferFact =
  | { readonly kind: 'TransferStarted'; readonly to: ServerId; readonly behind: boolean }
  | {
      readonly kind: 'TransferRefused'
      readonly to: ServerId
      readonly why: 'NotLeader' | 'NotAVoter' | 'Itself' | 'UnderWay'
    }
  | { readonly kind: 'TimeoutNowSent'; readonly to: ServerId }
  | { readonly kind: 'TimeoutNowTaken'; readonly leader: ServerId }
  | {
      readonly kind: 'TimeoutNowIgnored'
      readonly leader: ServerId
      readonly why: 'StaleTerm' | 'Leader' | 'NotAMember'
    }
  | { readonly kind: 'TransferAbandoned'; readonly to: ServerId }

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

export type ClientFact =
  | {
      readonly kind: 'CommandAppended'
      readonly client: ClientId
      readonly index: LogIndex
      readonly term: Term
      readonly command: Request
    }
  | {
      readonly kind: 'CommandRedirected'
      readonly client: ClientId
      readonly leader: ServerId | null
      readonly command: Request
    }
  /** Leadership is being handed over: no new commands until then (D 3.10). */
  | {
      readonly kind: 'CommandHeldOff'
      readonly client: ClientId
      readonly to: ServerId
      readonly command: Request
    }
  | {
      readonly kind: 'CommandAnswered'
      readonly client: ClientId
      readonly index: LogIndex
      readonly command: Request
      readonly result: Result
      /** Why the entry was not applied; `null` if it was. */
      readonly skipped: 'Repeated' | 'SessionExpired' | null
    }
  /** An entry that changed nothing: the command was applied before, or its session is over (D 6.3). */
  | {
      readonly kind: 'CommandSkipped'
      readonly client: ClientId
      readonly index: LogIndex
      readonly serial: number
      readonly why: 'Repeated' | 'SessionExpired'
    }
  | { readonly kind: 'SessionOpened'; readonly client: ClientId; readonly session: LogIndex }
  | { readonly kind: 'SessionEnded'; readonly client: ClientId; readonly session: LogIndex }

/** D 6.4. `index` is what the answer takes account of. */
export type ReadFact =
  | {
      readonly kind: 'ReadStarted'
      readonly client: ClientId
      readonly key: string
      readonly index: LogIndex
      /** Who has to confirm that it leads. */
      readonly askedOf?: OtherQuorum
    }
  | { readonly kind: 'ReadHeld'; readonly client: ClientId; readonly key: string; readonly term: Term }
  | { readonly kind: 'LeaseOver'; readonly client: ClientId; readonly key: string }
  | {
      readonly kind: 'ReadAnswered'
      readonly client: ClientId
      readonly key: string
      readonly value: string | null
      readonly index: LogIndex
      readonly way:
        | { readonly kind: 'readIndex'; readonly heard: readonly ServerId[] }
        | { readonly kind: 'lease'; readonly left: Micros }
        | { readonly kind: 'local' }
    }
  | { readonly kind: 'ReadsDropped'; readonly count: number }

/** A rule was broken where it mattered; what came of it is told after it. */
export type RuleBrokenFact = { readonly kind: 'RuleBroken'; readonly broken: BreakableRule }

/** A state that Raft rules out. The run stops at the event that brought it about. */
export type ImpossibleFact = { readonly kind: 'Impossible'; readonly what: Impossibility }

export type Impossibility =
  | { readonly kind: 'TwoLeaders'; readonly term: Term; readonly other: ServerId }
  | { readonly kind: 'LeaderOverwrites'; readonly term: Term; readonly index: LogIndex }
  | { readonly kind: 'CommitMovesBack'; readonly from: LogIndex; readonly to: LogIndex }
  | {
      readonly kind: 'VouchesForMore'
      readonly follower: ServerId
      readonly vouched: LogIndex
      readonly lastIndex: LogIndex
    }
  | {
      readonly kind: 'ErasesCommitted'
      readonly index: LogIndex
      readonly commitIndex: LogIndex
      readonly leader: ServerId
    }
  /** With rules broken: a state in which even what every rule takes for granted is not so. */
  | { readonly kind: 'Contradiction'; readonly assumed: string }
