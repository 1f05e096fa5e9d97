import type { Micros } from '../base/ids.ts'
import { micros, millis } from '../base/ids.ts'

/** What a lecturer may turn about the protocol. Times are of the server's own clock. */
export interface RaftSettings {
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
}
