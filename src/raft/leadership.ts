import { assert } from '../base/assert.ts'
import { NEVER, type ServerId } from '../base/ids.ts'
import { setQuorumTimer } from './check-quorum.ts'
import { advanceCommit, highestOnQuorum } from './commit.ts'
import { votersOf } from './configuration.ts'
import type { Context } from './effects.ts'
import { appendOwn } from './own-entries.ts'
import { sendHeartbeats } from './replication.ts'
import { configuration, isMember, renewPeers, type Server } from './server.ts'

/** Raft §5.2; Figure 2, "Volatile state on leaders": what a leader begins with, and its first heartbeats. */
export function becomeLeader(server: Server, context: Context): void {
  assert(server.role === 'candidate', 'only a candidate becomes leader')
  const voters: ServerId[] = isMember(server) ? [server.id] : []
  for (const peer of server.peers) if (peer.vote === 'granted') voters.push(peer.id)
  server.role = 'leader'
  server.leaderId = server.id
  server.electionDue = NEVER
  server.lastRpcId = 0
  server.leaseOver = false
  renewPeers(server)
  for (const peer of server.peers) peer.heardAt = context.now
  setQuorumTimer(server, context)
  const { id, currentTerm: term } = server
  const servers = votersOf(configuration(server)).length
  context.out.fact({ kind: 'BecameLeader', server: id, rule: '§5.2', term, voters, servers })
  if (context.settings.noOp) appendNoOp(server, context)
  sendHeartbeats(server, server.peers, context)
}

/** §8: an entry of its own term, so that the leader learns what is committed without waiting for a client. */
function appendNoOp(server: Server, context: Context): void {
  const before = highestOnQuorum(server, context)
  const { index, term } = appendOwn(server, { kind: 'NoOp' }, null, context)
  context.out.fact({ kind: 'NoOpAppended', server: server.id, rule: '§8', index, term })
  advanceCommit(server, before, context) // a cluster of one server is its own majority
}
