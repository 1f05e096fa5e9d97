import { millis } from '../base/ids.ts'
import type { Settings } from '../simulation/settings.ts'
import type { FoundKind } from './finding.ts'
import type { MoveKind } from './moves.ts'

/** What is worth trying to get at one part of the protocol. */
export interface Guidance {
  /** How often each move is made, in proportion. Every run leaves some of them out. */
  readonly moves: Readonly<Partial<Record<MoveKind, number>>>
  /** Moves that no run leaves out. */
  readonly always: readonly MoveKind[]
  readonly servers: readonly number[]
  /** Settings that may help, and that a correct cluster bears as well. Each run draws which of them it takes. */
  readonly liberties: readonly Partial<Settings>[]
  /** The most events that a run has. */
  readonly events: number
}

export type Aim = 'votes' | 'commitment' | 'replication' | 'members' | 'reads' | 'retries' | 'snapshots'

const NOISE: readonly Partial<Settings>[] = [
  { duplicate: 300_000 },
  { reorder: 300_000 },
  { loss: 150_000 },
  { latencyMin: millis(1), latencyMax: millis(60) },
]

/** Clients that soon try elsewhere. */
const HASTY: Partial<Settings> = { clientTimeout: millis(40), clientBackoff: millis(10) }

/** A network beside which timers are slow. */
export const SWIFT: Partial<Settings> = { latencyMin: millis(1), latencyMax: millis(5) }

export const GUIDANCE: Readonly<Record<Aim, Guidance>> = {
  votes: {
    moves: {
      TimeOut: 10,
      Bounce: 5,
      Crash: 2,
      Restart: 4,
      Command: 3,
      Partition: 4,
      Isolate: 2,
      Cut: 2,
      Heal: 5,
      Delay: 3,
      Drop: 2,
      Duplicate: 2,
    },
    always: ['TimeOut'],
    servers: [3, 3, 3, 5],
    liberties: [...NOISE, { noOp: false }],
    events: 110,
  },
  commitment: {
    moves: {
      TimeOut: 10,
      Command: 9,
      Crash: 4,
      Restart: 6,
      Isolate: 7,
      Partition: 4,
      Heal: 8,
      Drop: 1,
      Delay: 1,
      Cut: 1,
    },
    always: ['TimeOut', 'Command'],
    servers: [3, 3, 3, 5],
    liberties: [{ noOp: false }, { maxEntries: 1 }, { latencyMin: millis(1), latencyMax: millis(60) }],
    // Figure 8 takes three leaders, one after the other: a long run finds it much sooner than many short ones.
    events: 220,
  },
  replication: {
    moves: {
      Command: 10,
      TimeOut: 4,
      Duplicate: 6,
      Delay: 6,
      Drop: 3,
      Deliver: 2,
      Isolate: 2,
      Heal: 3,
      Bounce: 2,
      Cut: 1,
    },
    always: ['TimeOut', 'Command'],
    servers: [3, 3, 3, 5],
    liberties: [...NOISE, { noOp: false }, { maxEntries: 1 }, { pipeline: 4 }, { backUp: 'one' }],
    events: 100,
  },
  members: {
    moves: {
      ChangeMembers: 9,
      TimeOut: 10,
      Command: 2,
      Partition: 8,
      Isolate: 3,
      Heal: 3,
      Crash: 3,
      Restart: 5,
      ClientTimeOut: 5,
      Transfer: 1,
    },
    always: ['TimeOut', 'ChangeMembers'],
    servers: [3, 4, 4, 4, 4, 4],
    liberties: [{ noOp: false }, { catchUp: false }],
    events: 200,
  },
  reads: {
    moves: {
      Command: 7,
      Get: 7,
      TimeOut: 5,
      Isolate: 6,
      Partition: 4,
      Wait: 5,
      Heal: 2,
      Cut: 4,
      Crash: 1,
      Restart: 2,
      Pause: 2,
      Resume: 3,
      Delay: 2,
    },
    always: ['TimeOut', 'Command', 'Get'],
    servers: [3, 3, 3, 5],
    liberties: [{ reorder: 200_000 }, HASTY, SWIFT],
    events: 150,
  },
  retries: {
    moves: {
      Command: 10,
      Get: 6,
      ClientTimeOut: 6,
      Duplicate: 7,
      Delay: 5,
      TimeOut: 1,
      Isolate: 1,
      Heal: 2,
      Drop: 1,
    },
    always: ['TimeOut', 'Command', 'Get', 'Duplicate'],
    servers: [3],
    liberties: [{ duplicate: 300_000 }, { reorder: 500_000 }, HASTY],
    events: 100,
  },
  snapshots: {
    moves: {
      Command: 10,
      TimeOut: 5,
      Isolate: 5,
      Partition: 3,
      Crash: 3,
      Restart: 4,
      Heal: 7,
      Bounce: 2,
      Duplicate: 4,
      Delay: 5,
      Drop: 2,
    },
    always: ['TimeOut', 'Command'],
    servers: [3, 3, 3, 5],
    liberties: [
      { snapshotAt: 1 },
      { snapshotAt: 2 },
      { snapshotChunk: 20 },
      { duplicate: 300_000 },
      { reorder: 300_000 },
    ],
    events: 140,
  },
}

/** Where each thing that can go wrong is looked for in a cluster whose rules are all kept; elsewhere, everywhere. */
export const AIMS_OF: Readonly<Partial<Record<FoundKind, readonly Aim[]>>> = {
  ElectionSafety: ['votes', 'members'],
  TwoLeaders: ['votes', 'members'],
  OneVote: ['votes'],
  TermsRise: ['votes'],
  LeaderAppendOnly: ['replication', 'commitment'],
  LeaderCompleteness: ['commitment', 'members', 'snapshots'],
  LogMatching: ['replication', 'snapshots'],
  LogTermsRise: ['replication', 'snapshots'],
  StoreFollowsLog: ['snapshots', 'retries'],
  Linearizability: ['reads', 'retries'],
}

export const ALL_AIMS = Object.keys(GUIDANCE) as Aim[]
