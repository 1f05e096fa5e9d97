import { type Micros, micros, millis } from '../base/ids.ts'
import { BREAKABLE_RULES, type RaftSettings, section5Settings } from '../raft/settings.ts'

/** How one direction of one link treats messages. Chances are in parts per million. */
export interface LinkSettings {
  readonly latencyMin: Micros
  readonly latencyMax: Micros
  readonly loss: number
  readonly duplicate: number
  /** The chance that a message is held up so that later ones overtake it. At 0 messages keep their order; a doubled one's copy takes its own time. */
  readonly reorder: number
}

export interface ClientSettings {
  /** Commands per second of the steady client; 0 stops it. */
  readonly clientRate: number
  /** How long a client waits for an answer before it tries another server. */
  readonly clientTimeout: Micros
  /** How long it waits after "no leader known". */
  readonly clientBackoff: Micros
  /** After this long without an answer it gives a command up. */
  readonly clientPatience: Micros
}

export interface DiskSettings {
  /** How long a write takes until a crash cannot undo it; 0 for no time. A single server's disk can differ. */
  readonly diskLatency: Micros
}

/** Everything adjustable about a cluster, in one flat record; any of it can change while the cluster runs. */
export interface Settings extends RaftSettings, LinkSettings, ClientSettings, DiskSettings {}

/** §5 alone. What a link or a file leaves out means this, for ever. */
export const section5Defaults: Settings = {
  ...section5Settings,
  latencyMin: millis(10),
  latencyMax: millis(20),
  loss: 0,
  duplicate: 0,
  reorder: 0,
  clientRate: 0,
  clientTimeout: millis(250),
  clientBackoff: millis(60),
  clientPatience: millis(10_000),
  diskLatency: micros(0),
}

/** What a new cluster begins with: a leader's own entry (§8). Sessions would put another before a first command. */
export const defaultSettings: Settings = { ...section5Defaults, noOp: true }

/** The settings beyond §5, and its rules that can be broken. */
export const LATER_SETTINGS: readonly (keyof Settings)[] = [
  'noOp',
  'preVote',
  'checkQuorum',
  'snapshotAt',
  'snapshotChunk',
  'membership',
  'changeAfterOwnEntry',
  'catchUp',
  'sessions',
  'mostSessions',
  'reads',
  'batchDelay',
  'pipeline',
  'parallelWrite',
  'diskLatency',
  ...BREAKABLE_RULES,
]
