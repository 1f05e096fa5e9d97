import { assert, unreachable } from '../base/assert.ts'
import { type LogIndex, logIndex, type Micros, NEVER, type ServerId } from '../base/ids.ts'
import { advanceCommit, highestOnQuorum } from './commit.ts'
import { type Context, Impossible } from './effects.ts'
import { endSnapshot, sendSnapshot } from './install-snapshot.ts'
import { entriesBetween, lastIndex, lastIndexOfTerm, termAt } from './log.ts'
import { onProgress } from './membership.ts'
import type { AppendEntriesReply, Conflict } from './messages.ts'
import {
  acknowledge,
  awaitsMore,
  forgetInFlight,
  hasRoom,
  onMatched,
  onMismatch,
  remember,
} from './pipeline.ts'
import { confirmReads } from './reads.ts'
import type { ReplicationFact } from './replication-facts.ts'
import { type Peer, peerOf, type Server } from './server.ts'
import { continueTransfer } from './transfer.ts'

type WhySent = (ReplicationFact & { kind: 'EntriesSent' })['why']
type WhyIgnored = (ReplicationFact & { kind: 'AppendReplyIgnored' })['why']

/** Raft §5.2: what keeps followers from starting elections; it carries entries to whoever is behind. */
export function sendHeartbeats(server: Server, to: readonly Peer[], context: Context): void {
  if (to.length === 0) return
  const behind: ServerId[] = []
  for (const peer of to) {
    if (peer.nextIndex <= server.log.length) behind.push(peer.id)
    if (isTooFarBack(server, peer)) sendSnapshot(server, peer, 'TooFarBehind', context)
    else if (peer.mode === 'snapshot' || !hasRoom(peer, context)) sendBareHeartbeat(server, peer, context)
    else sendAppendEntries(server, peer, context)
  }
  const ids = to.map((peer) => peer.id)
  context.out.fact({ kind: 'HeartbeatsSent', server: server.id, rule: '§5.2', to: ids, behind })
}

/** §7: the entries that it needs are in a snapshot only, and that is not on its way yet. */
const isTooFarBack = ({ log }: Server, { mode, nextIndex }: Peer): boolean =>
  mode !== 'snapshot' && nextIndex <= log.base

/** The commands that were collected go out (D 10.2.2). */
export function sendBatch(server: Server, context: Context): void {
  server.batchDue = NEVER
  const { id, log, batchFrom: first } = server
  context.out.fact({ kind: 'BatchSent', server: id, rule: 'D 10.2.2', first, last: lastIndex(log) })
  for (const peer of server.peers)
    if (peer.nextIndex <= log.length) sendEntries(server, peer, 'NewCommand', context)
}

/** Raft §5.3: sends a follower the entries from its nextIndex on, as far as is allowed now, and says why. */
export function sendEntries(server: Server, peer: Peer, why: WhySent, context: Context): void {
  if (isTooFarBack(server, peer)) return sendSnapshot(server, peer, 'TooFarBehind', context)
  if (peer.mode === 'snapshot') return
  assert(peer.nextIndex <= server.log.length, 'there are entries to send')
  const { id } = server
  do {
    if (!hasRoom(peer, context)) {
      const inFlight = peer.inFlight.filter(({ last }) => last > 0).length
      context.out.fact({ kind: 'PipelineFull', server: id, rule: 'D 10.2.2', to: peer.id, inFlight })
      return
    }
    const first = peer.nextIndex
    const last = sendAppendEntries(server, peer, context)
    // What it still lacks may fill the message, and the new one has to wait.
    const said = why === 'NewCommand' && last < server.log.length ? 'StillBehind' : why
    context.out.fact({ kind: 'EntriesSent', server: id, rule: '§5.3', to: peer.id, first, last, why: said })
  } while (peer.mode === 'replicate' && peer.nextIndex <= server.log.length && hasRoom(peer, context))
}

/** Figure 2, "AppendEntries RPC", the sender's side. Returns the index of the last entry it carries. */
function sendAppendEntries(server: Server, peer: Peer, context: Context): LogIndex {
  const prevLogIndex = logIndex(peer.nextIndex - 1)
  const to = logIndex(prevLogIndex + context.settings.maxEntries)
  const entries = entriesBetween(server.log, peer.nextIndex, to)
  const last = logIndex(prevLogIndex + entries.length)
  transmit(server, peer, prevLogIndex, entries, context)
  if (entries.length > 0) {
    peer.unanswered = server.lastRpcId
    peer.retryDue = (context.now + context.settings.rpcTimeout) as Micros
    if (peer.mode === 'replicate') peer.nextIndex = logIndex(last + 1)
  }
  return last
}

