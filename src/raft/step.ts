import { unreachable } from '../base/assert.ts'
import type { ServerId } from '../base/ids.ts'
import { onAppendEntries } from './append-entries.ts'
import { onClientRequest } from './clients.ts'
import type { Context } from './effects.ts'
import { askForVote, onRequestVote, onRequestVoteReply, startElection } from './election.ts'
import type { PeerMessage, ServerMessage } from './messages.ts'
import { onAppendEntriesReply, sendEntries, sendHeartbeats } from './replication.ts'
import { type Peer, peerOf, type Server } from './server.ts'
import { adoptHigherTerm, setElectionTimer } from './terms.ts'

/** Everything that can happen to a running server. */
export type Input =
  /** It has just started, or started again. */
  | { readonly kind: 'Started' }
  | { readonly kind: 'Message'; readonly message: ServerMessage }
  /** Its own clock has reached one or more of its deadlines. */
  | { readonly kind: 'Tick' }
  /** Somebody makes a timer run out before its time. */
  | { readonly kind: 'ElectionTimeout' }
  | { readonly kind: 'Heartbeat' }
  | { readonly kind: 'Retry'; readonly peer: ServerId }

/** One transition of one server: changes `server` and tells `context.out` what follows and why. */
export function step(server: Server, input: Input, context: Context): void {
  switch (input.kind) {
    case 'Started':
      setElectionTimer(server, context)
      return
    case 'Message':
      onMessage(server, input.message, context)
      return
    case 'Tick':
      onTick(server, context)
      return
    case 'ElectionTimeout':
      startElection(server, context, true)
      return
    case 'Heartbeat':
      if (server.role === 'leader') sendHeartbeats(server, server.peers, context)
      return
    case 'Retry': {
      const peer = peerOf(server, input.peer)
      if (peer !== undefined) retry(server, peer, context)
      return
    }
    default:
      unreachable(input)
  }
}

function onMessage(server: Server, message: ServerMessage, context: Context): void {
  if (message.kind === 'ClientRequest') {
    onClientRequest(server, message, context)
    return
  }
  adoptHigherTerm(server, message, context)
  onPeerMessage(server, message, context)
}

function onPeerMessage(server: Server, message: PeerMessage, context: Context): void {
  switch (message.kind) {
    case 'RequestVote':
      return onRequestVote(server, message, context)
    case 'RequestVoteReply':
      return onRequestVoteReply(server, message, context)
    case 'AppendEntries':
      return onAppendEntries(server, message, context)
    case 'AppendEntriesReply':
      return onAppendEntriesReply(server, message, context)
    default:
      return unreachable(message)
  }
}

function onTick(server: Server, context: Context): void {
  const { now } = context
  if (server.electionDue <= now) {
    startElection(server, context, false)
    return
  }
  if (server.role === 'follower') return
  const quiet: Peer[] = []
  for (const peer of server.peers) {
    if (peer.heartbeatDue <= now) quiet.push(peer)
    else if (peer.retryDue <= now) retry(server, peer, context)
  }
  if (server.role === 'leader') sendHeartbeats(server, quiet, context)
}

/** §5.1: an RPC that got no answer in time is sent again, for ever. */
function retry(server: Server, peer: Peer, context: Context): void {
  if (server.role === 'leader' && peer.nextIndex <= server.log.length) {
    sendEntries(server, peer, 'Unanswered', context)
  } else if (server.role === 'candidate') {
    askForVote(server, peer, context)
    const { id, currentTerm: term } = server
    context.out.fact({ kind: 'VoteRetried', server: id, rule: '§5.1', to: peer.id, term })
  }
}
