import { type LogIndex, logIndex, type Micros, NEVER, type ServerId, type Term, term } from '../base/ids.ts'
import {
  type Configuration,
  type ConfigurationAt,
  configurationOf,
  isVoter,
  votersOf,
} from './configuration.ts'
import type { KeyValues } from './key-value.ts'
import { emptyLog, type Log, lastIndex, sliceOf } from './log.ts'
import type { PendingChange } from './membership.ts'
import type { PendingRead } from './reads.ts'
import type { Sessions } from './sessions.ts'
import { configurationsOn, loadSnapshot, type Snapshot } from './snapshot.ts'

/** `pre-candidate`: it asks whether it could win before it raises its term (D 9.6). */
export type Role = 'follower' | 'pre-candidate' | 'candidate' | 'leader'

/** Figure 2, "Persistent state on all servers": what survives a crash; and the snapshot that the log stands on (§7). */
export interface Persistent {
  currentTerm: Term
  votedFor: ServerId | null
  log: Log
  snapshot: Snapshot | null
}

/** An AppendEntries that is on its way to a follower, as far as its leader knows. */
export interface InFlight {
  readonly rpcId: number
  /** By the leader's clock. */
  readonly sentAt: Micros
  /** The last entry that it carries; 0 for a heartbeat. */
  readonly last: LogIndex
}

/** What a leader, or a candidate, keeps about one other server. */
export interface Peer {
  readonly id: ServerId
  /** Index of the next log entry to send to it (leaders). */
  nextIndex: LogIndex
  /** Highest entry known to be replicated on it (leaders). */
  matchIndex: LogIndex
  /** How it answered this election (candidates). */
  vote: 'awaited' | 'granted' | 'refused'
  /** The rpcId of the newest AppendEntries with entries that it has not answered; 0 if none. */
  unanswered: number
  /** When to send it something in any case (leaders). */
  heartbeatDue: Micros
  /** When to send the unanswered RPC again. */
  retryDue: Micros
  /** Leaders: whether its place in the log is still sought, known, or too far back for entries (D 10.2.2, §7). */
  mode: 'probe' | 'replicate' | 'snapshot'
  /** Unanswered AppendEntries, oldest first, where the settings need them told apart. Replaced, never changed. */
  inFlight: readonly InFlight[]
  /** When a leader last heard from it in this term. */
  heardAt: Micros
  /** The newest RPC of this term that it has answered, and when that was sent. */
  ackedRpc: number
  ackedSentAt: Micros
  /** The snapshot that is on its way to it, and how many bytes it has. */
  sending: { readonly snapshot: Snapshot; readonly offset: number } | null
}

/** One server, as in Figure 2. Plain data; times are of its own clock. */
export interface Server extends Persistent {
  readonly id: ServerId
  role: Role
  /** The leader of currentTerm as far as it knows. */
  leaderId: ServerId | null
  commitIndex: LogIndex
  lastApplied: LogIndex
  store: KeyValues
  sessions: Sessions
  /** The cluster as it knows it: the last one counts, committed or not (§6). Replaced, never changed. */
  configurations: readonly ConfigurationAt[]
  /** The other members, and those that are being brought up to date, in the order of their ids. */
  peers: Peer[]
  /** Followers and candidates; NEVER for a leader. */
  electionDue: Micros
  /** When the election timer was last set: with electionDue, what the timer ring shows. */
  electionSetAt: Micros
  /** The rpcId of the last RPC sent as leader of this term. */
  lastRpcId: number
  /** The last entry that is on its own disk: for a leader, entries count for itself only then (D 10.2.1). */
  durableIndex: LogIndex
  /** The term that is on its own disk, with its vote in it: a candidate's vote counts for itself only then. */
  durableTerm: Term
  /** Rises when entries are erased, so that a write of what was there before vouches for nothing. */
  logVersion: number
  /** When it last heard from leaderId. */
  heardAt: Micros
  /** A TimeoutNow may be on its way: this leader's lease protects nothing any more (D 6.4.1). */
  leaseOver: boolean
  /** It stands for election because the leader asked it to (D 3.10). */
  byTransfer: boolean
  /**
   * Who voted for it when it last stood, while it asks about standing again (D 9.6); nobody, unless old votes are
   * kept, against §5.2. Replaced, never changed.
   */
  oldVotes: readonly ServerId[]
  /** When a leader next looks whether it still hears a majority (D 6.2). */
  quorumDue: Micros
  /** When a leader sends out the commands that it has collected, and the first of those. */
  batchDue: Micros
  batchFrom: LogIndex
  /** Leadership is being handed over (D 3.10). */
  transfer: { readonly to: ServerId; readonly due: Micros; readonly told: boolean } | null
  /** New members are being brought up to date (D 4.2.1). */
  change: PendingChange | null
  /** Reads that wait to be answered, oldest first (D 6.4). Replaced, never changed. */
  reads: readonly PendingRead[]
  /** When it takes a snapshot because its log has grown long (§7): in an event of its own. */
  compactDue: Micros
  /** A snapshot that is being received from a leader. */
  incoming: { readonly leader: ServerId; readonly snapshot: Snapshot; readonly received: number } | null
}

