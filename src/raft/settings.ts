import type { Micros } from '../base/ids.ts'
import { micros, millis } from '../base/ids.ts'

/**
 * Rules that can be broken, to see what they are for: each is the paper's while it is false. Where a rule stands in the
 * code, its name stands with it.
 */
export interface BreakableRules {
  /** A vote is granted without comparing logs (against §5.4.1). */
  readonly voteWithoutComparing: boolean
  /** A server votes for whoever asks, as often as it is asked in a term (against §5.2). */
  readonly voteTwice: boolean
  /** A server that starts again has forgotten for whom it voted (against Figure 2). */
  readonly forgetVote: boolean
  /** A server that starts again begins with term 0, as if for the first time (against §5.1). */
  readonly forgetTerm: boolean
  /** A leader commits entries of earlier terms by counting where they are stored (against §5.4.2; Figure 8). */
  readonly commitOldTerms: boolean
  /** A follower's log ends where what an AppendEntries carries ends, whatever came after (against §5.3). */
  readonly truncateAlways: boolean
  /** A follower appends after an entry of another term than the leader's, if not after none (against §5.3). */
  readonly skipConsistencyCheck: boolean
  /** One server less than a majority decides, in elections, commitment and reads (against §5.2). */
  readonly countMinority: boolean
  /** Servers apply, and answer, as soon as they store (against §5.3). */
  readonly applyUncommitted: boolean
  /** Reads by ReadIndex or lease do not wait for an entry of the leader's own term (against D 6.4). */
  readonly readBeforeOwnEntry: boolean
  /**
   * The entry that a snapshot ends with is compared neither in votes, where it is the last of the log, nor by the
   * consistency check, nor with the log that it replaces (against §7).
   */
  readonly ignoreSnapshotBoundary: boolean
  /** A follower installs any snapshot that comes, however old (against §7). */
  readonly acceptStaleSnapshot: boolean
  /**
   * A candidate that stands again, at once or after asking (D 9.6), counts the votes of its last election, too
   * (against §5.2).
   */
  readonly keepOldVotes: boolean
  /**
   * A higher term in a reply is not adopted (against §5.1). That somebody replied still counts: for reads, for the
   * lease and for CheckQuorum.
   */
  readonly ignoreTermsInReplies: boolean
}
export type BreakableRule = keyof BreakableRules

export const ALL_RULES_KEPT: BreakableRules = {
  voteWithoutComparing: false,
  voteTwice: false,
  forgetVote: false,
  forgetTerm: false,
  commitOldTerms: false,
  truncateAlways: false,
  skipConsistencyCheck: false,
  countMinority: false,
  applyUncommitted: false,
  readBeforeOwnEntry: false,
  ignoreSnapshotBoundary: false,
  acceptStaleSnapshot: false,
  keepOldVotes: false,
  ignoreTermsInReplies: false,
}
export const BREAKABLE_RULES = Object.keys(ALL_RULES_KEPT) as readonly BreakableRule[]

/** What a lecturer may turn about the protocol. Times are of the server's own clock. */
export interface RaftSettings extends BreakableRules {
  /** The election timeout is drawn anew from this range each time the timer is set (§5.2). */
  readonly electionTimeoutMin: Micros
  readonly electionTimeoutMax: Micros
  /** A leader sends each follower something at least this often (§5.2). */
  readonly heartbeatInterval: Micros
  /** How long an RPC may go unanswered before it is sent again (§5.1). */
  readonly rpcTimeout: Micros
  /** The most entries one AppendEntries carries. */
  readonly maxEntries: number
  /** How nextIndex backs up after a refusal (§5.3): a whole term at a time, or one entry. */
  readonly backUp: 'term' | 'one'
  /** A leader begins its term with an entry of its own (§8). */
  readonly noOp: boolean
  /** Before it raises its term, a server asks whether it could win (D 9.6). */
  readonly preVote: boolean
  /** A leader that hears from no majority steps down (D 6.2), and who hears a leader grants no votes (D 4.2.3). */
  readonly checkQuorum: boolean
  /** A server takes a snapshot when its log has so many applied entries (§7); 0 for never. */
  readonly snapshotAt: number
  /** The most bytes of a snapshot that one InstallSnapshot carries (§7); 0 for all of them. */
  readonly snapshotChunk: number
  /** How the members change: one server at a time (D 4.1), by joint consensus (§6), or by a jump, which is unsafe. */
  readonly membership: 'single' | 'joint' | 'jump'
  /** A leader changes members only after it has committed an entry of its own term. */
  readonly changeAfterOwnEntry: boolean
  /** New servers receive the log before they get a vote (D 4.2.1). */
  readonly catchUp: boolean
  /** Commands carry a session and are applied once (§8, D 6.3). */
  readonly sessions: boolean
  /** How many sessions there may be at once; of more, the longest unused ends (D 6.3). */
  readonly mostSessions: number
  /** How a leader answers a get: through the log, by ReadIndex, by its lease (D 6.4), or from what it has at hand, which is unsafe. */
  readonly reads: 'log' | 'readIndex' | 'lease' | 'local'
  /** How long a leader collects commands before it sends them out together; 0 for not at all (D 10.2.2). */
  readonly batchDelay: Micros
  /** The most AppendEntries with entries on their way to one follower (D 10.2.2); 0 sends without this bookkeeping. */
  readonly pipeline: number
  /** A leader sends entries out while it still writes them to its own disk (D 10.2.1). */
  readonly parallelWrite: boolean
}

/** §5 alone, as the paper's figures have it: everything beyond it is off. */
export const section5Settings: RaftSettings = {
  electionTimeoutMin: millis(150),
  electionTimeoutMax: millis(300),
  heartbeatInterval: millis(50),
  rpcTimeout: millis(80),
  maxEntries: 10,
  backUp: 'term',
  noOp: false,
  preVote: false,
  checkQuorum: false,
  snapshotAt: 0,
  snapshotChunk: 0,
  membership: 'single',
  changeAfterOwnEntry: true,
  catchUp: true,
  sessions: false,
  mostSessions: 8,
  reads: 'log',
  batchDelay: micros(0),
  pipeline: 0,
  parallelWrite: false,
  ...ALL_RULES_KEPT,
}
