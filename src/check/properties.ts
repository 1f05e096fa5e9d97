import type { ClientId, LogIndex, Micros, ServerId, Term } from '../base/ids.ts'
import type { Command } from '../raft/commands.ts'
import type { Rule } from '../raft/facts.ts'
import type { Evidence } from './evidence.ts'

/**
 * A promise that Raft makes. The first five are the paper's; then comes what their proofs lean on, and at the end what
 * clients are promised, and what is asked of those who keep it for them.
 */
export interface Property {
  readonly id: PropertyId
  readonly name: string
  readonly statement: string
  readonly section: Rule
}

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
  /** After applying up to `index`, its store has `found` under `key`; `null` where it has too many keys or too few. */
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

export const PROPERTIES: readonly Property[] = [
  {
    id: 'ElectionSafety',
    name: 'Election Safety',
    statement: 'No term ever has two leaders.',
    section: 'Fig. 3',
  },
  {
    id: 'LeaderAppendOnly',
    name: 'Leader Append-Only',
    statement: 'While a server leads, its log only grows at the end; nothing in it is replaced or removed.',
    section: 'Fig. 3',
  },
  {
    id: 'LogMatching',
    name: 'Log Matching',
    statement: 'Where two logs have an entry of the same term at the same index, they agree on all up to it.',
    section: 'Fig. 3',
  },
  {
    id: 'LeaderCompleteness',
    name: 'Leader Completeness',
    statement: 'What was committed in one term is in the log of every leader of a later term.',
    section: 'Fig. 3',
  },
  {
    id: 'StateMachineSafety',
    name: 'State Machine Safety',
    statement: 'Once a server has applied an entry at an index, no server applies another one there.',
    section: 'Fig. 3',
  },
  {
    id: 'TermsRise',
    name: 'Terms rise',
    statement: 'The term a server is in never goes back, not even over a crash.',
    section: '§5.1',
  },
  {
    id: 'OneVote',
    name: 'One vote',
    statement:
      'A server that has voted in a term neither changes nor forgets that vote while the term lasts.',
    section: '§5.2',
  },
  {
    id: 'CommitRises',
    name: 'Commit index rises',
    statement: 'A running server never takes back that an entry is committed or applied.',
    section: 'Fig. 2',
  },
  {
    id: 'IndexOrder',
    name: 'Indexes in order',
    statement: 'A server applies only what is committed, and commits only what is in its log.',
    section: 'Fig. 2',
  },
  {
    id: 'LogTermsRise',
    name: 'Terms in a log rise',
    statement: 'Along a log the terms never fall, and none is later than the term its server is in.',
    section: '§5.3',
  },
  {
    id: 'StoreFollowsLog',
    name: 'Store follows log',
    statement: 'The contents of a store are what the applied commands make of an empty one.',
    section: '§5.3',
  },
  {
    id: 'CommittedStays',
    name: 'Committed on a majority',
    statement:
      'What is committed is on the disks of a majority of the members that counted it, and of those that follow them.',
    section: '§5.3',
  },
  {
    id: 'ExactlyOnce',
    name: 'Exactly once',
    statement: 'A client’s command that changes the store is applied once at most, however often it is sent.',
    section: '§8',
  },
  {
    id: 'Linearizability',
    name: 'Linearizability',
    statement:
      'To clients, each command seems to take effect at one moment between its first sending and its answer.',
    section: '§8',
  },
]
