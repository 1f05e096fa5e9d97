import { assert, unreachable } from '../base/assert.ts'
import { type LogIndex, logIndex, type Micros, NEVER, type ServerId } from '../base/ids.ts'
import { advanceCommit, highestOnMajority } from './commit.ts'
import type { Context } from './effects.ts'
import type { ReplicationFact } from './facts.ts'
import { entriesBetween, lastIndex, lastIndexOfTerm, termAt } from './log.ts'
import type { AppendEntriesReply, Conflict } from './messages.ts'
import { freshPeer, type Peer, peerOf, type Server } from './server.ts'

type WhySent = (ReplicationFact & { kind: 'EntriesSent' })['why']
type WhyIgnored = (ReplicationFact & { kind: 'AppendReplyIgnored' })['why']

/** Raft §5.2; Figure 2, "Volatile state on leaders": what a leader begins with, and its first heartbeats. */
export function becomeLeader(server: Server, context: Context): void {
  assert(server.role === 'candidate', 'only a candidate becomes leader')
  const voters: ServerId[] = [server.id]
  for (const peer of server.peers) if (peer.vote === 'granted') voters.push(peer.id)
  server.role = 'leader'
  server.leaderId = server.id
  server.electionDue = NEVER
  server.lastRpcId = 0
  server.peers = server.peers.map((peer) => freshPeer(peer.id, lastIndex(server.log)))
  const { id, currentTerm: term } = server
  const servers = server.peers.length + 1
  context.out.fact({ kind: 'BecameLeader', server: id, rule: '§5.2', term, voters, servers })
  sendHeartbeats(server, server.peers, context)
}

/** Raft §5.2: what keeps followers from starting elections; it carries entries to whoever is behind. */
export function sendHeartbeats(server: Server, to: readonly Peer[], context: Context): void {
  if (to.length === 0) return
  const behind: ServerId[] = []
  for (const peer of to) {
    if (peer.nextIndex <= server.log.length) behind.push(peer.id)
    sendAppendEntries(server, peer, context)
  }
  const ids = to.map((peer) => peer.id)
  context.out.fact({ kind: 'HeartbeatsSent', server: server.id, rule: '§5.2', to: ids, behind })
}

/** Raft §5.3: sends a follower the entries from its nextIndex on, and says why. */
export function sendEntries(server: Server, peer: Peer, why: WhySent, context: Context): void {
  const first = peer.nextIndex
  const last = sendAppendEntries(server, peer, context)
  context.out.fact({ kind: 'EntriesSent', server: server.id, rule: '§5.3', to: peer.id, first, last, why })
}

/** Figure 2, "AppendEntries RPC", the sender's side. Returns the index of the last entry it carries. */
function sendAppendEntries(server: Server, peer: Peer, context: Context): LogIndex {
  const { settings, now, out } = context
  const prevLogIndex = logIndex(peer.nextIndex - 1)
  const entries = entriesBetween(server.log, peer.nextIndex, logIndex(prevLogIndex + settings.maxEntries))
  server.lastRpcId++
  peer.heartbeatDue = (now + settings.heartbeatInterval) as Micros
  if (entries.length > 0) {
    peer.unanswered = server.lastRpcId
    peer.retryDue = (now + settings.rpcTimeout) as Micros
  }
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
  return logIndex(prevLogIndex + entries.length)
}

/** Raft §5.3; Figure 2, "Rules for Servers: Leaders". Any higher term has been adopted already. */
export function onAppendEntriesReply(server: Server, reply: AppendEntriesReply, context: Context): void {
  const peer = peerOf(server, reply.from)
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
    return
  }
  if (reply.rpcId >= peer.unanswered) {
    peer.unanswered = 0
    peer.retryDue = NEVER
  }
  assert(reply.success === (reply.conflict === null), 'a refusal in the current term names the conflict')
  if (reply.conflict !== null) onRefusal(server, peer, reply.conflict, context)
  else onSuccess(server, peer, reply.lastVouchedIndex, context)
}

/** Late, doubled and overtaken replies must not move anything: they speak of a request that is history. */
function reasonToIgnore(
  server: Server,
  reply: AppendEntriesReply,
  peer: Peer | undefined,
): WhyIgnored | null {
  if (reply.requestTerm !== server.currentTerm || reply.term < server.currentTerm) return 'OldTerm'
  if (server.role !== 'leader' || peer === undefined) return 'NotLeader'
  if (reply.success) return null
  if (reply.prevLogIndex <= peer.matchIndex) return 'KnownToMatch'
  return reply.prevLogIndex === peer.nextIndex - 1 ? null : 'AlreadyBackedUp'
}

/** matchIndex is what the acknowledged request vouched for, never the follower's log end; and it only grows. */
function onSuccess(server: Server, peer: Peer, vouched: LogIndex, context: Context): void {
  const { id: follower, matchIndex: from } = peer
  if (vouched > from) {
    const before = highestOnMajority(server)
    peer.matchIndex = vouched
    peer.nextIndex = logIndex(Math.max(peer.nextIndex, vouched + 1))
    context.out.fact({ kind: 'MatchAdvanced', server: server.id, rule: '§5.3', follower, from, to: vouched })
    advanceCommit(server, before, context)
  } else {
    const why = 'NothingNew'
    context.out.fact({
      kind: 'AppendReplyIgnored',
      server: server.id,
      rule: '§5.3',
      follower,
      success: true,
      why,
    })
  }
  if (peer.nextIndex > server.log.length) {
    // An earlier request can vouch for all that a later one carried; then that one's answer is not waited for.
    peer.unanswered = 0
    peer.retryDue = NEVER
  } else if (peer.unanswered === 0) {
    sendEntries(server, peer, 'StillBehind', context)
  }
}

function onRefusal(server: Server, peer: Peer, conflict: Conflict, context: Context): void {
  const from = peer.nextIndex
  const { to, why } = backUp(server, from, conflict, context.settings.backUp)
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