/** A server with nothing on its disk. */
export const emptyPersistent = (): Persistent => ({
  currentTerm: term(0),
  votedFor: null,
  log: emptyLog(),
  snapshot: null,
})

/** The configuration that a cluster is set up with. */
export const firstConfiguration = (voters: readonly ServerId[]): ConfigurationAt => ({
  index: logIndex(0),
  configuration: configurationOf(voters),
})

/** A server as it starts, or starts again: a follower that knows what its disk knows, and nothing else (§5.1). */
export function startServer(id: ServerId, first: ConfigurationAt, disk: Persistent): Server {
  const { currentTerm, votedFor, snapshot } = disk
  const log = sliceOf(disk.log)
  const server: Server = {
    id,
    currentTerm,
    votedFor,
    log,
    snapshot,
    role: 'follower',
    leaderId: null,
    commitIndex: logIndex(0),
    lastApplied: logIndex(0),
    store: new Map(),
    sessions: new Map(),
    configurations: configurationsOn(first, disk),
    peers: [],
    electionDue: NEVER,
    electionSetAt: 0 as Micros,
    lastRpcId: 0,
    durableIndex: lastIndex(log),
    durableTerm: currentTerm,
    logVersion: 0,
    heardAt: LONG_AGO,
    leaseOver: false,
    byTransfer: false,
    oldVotes: NO_VOTES,
    quorumDue: NEVER,
    batchDue: NEVER,
    batchFrom: logIndex(0),
    transfer: null,
    change: null,
    reads: NO_READS,
    compactDue: NEVER,
    incoming: null,
  }
  if (snapshot !== null) loadSnapshot(server, snapshot)
  renewPeers(server)
  return server
}

/** Before anything that matters to a timer. */
const LONG_AGO = -1e12 as Micros
const NO_READS: readonly PendingRead[] = []
export const NO_VOTES: readonly ServerId[] = []

/** What is known of another server before anything was heard: nextIndex is the last log index + 1 (Figure 2). */
export function freshPeer(id: ServerId, last: LogIndex, heardAt = 0 as Micros): Peer {
  return {
    id,
    nextIndex: logIndex(last + 1),
    matchIndex: logIndex(0),
    vote: 'awaited',
    unanswered: 0,
    heartbeatDue: NEVER,
    retryDue: NEVER,
    mode: 'probe',
    inFlight: NONE_IN_FLIGHT,
    heardAt,
    ackedRpc: 0,
    ackedSentAt: -1 as Micros,
    sending: null,
  }
}

export const NONE_IN_FLIGHT: readonly InFlight[] = []

export function peerOf(server: Server, id: ServerId): Peer | undefined {
  for (const peer of server.peers) if (peer.id === id) return peer
  return undefined
}

/** §6: a server uses the latest configuration in its log, whether or not it is committed. */
export function configuration(server: Server): Configuration {
  return (server.configurations[server.configurations.length - 1] as ConfigurationAt).configuration
}

/** Whether this server has a vote. */
export const isMember = (server: Server): boolean => isVoter(configuration(server), server.id)

/** Starts anew with what is known about the others. */
export function renewPeers(server: Server): void {
  const last = lastIndex(server.log)
  server.peers = []
  for (const id of votersOf(configuration(server)))
    if (id !== server.id) server.peers.push(freshPeer(id, last))
}

/**
 * Makes the peers those of the present configuration; what is known about those that stay is kept. Those that are new
 * get what follows `last`, and their silence begins `now`.
 */
export function matchPeers(server: Server, now = 0 as Micros, last = lastIndex(server.log)): void {
  const ids = new Set([...votersOf(configuration(server)), ...(server.change?.learners ?? [])])
  ids.delete(server.id)
  server.peers = [...ids].sort((a, b) => a - b).map((id) => peerOf(server, id) ?? freshPeer(id, last, now))
}

/** The earliest moment, by the server's own clock, at which it has something to do by itself. */
export function nextDue(server: Server): Micros {
  let due = server.electionDue < server.compactDue ? server.electionDue : server.compactDue
  if (server.role === 'follower') return due
  for (const peer of server.peers) {
    if (peer.heartbeatDue < due) due = peer.heartbeatDue
    if (peer.retryDue < due) due = peer.retryDue
  }
  if (server.role !== 'leader') return due
  if (server.quorumDue < due) due = server.quorumDue
  if (server.batchDue < due) due = server.batchDue
  if (server.transfer !== null && server.transfer.due < due) due = server.transfer.due
  if (server.change !== null && server.change.due < due) due = server.change.due
  return due
}

/** A deep copy, except for what never changes: entries, snapshots, configurations, stored strings. */
export function copyServer(server: Server): Server {
  return {
    ...server,
    log: sliceOf(server.log),
    store: new Map(server.store),
    sessions: new Map(server.sessions),
    peers: server.peers.map((peer) => ({ ...peer })),
  }
}