/** Word from the leader to a follower that can take no entries now. It stands on what is known to agree. */
function sendBareHeartbeat(server: Server, peer: Peer, context: Context): void {
  transmit(server, peer, logIndex(Math.max(peer.matchIndex, server.log.base)), [], context)
}

function transmit(
  server: Server,
  peer: Peer,
  prevLogIndex: LogIndex,
  entries: ReturnType<typeof entriesBetween>,
  context: Context,
): void {
  const { settings, now, out } = context
  server.lastRpcId++
  peer.heartbeatDue = (now + settings.heartbeatInterval) as Micros
  remember(
    server,
    peer,
    entries.length === 0 ? logIndex(0) : logIndex(prevLogIndex + entries.length),
    context,
  )
  out.send({
    kind: 'AppendEntries',
    from: server.id,
    to: peer.id,
    leader: server.id,
    term: server.currentTerm,
    leaderId: server.id,
    prevLogIndex,
    prevLogTerm: termAt(server.log, prevLogIndex),
    entries,
    leaderCommit: server.commitIndex,
    rpcId: server.lastRpcId,
  })
}

/** Raft §5.3; Figure 2, "Rules for Servers: Leaders". Any higher term has been adopted already. */
export function onAppendEntriesReply(server: Server, reply: AppendEntriesReply, context: Context): void {
  const peer = peerOf(server, reply.from)
  const { currentTerm, role } = server
  // Where a reply of a later term did not end this one, against §5.1, it says that it was heard, and no more.
  const isCurrent = role === 'leader' && reply.requestTerm === currentTerm && reply.term >= currentTerm
  if (isCurrent && peer !== undefined) acknowledge(peer, reply.rpcId, context)
  const why = reasonToIgnore(server, reply, peer)
  if (why !== null || peer === undefined) {
    const { from: follower, success } = reply
    context.out.fact({
      kind: 'AppendReplyIgnored',
      server: server.id,
      rule: '§5.3',
      follower,
      success,
      why: why ?? 'OldTerm',
    })
  } else takeReply(server, peer, reply, context)
  if (isCurrent) confirmReads(server, context)
}

function takeReply(server: Server, peer: Peer, reply: AppendEntriesReply, context: Context): void {
  const { rpcId, success, conflict, lastVouchedIndex: vouched } = reply
  assert(success === (conflict === null), 'a refusal in the current term names the conflict')
  if (rpcId >= peer.unanswered && (conflict !== null || !awaitsMore(peer, vouched))) {
    peer.unanswered = 0
    peer.retryDue = NEVER
  }
  if (conflict !== null) onRefusal(server, peer, reply, conflict, context)
  else onSuccess(server, peer, vouched, context)
}

/** Late, doubled and overtaken replies must not move anything: they speak of a request that is history. */
function reasonToIgnore(
  server: Server,
  reply: AppendEntriesReply,
  peer: Peer | undefined,
): WhyIgnored | null {
  if (reply.requestTerm !== server.currentTerm || reply.term < server.currentTerm) return 'OldTerm'
  if (reply.term > server.currentTerm) return 'LaterTerm'
  if (server.role !== 'leader' || peer === undefined) return 'NotLeader'
  if (reply.success) return null
  if (peer.mode === 'snapshot') return 'SnapshotUnderWay'
  if (reply.prevLogIndex <= peer.matchIndex) return 'KnownToMatch'
  if (peer.mode === 'replicate') return null
  return reply.prevLogIndex === peer.nextIndex - 1 ? null : 'AlreadyBackedUp'
}

