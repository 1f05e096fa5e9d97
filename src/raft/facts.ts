import type { LogIndex, ServerId, Term } from '../base/ids.ts'
import type { ClientFact, ReadFact } from './client-facts.ts'
import type { ElectionFact, PreVoteFact, StandingFact } from './election-facts.ts'
import type { MembershipFact, TransferFact } from './membership-facts.ts'
import type { CommitFact, PerformanceFact, ReplicationFact } from './replication-facts.ts'
import type { BreakableRule } from './settings.ts'
import type { SnapshotFact } from './snapshot-facts.ts'

/** Where it is written: § for the paper's sections, D for the dissertation's. */
export type Rule =
  | '§5.1'
  | '§5.2'
  | '§5.3'
  | '§5.4.1'
  | '§5.4.2'
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
 * What a server did and why, as data. Every decision of the protocol gives one or more of these; every sentence about
 * what happened is made from them.
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
