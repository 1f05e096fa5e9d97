import { assert } from '../base/assert.ts'
import { type LogIndex, logIndex, type Micros, NEVER, type ServerId } from '../base/ids.ts'
import { breaks } from './broken-rules.ts'
import type { Context } from './effects.ts'
import { compactTo, lastIndex, logAfter, termAt } from './log.ts'
import type { InstallSnapshot, InstallSnapshotReply } from './messages.ts'
import { acknowledge, forgetInFlight, remember } from './pipeline.ts'
import { confirmReads } from './reads.ts'
import { advanceMatch, sendEntries } from './replication.ts'
import { matchPeers, type Peer, peerOf, type Server } from './server.ts'
import { configurationsOn, loadSnapshot, type Snapshot } from './snapshot.ts'
import type { SnapshotFact } from './snapshot-facts.ts'
import { acknowledgeLeader, setElectionTimer } from './terms.ts'

type WhySent = (SnapshotFact & { kind: 'SnapshotSent' })['why']

/** §7; Figure 13, the sender's side: a follower that needs entries which the leader no longer has gets its snapshot. */
export function sendSnapshot(server: Server, peer: Peer, why: WhySent, context: Context): void {
  const { settings, now, out } = context
  const { id, currentTerm: term } = server
  if (peer.mode !== 'snapshot') {
    assert(server.snapshot !== null, 'entries are gone only where a snapshot stands for them')
    forgetInFlight(peer)
    peer.mode = 'snapshot'
    peer.sending = { snapshot: server.snapshot, offset: 0 }
  }
  assert(peer.sending !== null, 'it is known what is being sent')
  const { snapshot, offset } = peer.sending
  const { lastIncludedIndex, lastIncludedTerm, bytes: total } = snapshot
  const rest = total - offset
  const bytes = settings.snapshotChunk === 0 ? rest : Math.min(rest, settings.snapshotChunk)
  server.lastRpcId++
  remember(server, peer, logIndex(0), context)
  peer.unanswered = server.lastRpcId
  peer.retryDue = (now + settings.rpcTimeout) as Micros
  peer.heartbeatDue = (now + settings.heartbeatInterval) as Micros
  const { id: to } = peer
  out.fact({ kind: 'SnapshotSent', server: id, rule: '§7', to, lastIncludedIndex, offset, bytes, total, why })
  out.send({
    kind: 'InstallSnapshot',
    from: id,
    to,
    leader: id,
    term,
    leaderId: id,
    lastIncludedIndex,
    lastIncludedTerm,
    offset,
    bytes,
    done: bytes === rest,
    snapshot,
    rpcId: server.lastRpcId,
  })
}

/** Figure 13, the receiver's side, in the figure's order. Any higher term has been adopted already. */
export function onInstallSnapshot(server: Server, request: InstallSnapshot, context: Context): void {
  const { out } = context
  const { leaderId: leader, lastIncludedIndex, offset, bytes, snapshot } = request
  const { id, currentTerm: mine, commitIndex } = server
  if (request.term < mine) {
    const why = { kind: 'StaleTerm', mine, theirs: request.term } as const
    out.fact({ kind: 'SnapshotRefused', server: id, rule: '§5.1', leader, why })
    return reply(server, request, 0, false, context)
  }
  acknowledgeLeader(server, request, context)
  // What is committed here already includes all of it: a late snapshot moves nothing back.
  if (lastIncludedIndex <= commitIndex && !breaks(server, 'acceptStaleSnapshot', context)) {
    out.fact({ kind: 'SnapshotIgnored', server: id, rule: '§7', leader, lastIncludedIndex, commitIndex })
    return reply(server, request, snapshot.bytes, true, context)
  }
  const received = receivedOf(server, request)
  if (offset > received) {
    const why = { kind: 'ChunkMissing', received, offset } as const
    out.fact({ kind: 'SnapshotRefused', server: id, rule: '§7', leader, why })
    return reply(server, request, received, false, context)
  }
  const has = Math.max(received, offset + bytes)
  if (has < snapshot.bytes) {
    server.incoming = { leader, snapshot, received: has }
    const total = snapshot.bytes
    out.fact({
      kind: 'ChunkReceived',
      server: id,
      rule: '§7',
      leader,
      lastIncludedIndex,
      received: has,
      total,
    })
    return reply(server, request, has, false, context)
  }
  install(server, request, context)
  reply(server, request, has, true, context)
}

/** How much of this very snapshot has come so far. Another leader begins anew (Figure 13, 2). */
function receivedOf({ incoming }: Server, request: InstallSnapshot): number {
  if (incoming === null || incoming.leader !== request.leaderId) return 0
  const { snapshot, received } = incoming
  const isSame =
    snapshot.lastIncludedIndex === request.lastIncludedIndex &&
    snapshot.lastIncludedTerm === request.lastIncludedTerm
  return isSame ? received : 0
}

