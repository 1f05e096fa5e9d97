import { type LogIndex, logIndex, type Micros } from '../base/ids.ts'
import type { Context } from './effects.ts'
import type { PerformanceFact } from './replication-facts.ts'
import { NONE_IN_FLIGHT, type Peer, type Server } from './server.ts'

/**
 * D 10.2.2: AppendEntries that follow each other without waiting. While it is not known how far a follower's log
 * agrees, a leader probes with one message at a time; then it replicates: nextIndex runs ahead of the answers, with at
 * most `pipeline` messages on their way. A refusal or a silence goes back to probing. At 0 none of this is done.
 */

/** How many unanswered messages are remembered of each follower: of one that is silent, the latest. */
const REMEMBERED = 64

type WhyMode = (PerformanceFact & { kind: 'ModeChanged' })['why']

/** Whether another AppendEntries with entries may go to this follower now. */
export function hasRoom(peer: Peer, { settings: { pipeline } }: Context): boolean {
  if (pipeline === 0) return true
  let withEntries = 0
  for (const { last } of peer.inFlight) if (last > 0) withEntries++
  return withEntries < (peer.mode === 'replicate' ? pipeline : 1)
}

/** Notes a message to a follower, where the settings need to know what is on its way, or since when. */
export function remember(server: Server, peer: Peer, last: LogIndex, { now, settings }: Context): void {
  if (settings.pipeline === 0 && settings.reads !== 'lease') return
  const sent = { rpcId: server.lastRpcId, sentAt: now, last }
  peer.inFlight = [...peer.inFlight.slice(1 - REMEMBERED), sent]
}

/** A follower has answered an RPC of this term, whatever the answer: it still took this server for its leader. */
export function acknowledge(peer: Peer, rpcId: number, { now }: Context): void {
  peer.heardAt = now
  if (rpcId <= peer.ackedRpc) return
  peer.ackedRpc = rpcId
  for (const sent of peer.inFlight) if (sent.rpcId === rpcId) peer.ackedSentAt = sent.sentAt
  // Heartbeats older than that are not waited for; entries are, until they are known to match.
  if (peer.inFlight.length > 0)
    peer.inFlight = peer.inFlight.filter((sent) => sent.last > 0 || sent.rpcId > rpcId)
}

/** Entries up to `vouched` agree: the messages with them have done their work, and the follower's place may be known. */
export function onMatched(server: Server, peer: Peer, vouched: LogIndex, context: Context): void {
  const waiting = peer.inFlight.length
  if (waiting > 0) peer.inFlight = peer.inFlight.filter(({ last }) => last === 0 || last > vouched)
  const { pipeline, rpcTimeout } = context.settings
  if (pipeline === 0 || peer.mode === 'snapshot') return
  // The answer to a heartbeat is no reason to wait any longer for that to lost entries.
  const hasMoved = peer.inFlight.length < waiting
  if (hasMoved && awaitsMore(peer, vouched)) peer.retryDue = (context.now + rpcTimeout) as Micros
  const isPlaceKnown = vouched >= peer.nextIndex - 1
  if (peer.mode === 'probe' && isPlaceKnown) changeMode(server, peer, 'replicate', 'Matched', context)
}

/** Whether there is something to wait for besides an answer that vouches for the entries up to there. */
export const awaitsMore = ({ mode, inFlight }: Peer, vouched: LogIndex): boolean =>
  mode === 'snapshot' || inFlight.some(({ last }) => last > vouched)

/** What went out in advance was in vain: back to what is known to match. */
export function onMismatch(server: Server, peer: Peer, why: WhyMode, context: Context): void {
  if (peer.mode === 'replicate') {
    peer.nextIndex = logIndex(peer.matchIndex + 1)
    changeMode(server, peer, 'probe', why, context)
  }
  forgetInFlight(peer)
}

/** From now on nextIndex moves on answers only, as without a pipeline. */
export function stopPipelining(server: Server, peer: Peer, context: Context): void {
  if (peer.mode === 'replicate') onMismatch(server, peer, 'TurnedOff', context)
}

export function forgetInFlight(peer: Peer): void {
  peer.inFlight = NONE_IN_FLIGHT
}

function changeMode(
  server: Server,
  peer: Peer,
  mode: 'probe' | 'replicate',
  why: WhyMode,
  { out }: Context,
): void {
  peer.mode = mode
  out.fact({ kind: 'ModeChanged', server: server.id, rule: 'D 10.2.2', follower: peer.id, mode, why })
}
