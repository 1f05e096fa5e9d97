import type { Micros } from '../base/ids.ts'
import { millis } from '../base/ids.ts'

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
}

export const defaultRaftSettings: RaftSettings = {
  electionTimeoutMin: millis(150),
  electionTimeoutMax: millis(300),
  heartbeatInterval: millis(50),
  rpcTimeout: millis(80),
  maxEntries: 10,
  backUp: 'term',
}
