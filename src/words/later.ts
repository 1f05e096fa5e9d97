import type { ReadFact } from '../raft/client-facts.ts'
import type { PreVoteFact, StandingFact } from '../raft/election-facts.ts'
import type { ImpossibleFact, RuleBrokenFact } from '../raft/facts.ts'
import type { MembershipFact, TransferFact } from '../raft/membership-facts.ts'
import type { PerformanceFact } from '../raft/replication-facts.ts'
import type { SnapshotFact } from '../raft/snapshot-facts.ts'
import type { ClientWorldFact, Fact, MessageFact, SettingsFact, WorldFact } from '../simulation/facts.ts'

/**
 * What goes beyond a cluster as §5 and §8 have it, left to itself: it takes other settings, or somebody's hand. The sentences
 * are a part of their own (tell-later.ts), which the page loads before it shows the first of them.
 */
export type LaterFact = Fact & { readonly kind: LaterKind }

/** What somebody did to the servers and the links. */
export type DeedFact = Exclude<WorldFact, MessageFact | ClientWorldFact | SettingsFact>

type LaterKind = (
  | PreVoteFact
  | StandingFact
  | SnapshotFact
  | MembershipFact
  | TransferFact
  | ReadFact
  | PerformanceFact
  | SettingsFact
  | ImpossibleFact
  | RuleBrokenFact
  | DeedFact
)['kind']

const KINDS: Readonly<Record<LaterKind, true>> = {
  PreVoteStarted: true,
  PreVoteGranted: true,
  PreVoteRefused: true,
  PreVoteCounted: true,
  PreVoteDenied: true,
  SteppedDown: true,
  NotStanding: true,
  SnapshotTaken: true,
  SnapshotSent: true,
  ChunkReceived: true,
  SnapshotRefused: true,
  SnapshotIgnored: true,
  SnapshotInstalled: true,
  SnapshotAcknowledged: true,
  SnapshotReplyIgnored: true,
  ConfigurationAppended: true,
  ConfigurationAdopted: true,
  ConfigurationRolledBack: true,
  ChangeHeld: true,
  ChangeRefused: true,
  ChangeNeedless: true,
  CatchUpStarted: true,
  CatchUpRoundDone: true,
  CatchUpGivenUp: true,
  TransferStarted: true,
  TransferRefused: true,
  TimeoutNowSent: true,
  TimeoutNowTaken: true,
  TimeoutNowIgnored: true,
  TransferAbandoned: true,
  ReadStarted: true,
  ReadHeld: true,
  LeaseOver: true,
  ReadAnswered: true,
  ReadsDropped: true,
  BatchStarted: true,
  BatchSent: true,
  PipelineFull: true,
  ModeChanged: true,
  WriteDone: true,
  StorageLost: true,
  ServerAdded: true,
  DiskChanged: true,
  ClockChanged: true,
  SettingsChanged: true,
  LinkChanged: true,
  Impossible: true,
  RuleBroken: true,
  ServerCrashed: true,
  ServerRestarted: true,
  ServerPaused: true,
  ServerResumed: true,
  Partitioned: true,
  Isolated: true,
  LinkCut: true,
  LinkMended: true,
  Healed: true,
  NothingToDo: true,
  TooManyMessages: true,
}

export const isLater = (fact: Fact): fact is LaterFact => fact.kind in KINDS