/** Figure 13, 6: whether the log has the very entry that a snapshot ends with. */
function hasLastIncluded(
  server: Server,
  { lastIncludedIndex, lastIncludedTerm }: Snapshot,
  context: Context,
): boolean {
  const { log } = server
  if (lastIncludedIndex <= log.base || lastIncludedIndex > log.length) return false
  const isSameTerm = termAt(log, lastIncludedIndex) === lastIncludedTerm
  return isSameTerm || breaks(server, 'ignoreSnapshotBoundary', context)
}

/** Figure 13, 5 to 8: what follows the snapshot in a log that agrees with it stays; any other log goes as a whole. */
function install(server: Server, { snapshot, leaderId: leader }: InstallSnapshot, context: Context): void {
  const { lastIncludedIndex, lastIncludedTerm } = snapshot
  const { log, id } = server
  const agrees = hasLastIncluded(server, snapshot, context)
  const kept = agrees ? log.length - lastIncludedIndex : 0
  const dropped = agrees ? 0 : log.length - log.base
  if (agrees) compactTo(log, lastIncludedIndex)
  else {
    server.log = logAfter(lastIncludedIndex, lastIncludedTerm)
    server.logVersion++
    server.durableIndex = logIndex(Math.min(server.durableIndex, lastIncludedIndex))
  }
  server.incoming = null
  server.snapshot = snapshot
  loadSnapshot(server, snapshot)
  server.configurations = configurationsOn(snapshot.configuration, server)
  matchPeers(server, context.now)
  if (server.electionDue === NEVER) setElectionTimer(server, context)
  context.out.persist(server)
  context.out.fact({
    kind: 'SnapshotInstalled',
    server: id,
    rule: '§7',
    leader,
    lastIncludedIndex,
    lastIncludedTerm,
    kept,
    dropped,
  })
}

function reply(
  server: Server,
  request: InstallSnapshot,
  received: number,
  done: boolean,
  { out }: Context,
): void {
  const { id: from, currentTerm: term, leaderId: leader } = server
  const { from: to, lastIncludedIndex, rpcId, term: requestTerm } = request
  const kind = 'InstallSnapshotReply'
  out.send({ kind, from, to, leader, term, lastIncludedIndex, received, done, rpcId, requestTerm })
}

/** §7: the next chunk follows an answered one; after the last, the leader goes on with entries right away. */
export function onInstallSnapshotReply(server: Server, answer: InstallSnapshotReply, context: Context): void {
  const { id } = server
  const { from: follower, lastIncludedIndex, rpcId, requestTerm, term, done, received } = answer
  const peer = peerOf(server, follower)
  // Where a reply of a later term did not end this one, against §5.1, it says that it was heard, and no more.
  const isCurrent = server.role === 'leader' && requestTerm === server.currentTerm && term >= requestTerm
  if (isCurrent && peer !== undefined) acknowledge(peer, rpcId, context)
  const sending = isCurrent && term === requestTerm ? (peer?.sending ?? null) : null
  if (peer === undefined || sending === null || !isNews(peer, sending, answer)) {
    const late = isCurrent && term > requestTerm ? ({ laterTerm: true } as const) : {}
    context.out.fact({ kind: 'SnapshotReplyIgnored', server: id, rule: '§7', follower, ...late })
  } else if (done) onWhole(server, peer, lastIncludedIndex, context)
  else {
    peer.sending = { snapshot: sending.snapshot, offset: received }
    sendSnapshot(server, peer, 'NextChunk', context)
  }
  if (isCurrent) confirmReads(server, context)
}

/** An answer to an earlier try counts if it tells of more bytes; one that tells of fewer only if it is the latest. */
function isNews(
  { unanswered }: Peer,
  { snapshot, offset }: NonNullable<Peer['sending']>,
  { lastIncludedIndex, done, received, rpcId }: InstallSnapshotReply,
): boolean {
  if (snapshot.lastIncludedIndex !== lastIncludedIndex) return false
  return done || received > offset || rpcId === unanswered
}

function onWhole(server: Server, peer: Peer, lastIncludedIndex: LogIndex, context: Context): void {
  const { id: follower } = peer
  endSnapshot(peer)
  context.out.fact({
    kind: 'SnapshotAcknowledged',
    server: server.id,
    rule: '§7',
    follower,
    lastIncludedIndex,
  })
  if (lastIncludedIndex > peer.matchIndex) advanceMatch(server, peer, lastIncludedIndex, context)
  goOn(server, follower, context)
}

/** No snapshot need be sent any more: entries can follow. */
export function endSnapshot(peer: Peer): void {
  peer.mode = 'probe'
  peer.sending = null
  peer.unanswered = 0
  peer.retryDue = NEVER
}

function goOn(server: Server, follower: ServerId, context: Context): void {
  const peer = peerOf(server, follower)
  if (server.role !== 'leader' || peer === undefined || peer.nextIndex > lastIndex(server.log)) return
  sendEntries(server, peer, 'AfterSnapshot', context)
}
