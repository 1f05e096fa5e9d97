import type { ClientId, LogIndex, Micros, ServerId, Term } from '../base/ids.ts'
import type { Command } from '../raft/commands.ts'
import type { Evidence } from './evidence.ts'

/** Those of Figure 3. */
export const FIGURE_3: readonly PropertyId[] = [
  'ElectionSafety',
  'LeaderAppendOnly',
  'LogMatching',
  'LeaderCompleteness',
  'StateMachineSafety',
]

/**
 * After a breach of these the servers can still agree, so that a run means something beyond it; a vote given twice, say,
 * is yet to make two leaders.
 */
export const RUN_GOES_ON: readonly PropertyId[] = [
  'TermsRise',
  'OneVote',
  'IndexOrder',
  'CommittedStays',
  'ExactlyOnce',
  'Linearizability',
]

export type PropertyId = Violation['kind']

/** A promise that was broken, where and by whom. `servers` has the one that broke it first. */
export type Violation = {
  readonly at: Micros
  /** The event after which it was so; −1 if the run began with it. */
  readonly event: number
  readonly servers: readonly ServerId[]
} & Breach

export type Breach =
  /** Both led in `term`. */
  | { readonly kind: 'ElectionSafety'; readonly term: Term }
  /** While it led in `term`, its entry at `index` was removed or replaced. */
  | { readonly kind: 'LeaderAppendOnly'; readonly term: Term; readonly index: LogIndex }
  /** Both had an entry of `term` at `index`, but with different commands or after different entries. */
  | {
      readonly kind: 'LogMatching'
      readonly term: Term
      readonly index: LogIndex
      readonly differs: 'Command' | 'EntryBefore'
    }
  /** It led in `term`, and its log had at `index` an entry of term `found`, or none, not the committed one. */
  | {
      readonly kind: 'LeaderCompleteness'
      readonly term: Term
      readonly index: LogIndex
      readonly entryTerm: Term
      readonly committedIn: Term
      readonly found: Term | null
    }
  /** The two took different entries, of terms `mine` and `theirs`, for the settled one at `index`. */
  | {
      readonly kind: 'StateMachineSafety'
      readonly index: LogIndex
      readonly mine: Term
      readonly theirs: Term
    }
  | { readonly kind: 'TermsRise'; readonly was: Term; readonly term: Term }
  | {
      readonly kind: 'OneVote'
      readonly term: Term
      readonly was: ServerId
      readonly votedFor: ServerId | null
    }
  | { readonly kind: 'CommitRises'; readonly was: LogIndex; readonly index: LogIndex }
  | {
      readonly kind: 'IndexOrder'
      readonly lastApplied: LogIndex
      readonly commitIndex: LogIndex
      readonly lastLogIndex: LogIndex
    }
  /** The entry at `index` is of `term`, the one before it of `before`, and the server's term is `currentTerm`. */
  | {
      readonly kind: 'LogTermsRise'
      readonly index: LogIndex
      readonly term: Term
      readonly before: Term
      readonly currentTerm: Term
    }
  /**
   * After applying up to `index`, its store has `found` under `key`; `null` where it has too many keys or too few.
   * Looked at are the keys that newly applied entries name, and all where a snapshot was loaded.
   */
  | {
      readonly kind: 'StoreFollowsLog'
      readonly index: LogIndex
      readonly key: string | null
      readonly expected: string | null
      readonly found: string | null
    }
  /** Of `voters`, only `holders` have the committed entry on their disks. `outside` Raft's assumptions if a disk failed. */
  | {
      readonly kind: 'CommittedStays'
      readonly index: LogIndex
      readonly term: Term
      readonly voters: readonly ServerId[]
      readonly holders: readonly ServerId[]
      readonly outside: boolean
    }
  /**
   * The entry at `index` applies what the one at `first` has applied already. That is `promised` not to be only to a
   * command that has carried its client's session from its first sending on (D 6.3).
   */
  | {
      readonly kind: 'ExactlyOnce'
      readonly promised: boolean
      readonly client: ClientId
      readonly command: Command
      readonly first: LogIndex
      readonly index: LogIndex
    }
  /** The last answer that a client was given cannot be. */
  | { readonly kind: 'Linearizability'; readonly evidence: Evidence }

/** Takes what a judge has found, of the event that was last. */
export type Report = (servers: readonly ServerId[], breach: Breach) => void

/** Whether Raft, as it is set up, has promised what was broken: it has not without sessions (§8). */
export const isPromised = (breach: Breach): boolean => breach.kind !== 'ExactlyOnce' || breach.promised

/** From this event on nobody can tell of a key whether what clients see of it is linearizable. */
export interface Untold {
  readonly kind: 'Untold'
  readonly at: Micros
  readonly event: number
  readonly key: string
}

/** What a judge has to say of an event after which the run goes on. */
export type Note = Violation | Untold
