import { unreachable } from '../base/assert.ts'
import { NEVER, type ServerId } from '../base/ids.ts'
import { onAppendEntries } from './append-entries.ts'
import { checkQuorum, disregards, setQuorumTimer } from './check-quorum.ts'
import { onClientRequest } from './clients.ts'
import { onWriteDone, type Written } from './durable.ts'
import type { Context } from './effects.ts'
import { askForVote, onElectionTimeout, onRequestVote, onRequestVoteReply } from './election.ts'
import { onInstallSnapshot, onInstallSnapshotReply, sendSnapshot } from './install-snapshot.ts'
import { giveUpChange } from './membership.ts'
import type { PeerMessage, ServerMessage } from './messages.ts'
import { askForPreVote, onPreVote, onPreVoteReply } from './pre-vote.ts'
import { onAppendEntriesReply, retryEntries, sendBatch, sendHeartbeats } from './replication.ts'
import { recallTermAndVote } from './restart.ts'
import { type Peer, peerOf, type Server } from './server.ts'
import type { RaftSettings } from './settings.ts'
import { onSettingsChanged } from './settings-changed.ts'
import { compact } from './snapshot.ts'
import { adoptHigherTerm, setElectionTimer } from './terms.ts'
import { abandonTransfer, onTimeoutNow, startTransfer } from './transfer.ts'

/** Everything that can happen to a running server. */
export type Input =
  /** It has just started for the first time. */
  | { readonly kind: 'Started' }
  /** It has just started again, with what is on its disk. */
  | { readonly kind: 'Restarted' }
  | { readonly kind: 'Message'; readonly message: ServerMessage }
  /** Its own clock has reached one or more of its deadlines. */
  | { readonly kind: 'Tick' }
  /** Its disk has finished a write. */
  | ({ readonly kind: 'Written' } & Written)
  /** Somebody makes a timer run out before its time. */
  | { readonly kind: 'ElectionTimeout' }
  | { readonly kind: 'Heartbeat' }
  | { readonly kind: 'Retry'; readonly peer: ServerId }
  /** Somebody wants another server to lead (D 3.10). */
  | { readonly kind: 'Transfer'; readonly to: ServerId }
  /** The settings in the context are not those that there were. */
  | { readonly kind: 'SettingsChanged'; readonly was: RaftSettings }

/** One transition of one server: changes `server` and tells `context.out` what follows and why. */
export function step(server: Server, input: Input, context: Context): void {
  switch (input.kind) {
    case 'Started':
      return onStart(server, context)
    case 'Restarted':
      recallTermAndVote(server, context)
      return onStart(server, context)
    case 'Message':
      return onMessage(server, input.message, context)
    case 'Tick':
      return onTick(server, context)
    case 'Written':
      return onWriteDone(server, input, context)
    case 'ElectionTimeout':
      return onElectionTimeout(server, context, true)
    case 'Heartbeat':
      if (server.role === 'leader') sendHeartbeats(server, server.peers, context)
      return
    case 'Retry': {
      const peer = peerOf(server, input.peer)
      if (peer !== undefined) retry(server, peer, context)
      return
    }
    case 'Transfer':
      return startTransfer(server, input.to, context)
    case 'SettingsChanged':
      return onSettingsChanged(server, input.was, context)
    default:
      unreachable(input)
  }
}

function onStart(server: Server, context: Context): void {
  // It cannot know whether it has just promised a leader its lease (D 6.4.1): it behaves as if it had.
  if (context.settings.reads === 'lease') server.heardAt = context.now
  setElectionTimer(server, context)
}

function onMessage(server: Server, message: ServerMessage, context: Context): void {
  if (message.kind === 'ClientRequest') {
    onClientRequest(server, message, context)
    return
  }
  if (message.kind !== 'RequestVote' || !disregards(server, message, context))
    adoptHigherTerm(server, message, context)
  onPeerMessage(server, message, context)
}

function onPeerMessage(server: Server, message: PeerMessage, context: Context): void {
  switch (message.kind) {
    case 'RequestVote':
      return onRequestVote(server, message, context)
    case 'RequestVoteReply':
      return onRequestVoteReply(server, message, context)
    case 'PreVote':
      return onPreVote(server, message, context)
    case 'PreVoteReply':
      return onPreVoteReply(server, message, context)
    case 'AppendEntries':
      return onAppendEntries(server, message, context)
    case 'AppendEntriesReply':
      return onAppendEntriesReply(server, message, context)
    case 'InstallSnapshot':
      return onInstallSnapshot(server, message, context)
    case 'InstallSnapshotReply':
      return onInstallSnapshotReply(server, message, context)
    case 'TimeoutNow':
      return onTimeoutNow(server, message, context)
    default:
      return unreachable(message)
  }
}

function onTick(server: Server, context: Context): void {
  const { now } = context
  if (server.compactDue <= now) {
    compact(server, context)
    return
  }
  if (server.electionDue <= now) {
    onElectionTimeout(server, context, false)
    return
  }
  if (server.role === 'follower') return
  if (server.role === 'leader') onLeadersTick(server, context)
  const quiet: Peer[] = []
  for (const peer of server.peers) {
    if (peer.heartbeatDue <= now) quiet.push(peer)
    else if (peer.retryDue <= now) retry(server, peer, context)
  }
  if (server.role === 'leader') sendHeartbeats(server, quiet, context)
}

/** A leader's other deadlines. The first may be its last. */
function onLeadersTick(server: Server, context: Context): void {
  const { now } = context
  if (server.quorumDue <= now) checkQuorum(server, context)
  else if (server.quorumDue === NEVER) setQuorumTimer(server, context) // the setting may have been turned on
  if (server.batchDue <= now) sendBatch(server, context)
  if (server.transfer !== null && server.transfer.due <= now) abandonTransfer(server, context)
  if (server.change !== null && server.change.due <= now) giveUpChange(server, context)
}

/** §5.1: an RPC that got no answer in time is sent again, for ever. */
function retry(server: Server, peer: Peer, context: Context): void {
  const { id: to } = peer
  const { id, currentTerm: term } = server
  switch (server.role) {
    case 'leader':
      if (peer.mode === 'snapshot') sendSnapshot(server, peer, 'Unanswered', context)
      else retryEntries(server, peer, context)
      return
    case 'candidate':
      askForVote(server, peer, context)
      context.out.fact({ kind: 'VoteRetried', server: id, rule: '§5.1', to, term })
      return
    case 'pre-candidate':
      askForPreVote(server, peer, context)
      context.out.fact({ kind: 'VoteRetried', server: id, rule: 'D 9.6', to, term })
      return
    case 'follower':
      return
    default:
      unreachable(server.role)
  }
}
