import { type LogIndex, logIndex, type Micros, NEVER, type Term } from '../base/ids.ts'
import { type ConfigurationAt, votersOf } from '../raft/configuration.ts'
import { entriesBetween, type Log, lastIndex, lastTerm, termAt } from '../raft/log.ts'
import type { PendingChange } from '../raft/membership.ts'
import { leaseEnd } from '../raft/reads.ts'
import type { Server } from '../raft/server.ts'
import type { Session } from '../raft/sessions.ts'
import type { Snapshot } from '../raft/snapshot.ts'
import { type Clock, toGlobal, toLocal } from '../simulation/clock.ts'
import type { Flight } from '../simulation/flight.ts'
import type { Host } from '../simulation/host.ts'
import type { Settings } from '../simulation/settings.ts'
import type { World } from '../simulation/world.ts'
import type {
  MembersFrame,
  OfficeFrame,
  PeerFrame,
  ServerFrame,
  SessionFrame,
  SnapshotFrame,
  WritingFrame,
} from './protocol.ts'

/** How many entries the small log under a server shows. */
const TAIL = 12

/** How many of the messages that wait at a server are told one by one. */
const MOST_WAITING = 60

const NONE: readonly never[] = []

/** One server, with the entries of its log from `first` on. */
export function serverFrame(
  host: Host,
  { settings, now }: World,
  flights: readonly Flight[],
  { first, columns }: { readonly first: LogIndex; readonly columns: number },
): ServerFrame {
  const { server, clock, up, paused } = host
  const { log } = server
  return {
    id: server.id,
    state: up ? (paused ? 'paused' : 'up') : 'down',
    role: server.role,
    currentTerm: server.currentTerm,
    votedFor: server.votedFor,
    leaderId: server.leaderId,
    commitIndex: server.commitIndex,
    lastApplied: server.lastApplied,
    lastIndex: lastIndex(log),
    lastTerm: lastTerm(log),
    electionDue: up ? toGlobal(clock, server.electionDue) : NEVER,
    electionSetAt: toGlobal(clock, server.electionSetAt),
    clockRate: clock.rate,
    peers: server.role === 'follower' ? NONE : server.peers.map((peer) => peerFrame(host, peer)),
    store: [...server.store],
    entries: entriesBetween(log, first, logIndex(first + columns - 1)),
    tail: tailOf(log),
    doomedFrom: up ? doomedFrom(server, flights) : null,
    waiting: host.inbox.slice(0, MOST_WAITING),
    waitingCount: host.inbox.length,
    snapshot: snapshotFrame(server.snapshot),
    incoming: incomingFrame(server),
    members: membersFrame(server),
    sessions: server.sessions.size === 0 ? NONE : [...server.sessions].map(sessionFrame),
    heardAt: toGlobal(clock, server.heardAt),
    diskLatency: host.writing.latency,
    writing: writingFrame(host),
    office: server.role === 'leader' ? officeFrame(host, settings, now) : null,
  }
}

function peerFrame({ clock }: Host, peer: Server['peers'][number]): PeerFrame {
  const { id, nextIndex, matchIndex, vote, mode, heardAt, sending } = peer
  return {
    id,
    nextIndex,
    matchIndex,
    vote,
    heartbeatDue: toGlobal(clock, peer.heartbeatDue),
    retryDue: toGlobal(clock, peer.retryDue),
    mode,
    inFlight: peer.inFlight.length,
    heardAt: toGlobal(clock, heardAt),
    sending: sending === null ? null : { offset: sending.offset, bytes: sending.snapshot.bytes },
  }
}

function snapshotFrame(snapshot: Snapshot | null): SnapshotFrame | null {
  if (snapshot === null) return null
  const { lastIncludedIndex, lastIncludedTerm, bytes, store, sessions, configuration } = snapshot
  return {
    lastIncludedIndex,
    lastIncludedTerm,
    bytes,
    store: [...store],
    sessions: sessions.size,
    voters: votersOf(configuration.configuration),
  }
}

function incomingFrame({ incoming }: Server): ServerFrame['incoming'] {
  if (incoming === null) return null
  const { snapshot, received } = incoming
  return { lastIncludedIndex: snapshot.lastIncludedIndex, received, bytes: snapshot.bytes }
}

function membersFrame({ configurations, commitIndex }: Server): MembersFrame {
  const { index, configuration } = configurations[configurations.length - 1] as ConfigurationAt
  return { index, ...configuration, committed: index <= commitIndex }
}

const sessionFrame = ([session, { client, usedAt, answers }]: readonly [
  LogIndex,
  Session,
]): SessionFrame => ({ session, client, usedAt, answers: [...answers.keys()] })

function writingFrame({ writing, server, up, paused }: Host): WritingFrame | null {
  if (writing.content === null) return null
  const { durableIndex, durableTerm } = server
  const until = up && !paused ? writing.doneAt : NEVER
  return { until, durableIndex, durableTerm, held: writing.held.length }
}

function officeFrame({ server, clock }: Host, settings: Settings, now: Micros): OfficeFrame {
  const { transfer, change, reads, quorumDue, batchDue, batchFrom } = server
  const leaseUntil = () => toGlobal(clock, leaseEnd(server, settings, toLocal(clock, now)))
  return {
    transfer: transfer === null ? null : { ...transfer, due: toGlobal(clock, transfer.due) },
    change: change === null ? null : changeFrame(change, clock),
    reads: reads.map(({ client, serial, key, index }) => ({ client, serial, key, index })),
    leaseUntil: settings.reads === 'lease' ? leaseUntil() : null,
    quorumDue: toGlobal(clock, quorumDue),
    batchDue: toGlobal(clock, batchDue),
    batchFrom,
  }
}

function changeFrame({ target, learners, round, upTo, due }: PendingChange, clock: Clock) {
  return { target, learners, round, upTo, due: toGlobal(clock, due) }
}

function tailOf(log: Log): Term[] {
  const tail: Term[] = []
  for (let i = Math.max(log.base, log.length - TAIL) + 1; i <= log.length; i++)
    tail.push(termAt(log, logIndex(i)))
  return tail
}

/** §5.3: where an AppendEntries that is on its way, and not out of date, conflicts with this log. */
function doomedFrom(server: Server, flights: readonly Flight[]): LogIndex | null {
  const { log } = server
  for (const { message, lost } of flights) {
    if (message.to !== server.id || message.kind !== 'AppendEntries' || lost !== null) continue
    if (message.term < server.currentTerm || message.prevLogIndex > log.length) continue
    const { prevLogIndex, prevLogTerm } = message
    if (prevLogIndex >= log.base && termAt(log, prevLogIndex) !== prevLogTerm) continue
    for (const entry of message.entries) {
      if (entry.index <= log.base) continue
      if (entry.index > log.length) break
      if (termAt(log, entry.index) !== entry.term) return entry.index
    }
  }
  return null
}
