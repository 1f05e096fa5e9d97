import { type Micros, NEVER } from '../base/ids.ts'
import type { Payload } from './commands.ts'
import { advanceCommit, highestOnQuorum } from './commit.ts'
import type { Context } from './effects.ts'
import { lastIndex } from './log.ts'
import { onChangeRequest } from './membership.ts'
import type { ClientRequest } from './messages.ts'
import { appendOwn } from './own-entries.ts'
import { onRead } from './reads.ts'
import { sendEntries } from './replication.ts'
import type { Server } from './server.ts'
import { turnAway } from './turn-away.ts'

/** Raft §5.3, §8: a leader takes the request; anyone else names the leader it knows. */
export function onClientRequest(server: Server, request: ClientRequest, context: Context): void {
  const { command } = request
  const { reads, mostSessions } = context.settings
  if (server.role !== 'leader') redirect(server, request, context)
  else if (server.transfer !== null) holdOff(server, request, server.transfer.to, context)
  else if (command.kind === 'ChangeMembers') onChangeRequest(server, request, command, context)
  else if (command.kind === 'OpenSession')
    appendCommand(server, request, { kind: 'OpenSession', most: mostSessions }, context)
  else if (command.kind === 'Get' && reads !== 'log') onRead(server, request, command.key, reads, context)
  else appendCommand(server, request, command, context)
}

function redirect(server: Server, request: ClientRequest, context: Context): void {
  const { from: client, command, serial } = request
  const { id, leaderId: leader } = server
  context.out.fact({ kind: 'CommandRedirected', server: id, rule: '§8', client, leader, command })
  turnAway(server, { client, serial }, leader, context)
}

/** D 3.10: what comes in while leadership is handed over would only delay that. The client asks again. */
function holdOff(server: Server, request: ClientRequest, to: Server['id'], context: Context): void {
  const { from: client, command, serial } = request
  const { id } = server
  context.out.fact({ kind: 'CommandHeldOff', server: id, rule: 'D 3.10', client, to, command })
  turnAway(server, { client, serial }, id, context)
}

function appendCommand(server: Server, request: ClientRequest, payload: Payload, context: Context): void {
  const { from: client, command, serial, session, firstOpen } = request
  const { id } = server
  const before = highestOnQuorum(server, context)
  const { index, term } = appendOwn(server, payload, { client, serial, session, firstOpen }, context)
  context.out.fact({ kind: 'CommandAppended', server: id, rule: '§5.3', client, index, term, command })
  sendOut(server, context)
  advanceCommit(server, before, context) // a cluster of one server is its own majority
}

/** At once, or together with what else comes within the batch's time (D 10.2.2). */
function sendOut(server: Server, context: Context): void {
  const { batchDelay } = context.settings
  const { id, peers } = server
  if (batchDelay === 0) {
    for (const peer of peers) sendEntries(server, peer, 'NewCommand', context)
  } else if (server.batchDue === NEVER) {
    server.batchDue = (context.now + batchDelay) as Micros
    server.batchFrom = lastIndex(server.log)
    context.out.fact({ kind: 'BatchStarted', server: id, rule: 'D 10.2.2', due: server.batchDue })
  }
}
