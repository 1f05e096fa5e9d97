import { logIndex } from '../base/ids.ts'
import { advanceCommit, highestOnMajority } from './commit.ts'
import type { Context } from './effects.ts'
import { append, lastIndex } from './log.ts'
import type { ClientRequest } from './messages.ts'
import { sendEntries } from './replication.ts'
import type { Server } from './server.ts'

/** Raft §5.3, §8: a leader appends the command and sends it out at once; anyone else names the leader it knows. */
export function onClientRequest(server: Server, request: ClientRequest, context: Context): void {
  if (server.role !== 'leader') redirect(server, request, context)
  else appendCommand(server, request, context)
}

function redirect(server: Server, request: ClientRequest, context: Context): void {
  const { from: client, command, serial } = request
  const { id, leaderId: leader } = server
  context.out.fact({ kind: 'CommandRedirected', server: id, rule: '§8', client, leader, command })
  context.out.send({ kind: 'ClientReply', from: id, to: client, leader, serial, result: null })
}

function appendCommand(server: Server, request: ClientRequest, context: Context): void {
  const { from: client, command, serial } = request
  const { id, currentTerm: term } = server
  const index = logIndex(lastIndex(server.log) + 1)
  const before = highestOnMajority(server)
  append(server.log, { index, term, command, request: { client, serial } })
  context.out.persist(server)
  context.out.fact({ kind: 'CommandAppended', server: id, rule: '§5.3', client, index, term, command })
  for (const peer of server.peers) sendEntries(server, peer, 'NewCommand', context)
  advanceCommit(server, before, context) // a cluster of one server is its own majority
}
