import type { ClientId, LogIndex, Micros, ServerId } from '../base/ids.ts'
import { breaks, tellBroken } from './broken-rules.ts'
import type { ReadFact } from './client-facts.ts'
import { quorumValue, votersOf } from './configuration.ts'
import type { Context } from './effects.ts'
import { hasCommittedOwn } from './membership.ts'
import type { ClientRequest } from './messages.ts'
import { isEnough, shortOf } from './quorum.ts'
import { sendHeartbeats } from './replication.ts'
import type { OtherQuorum } from './replication-facts.ts'
import { configuration, peerOf, type Server } from './server.ts'
import type { RaftSettings } from './settings.ts'
import { turnAway } from './turn-away.ts'

/** A get that is answered from the state machine, without an entry in the log (D 6.4). Never changed. */
export interface PendingRead {
  readonly client: ClientId
  readonly serial: number
  readonly key: string
  /** readIndex; `null` until the leader has committed an entry of its own term. */
  readonly index: LogIndex | null
  /** Only RPCs sent after this one confirm that the leader still leads. */
  readonly after: number
}

type Way = 'readIndex' | 'lease' | 'local'

/** §8, D 6.4: a get that does not go through the log. */
export function onRead(
  server: Server,
  { from: client, serial }: ClientRequest,
  key: string,
  way: Way,
  context: Context,
): void {
  const read: PendingRead = { client, serial, key, index: null, after: server.lastRpcId }
  if (way === 'local') return answer(server, read, { kind: 'local' }, context)
  // The client asks again: one answer is enough.
  server.reads = server.reads.filter((other) => other.client !== client || other.serial !== serial)
  if (!hasCommittedOwn(server) && !breaks(server, 'readBeforeOwnEntry', context)) {
    const { id, currentTerm: term } = server
    server.reads = [...server.reads, read]
    context.out.fact({ kind: 'ReadHeld', server: id, rule: 'D 6.4', client, key, term })
    return
  }
  if (way === 'lease') {
    const left = leaseLeft(server, context)
    if (left > 0) {
      if (!majorityLends(server, context)) tellBroken(server, 'countMinority', context)
      return answer(server, read, { kind: 'lease', left }, context)
    }
    context.out.fact({ kind: 'LeaseOver', server: server.id, rule: 'D 6.4.1', client, key })
  }
  server.reads = [...server.reads, startedAt(server, read, context)]
  askWhetherLeader(server, context)
}

/** D 6.4, steps 2 and 3: what is committed now, and the round of heartbeats that has to follow. */
function startedAt(server: Server, read: PendingRead, { out, settings }: Context): PendingRead {
  const { commitIndex: index, lastRpcId: after } = server
  const { client, key } = read
  const by = askedOf(server, settings)
  out.fact({ kind: 'ReadStarted', server: server.id, rule: 'D 6.4', client, key, index, ...by })
  return { ...read, index, after }
}

/** Who has to confirm that it leads, where a majority of one set is not what decides. */
function askedOf(server: Server, { countMinority }: RaftSettings): { readonly askedOf?: OtherQuorum } {
  const { voters, next } = configuration(server)
  if (countMinority && voters.length > 1) return { askedOf: 'Minority' }
  return next === null ? {} : { askedOf: 'Majorities' }
}

function askWhetherLeader(server: Server, context: Context): void {
  sendHeartbeats(server, server.peers, context)
  confirmReads(server, context) // a cluster of one server is its own majority
}

/** An entry of its own term is committed: now the leader knows all that is, and reads that waited can start (D 6.4, step 1). */
export function startHeldReads(server: Server, context: Context): void {
  if (!server.reads.some((read) => read.index === null)) return
  server.reads = server.reads.map((read) => (read.index === null ? startedAt(server, read, context) : read))
  askWhetherLeader(server, context)
}

/** D 6.4, steps 3 to 5: answers the reads for which a majority has confirmed, after they came, that it still leads. */
export function confirmReads(server: Server, context: Context): void {
  for (const read of server.reads) {
    if (read.index === null) continue
    const agrees = (id: ServerId) => id === server.id || (peerOf(server, id)?.ackedRpc ?? 0) > read.after
    if (!isEnough(server, agrees, context)) continue
    server.reads = server.reads.filter((other) => other !== read)
    const heard = votersOf(configuration(server)).filter((id) => id !== server.id && agrees(id))
    const unchecked = context.settings.ignoreTermsInReplies ? { unchecked: true as const } : {}
    answer(server, read, { kind: 'readIndex', heard, ...unchecked }, context)
  }
}

/**
 * D 6.4.1: how long nobody else can be leader. It runs from when the heartbeats were sent that a majority answered, for
 * the shortest election timeout, within which those who answered grant no vote. 0 if it is over.
 */
function leaseLeft(server: Server, { now, settings }: Context): Micros {
  return Math.max(0, leaseEnd(server, settings, now) - now) as Micros
}

/** D 6.4.1: whether the lease would hold if it took a majority to give it, as it should. */
const majorityLends = (server: Server, { now, settings }: Context): boolean =>
  leaseEnd(server, { ...settings, countMinority: false }, now) > now

/** When the lease ends unless more answers come, by the server's own clock; not after `now` if it is over. */
export function leaseEnd(server: Server, settings: RaftSettings, now: Micros): Micros {
  if (server.leaseOver) return now
  const { id } = server
  const sentAt = (one: ServerId) => (one === id ? now : (peerOf(server, one)?.ackedSentAt ?? 0))
  const since = quorumValue(configuration(server), sentAt, shortOf(settings))
  return since > 0 ? ((since + settings.electionTimeoutMin) as Micros) : now
}

/** D 6.4.1: who answered before this moment promised nothing, or less; only what is sent from now on makes a lease. */
export function forgetLease(server: Server, { now }: Context): void {
  if (server.role !== 'leader') server.heardAt = now
  for (const peer of server.peers) {
    peer.ackedSentAt = NOT_SENT
    peer.inFlight = peer.inFlight.map((sent) => ({ ...sent, sentAt: NOT_SENT }))
  }
}
const NOT_SENT = -1 as Micros

/** Everything committed is applied here at once, so what is applied is at least what is asked for. */
function answer(
  server: Server,
  { client, serial, key }: PendingRead,
  way: (ReadFact & { kind: 'ReadAnswered' })['way'],
  { out }: Context,
): void {
  const { id, lastApplied: index } = server
  const value = server.store.get(key) ?? null
  const rule = way.kind === 'lease' ? 'D 6.4.1' : 'D 6.4'
  out.fact({ kind: 'ReadAnswered', server: id, rule, client, key, value, index, way })
  const result = { kind: 'Found', value } as const
  out.send({ kind: 'ClientReply', from: id, to: client, leader: id, serial, result, upTo: index })
}

/** A leader that is one no more cannot answer: the clients ask elsewhere. */
export function dropReads(server: Server, context: Context): void {
  const { id, reads } = server
  if (reads.length === 0) return
  server.reads = []
  context.out.fact({ kind: 'ReadsDropped', server: id, rule: 'D 6.4', count: reads.length })
  for (const read of reads) turnAway(server, read, null, context)
}