/** matchIndex is what the acknowledged request vouched for, never the follower's log end; and it only grows. */
function onSuccess(server: Server, peer: Peer, vouched: LogIndex, context: Context): void {
  const { id: follower, matchIndex: from } = peer
  const { id } = server
  const last = lastIndex(server.log)
  if (vouched > last)
    throw new Impossible(server, { kind: 'VouchesForMore', follower, vouched, lastIndex: last })
  onMatched(server, peer, vouched, context)
  if (vouched > from) {
    context.out.fact({ kind: 'MatchAdvanced', server: id, rule: '§5.3', follower, from, to: vouched })
    advanceMatch(server, peer, vouched, context)
  } else {
    const why = 'NothingNew'
    context.out.fact({ kind: 'AppendReplyIgnored', server: id, rule: '§5.3', follower, success: true, why })
    onProgress(server, context)
  }
  // Counting may have ended this leader's term of office, or this server's part in it.
  if (server.role !== 'leader' || peerOf(server, follower) !== peer) return
  if (peer.nextIndex > server.log.length) {
    // An earlier request can vouch for all that a later one carried; then that one's answer is not waited for.
    if (peer.matchIndex >= server.log.length) {
      peer.unanswered = 0
      peer.retryDue = NEVER
    }
  } else if ((peer.unanswered === 0 || peer.mode === 'replicate') && !awaitsBatch(server, peer)) {
    sendEntries(server, peer, 'StillBehind', context)
  }
}

/** D 10.2.2: all that it lacks is still being collected. */
const awaitsBatch = ({ batchDue, batchFrom, transfer }: Server, { nextIndex }: Peer): boolean =>
  batchDue !== NEVER && nextIndex >= batchFrom && transfer === null

/** More of a follower's log is known to agree: what rests on that is looked at anew. */
export function advanceMatch(server: Server, peer: Peer, to: LogIndex, context: Context): void {
  const before = highestOnQuorum(server, context)
  peer.matchIndex = to
  peer.nextIndex = logIndex(Math.max(peer.nextIndex, to + 1))
  // The snapshot on its way has arrived, whether or not the answer to it did.
  if (peer.sending !== null && peer.sending.snapshot.lastIncludedIndex <= to) endSnapshot(peer)
  advanceCommit(server, before, context)
  if (server.role !== 'leader') return
  onProgress(server, context)
  continueTransfer(server, peer, context)
}

function onRefusal(
  server: Server,
  peer: Peer,
  { prevLogIndex }: AppendEntriesReply,
  conflict: Conflict,
  context: Context,
): void {
  const from = logIndex(prevLogIndex + 1)
  const { to, why } = backUp(server, from, conflict, context.settings.backUp)
  onMismatch(server, peer, 'Refused', context)
  peer.nextIndex = logIndex(Math.max(to, peer.matchIndex + 1))
  assert(peer.nextIndex < from, 'a refusal always moves nextIndex back')
  context.out.fact({
    kind: 'NextBackedUp',
    server: server.id,
    rule: '§5.3',
    follower: peer.id,
    from,
    to: peer.nextIndex,
    why,
    conflictTerm: conflict.conflictTerm,
  })
  sendEntries(server, peer, 'AfterRefusal', context)
}

/** §5.1: entries that got no answer in time are sent again, for ever. */
export function retryEntries(server: Server, peer: Peer, context: Context): void {
  onMismatch(server, peer, 'Unanswered', context)
  forgetInFlight(peer)
  if (peer.nextIndex <= server.log.length) sendEntries(server, peer, 'Unanswered', context)
}

/**
 * §5.3, last paragraphs. Where the leader has entries of the conflicting term, the logs may agree up to its last
 * one; where it has none, the follower's whole run of that term is passed over.
 */
function backUp(
  server: Server,
  nextIndex: LogIndex,
  { conflictTerm, conflictIndex }: Conflict,
  way: 'term' | 'one',
): { to: LogIndex; why: (ReplicationFact & { kind: 'NextBackedUp' })['why'] } {
  switch (way) {
    case 'one':
      return { to: logIndex(nextIndex - 1), why: 'OneByOne' }
    case 'term': {
      if (conflictTerm === null) return { to: conflictIndex, why: 'LogEnds' }
      const own = lastIndexOfTerm(server.log, conflictTerm, logIndex(nextIndex - 2))
      // It is, in all logs that leaders wrote; in those that a scenario starts with, a term may begin at two places.
      if (own !== null && own >= conflictIndex) return { to: logIndex(own + 1), why: 'ToOwnTerm' }
      return { to: conflictIndex, why: 'PastTerm' }
    }
    default:
      return unreachable(way)
  }
}
