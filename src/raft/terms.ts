import { type Micros, NEVER, type Term } from '../base/ids.ts'
import { breaks } from './broken-rules.ts'
import type { Context } from './effects.ts'
import { Impossible } from './effects.ts'
import { dropChange, mayStand } from './membership.ts'
import type { AppendEntries, InstallSnapshot, PeerMessage } from './messages.ts'
import { dropReads } from './reads.ts'
import type { Server } from './server.ts'

/**
 * Raft §5.1; Figure 2, "Rules for Servers: All Servers": a term above one's own, in any request or reply, is
 * adopted at once, by a follower that then owes its vote to nobody. The message is looked at after that. The term in
 * a PreVote is one that nobody has yet (D 9.6).
 */
export function adoptHigherTerm(server: Server, message: PeerMessage, context: Context): void {
  if (message.term <= server.currentTerm || message.kind === 'PreVote') return
  if (isReply(message) && breaks(server, 'ignoreTermsInReplies', context)) return
  const { role, currentTerm: was } = server
  server.currentTerm = message.term
  server.votedFor = null
  becomeFollower(server, context)
  server.leaderId = null
  context.out.persist(server)
  context.out.fact({
    kind: 'TermAdopted',
    server: server.id,
    rule: '§5.1',
    was,
    term: message.term,
    role,
    from: message.from,
    message: message.kind,
  })
}

const isReply = (message: PeerMessage): boolean => 'requestTerm' in message

/** Whatever it was. A leader had no election timer; the others keep theirs running: a term alone is no reason to wait longer. */
export function becomeFollower(server: Server, context: Context): void {
  const wasLeader = server.role === 'leader'
  server.role = 'follower'
  if (!wasLeader) return
  dropReads(server, context)
  server.quorumDue = NEVER
  server.batchDue = NEVER
  server.transfer = null
  dropChange(server, context)
  setElectionTimer(server, context)
}

/** §5.2: a request of the current term comes from its leader; even one that will be refused restarts the timer. */
export function acknowledgeLeader(
  server: Server,
  request: AppendEntries | InstallSnapshot,
  context: Context,
): void {
  const { leaderId: leader, term } = request
  if (server.role === 'leader') throw new Impossible(server, { kind: 'TwoLeaders', term, other: leader })
  if (server.role !== 'follower') {
    // votedFor stays: a candidate has voted for itself in this term, and a term has one vote.
    const rule = server.role === 'candidate' ? '§5.2' : 'D 9.6'
    server.role = 'follower'
    context.out.fact({ kind: 'YieldedToLeader', server: server.id, rule, leader, term })
  }
  server.leaderId = leader
  server.heardAt = context.now
  setElectionTimer(server, context)
}

/** Starts the wait for a leader anew, for a time drawn at random so that votes seldom split (§5.2). */
export function setElectionTimer(server: Server, context: Context): void {
  server.electionSetAt = context.now
  const waits = server.role !== 'leader' && mayStand(server)
  server.electionDue = waits ? ((context.now + context.electionTimeout()) as Micros) : NEVER
}

/** The next term, for a candidate. */
export const nextTerm = (current: Term): Term => (current + 1) as Term
