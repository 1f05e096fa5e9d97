import { type Micros, NEVER } from '../base/ids.ts'
import { isVoter } from './configuration.ts'
import type { Context } from './effects.ts'
import type { RequestVote } from './messages.ts'
import { isEnough } from './quorum.ts'
import { configuration, type Peer, peerOf, type Server } from './server.ts'
import type { RaftSettings } from './settings.ts'
import { becomeFollower } from './terms.ts'

/** D 6.2: when a leader next looks whether it still leads anybody; called when it begins, and after each look. */
export function setQuorumTimer(server: Server, context: Context): void {
  const { settings, now } = context
  if (protectsLeader(settings)) server.quorumDue = (now + settings.electionTimeoutMin) as Micros
}

/** D 6.2: a leader that no majority has answered for an election timeout steps down. Learners do not count. */
export function checkQuorum(server: Server, context: Context): void {
  const { settings, now, out } = context
  server.quorumDue = NEVER
  if (!protectsLeader(settings)) return
  const since = now - settings.electionTimeoutMin
  const members = configuration(server)
  const hears = (peer: Peer) => peer.heardAt >= since && isVoter(members, peer.id)
  const heard = server.peers.filter(hears).map((peer) => peer.id)
  const { id, currentTerm: term } = server
  if (isEnough(server, (one) => one === id || heard.includes(one), context)) {
    setQuorumTimer(server, context)
    return
  }
  // Who has only just become a peer is waited for, but need not have answered.
  const answered = heard.filter((one) => (peerOf(server, one)?.ackedRpc ?? 0) > 0)
  becomeFollower(server, context)
  server.leaderId = null
  const why = { kind: 'NoQuorum', heard: answered } as const
  out.fact({ kind: 'SteppedDown', server: id, rule: 'D 6.2', term, why })
}

/**
 * D 4.2.3, 6.2, 9.6: whether it has heard from a leader within the shortest election timeout, so that nobody can
 * rightly be standing for election. A leader hears itself.
 */
export function hearsLeader(server: Server, { now, settings }: Context): boolean {
  return server.role === 'leader' || now - server.heardAt < settings.electionTimeoutMin
}

/**
 * D 4.2.3: the request is refused, and its newer term ignored, so that a server that the leader no longer speaks to
 * cannot depose it. A transfer of leadership is the leader's own wish. The present term is no exception: it may have
 * been learned by the way, and whoever answered a heartbeat of the term before has promised to wait (D 6.4.1).
 */
export function disregards(server: Server, request: RequestVote, context: Context): boolean {
  const isInTime = request.term >= server.currentTerm && hearsLeader(server, context)
  return protectsLeader(context.settings) && !request.transfer && isInTime
}

/**
 * D 6.4.1: who answers a heartbeat lends the leader its lease, and votes for nobody meanwhile: nor for itself. Its timer
 * runs out later than that; only somebody's hand is faster.
 */
export const mayHaveLent = (server: Server, context: Context): boolean =>
  context.settings.reads === 'lease' && hearsLeader(server, context)

/**
 * CheckQuorum needs it (D 6.2), and a lease is worth nothing without it (D 6.4.1). Who is protected must leave by
 * itself when it leads nobody any more: so a lease brings both.
 */
export const protectsLeader = ({ checkQuorum, reads }: RaftSettings): boolean =>
  checkQuorum || reads === 'lease'
