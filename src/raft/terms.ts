import type { Term } from '../base/ids.ts'
import type { Context } from './effects.ts'
import type { PeerMessage } from './messages.ts'
import type { Server } from './server.ts'

/**
 * Raft §5.1; Figure 2, "Rules for Servers: All Servers": a term above one's own, in any request or reply, is
 * adopted at once, by a follower that then owes its vote to nobody. The message is looked at after that.
 */
export function adoptHigherTerm(server: Server, message: PeerMessage, context: Context): void {
  if (message.term <= server.currentTerm) return
  const { role, currentTerm: was } = server
  server.currentTerm = message.term
  server.votedFor = null
  server.role = 'follower'
  server.leaderId = null
  context.out.persist(server)
  // A leader had no election timer; the others keep theirs running: a term alone is no reason to wait longer.
  if (role === 'leader') setElectionTimer(server, context)
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

/** Starts the wait for a leader anew, for a time drawn at random so that votes seldom split (§5.2). */
export function setElectionTimer(server: Server, context: Context): void {
  server.electionSetAt = context.now
  server.electionDue = (context.now + context.electionTimeout()) as typeof server.electionDue
}

/** The next term, for a candidate. */
export const nextTerm = (current: Term): Term => (current + 1) as Term
