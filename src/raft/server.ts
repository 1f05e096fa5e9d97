import { type LogIndex, logIndex, type Micros, NEVER, type ServerId, type Term, term } from '../base/ids.ts'
import type { KeyValues } from './key-value.ts'
import { emptyLog, type Log, lastIndex, sliceOf } from './log.ts'

export type Role = 'follower' | 'candidate' | 'leader'

/** Figure 2, "Persistent state on all servers": what survives a crash. */
export interface Persistent {
  currentTerm: Term
  votedFor: ServerId | null
  log: Log
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
  /** The others, in the order of their ids. */
  peers: Peer[]
  /** Followers and candidates; NEVER for a leader. */
  electionDue: Micros
  /** When the election timer was last set: with electionDue, what the timer ring shows. */
  electionSetAt: Micros
  /** The rpcId of the last AppendEntries sent as leader of this term. */
  lastRpcId: number
}

/** A server with nothing on its disk. */
export const emptyPersistent = (): Persistent => ({ currentTerm: term(0), votedFor: null, log: emptyLog() })

/** A server as it starts, or starts again: a follower that knows what its disk knows, and nothing else (§5.1). */
export function startServer(id: ServerId, others: readonly ServerId[], disk: Persistent): Server {
  return {
    id,
    currentTerm: disk.currentTerm,
    votedFor: disk.votedFor,
    log: sliceOf(disk.log),
    role: 'follower',
    leaderId: null,
    commitIndex: logIndex(0),
    lastApplied: logIndex(0),
    store: new Map(),
    peers: others.map((other) => freshPeer(other, lastIndex(disk.log))),
    electionDue: NEVER,
    electionSetAt: 0 as Micros,
    lastRpcId: 0,
  }
}

/** What is known of another server before anything was heard: nextIndex is the last log index + 1 (Figure 2). */
export function freshPeer(id: ServerId, last: LogIndex): Peer {
  return {
    id,
    nextIndex: logIndex(last + 1),
    matchIndex: logIndex(0),
    vote: 'awaited',
    unanswered: 0,
    heartbeatDue: NEVER,
    retryDue: NEVER,
  }
}

export function peerOf(server: Server, id: ServerId): Peer | undefined {
  for (const peer of server.peers) if (peer.id === id) return peer
  return undefined
}

/** How many servers make a majority of the cluster. */
export const majority = (server: Server): number => Math.floor((server.peers.length + 1) / 2) + 1

/** The earliest moment, by the server's own clock, at which it has something to do by itself. */
export function nextDue(server: Server): Micros {
  let due = server.electionDue
  if (server.role === 'follower') return due
  for (const peer of server.peers) {
    if (peer.heartbeatDue < due) due = peer.heartbeatDue
    if (peer.retryDue < due) due = peer.retryDue
  }
  return due
}

/** A deep copy, except for log entries and stored strings, which never change. */
export function copyServer(server: Server): Server {
  return {
    ...server,
    log: sliceOf(server.log),
    store: new Map(server.store),
    peers: server.peers.map((peer) => ({ ...peer })),
  }
}
