import type { Micros, ServerId } from '../base/ids.ts'
import { isVoter } from './configuration.ts'
import type { Context } from './effects.ts'
import { startElection } from './election.ts'
import { whyNotStanding } from './membership.ts'
import type { TransferFact } from './membership-facts.ts'
import type { TimeoutNow } from './messages.ts'
import { sendEntries } from './replication.ts'
import { configuration, type Peer, peerOf, type Server } from './server.ts'

/** D 3.10: a leader is asked to hand its office to another server. Until then it takes no new commands. */
export function startTransfer(server: Server, to: ServerId, context: Context): void {
  const { now, settings, out } = context
  const { id } = server
  const why = reasonToRefuse(server, to)
  const peer = peerOf(server, to)
  if (why !== null || peer === undefined) {
    out.fact({ kind: 'TransferRefused', server: id, rule: 'D 3.10', to, why: why ?? 'NotAVoter' })
    return
  }
  server.transfer = { to, due: (now + settings.electionTimeoutMax) as Micros, told: false }
  // D 6.4.1: the election that follows asks nobody to wait, so the lease is no protection any more in this term.
  server.leaseOver = true
  const behind = peer.matchIndex < server.log.length
  out.fact({ kind: 'TransferStarted', server: id, rule: 'D 3.10', to, behind })
  if (!behind) continueTransfer(server, peer, context)
  else if (peer.nextIndex <= server.log.length) sendEntries(server, peer, 'StillBehind', context)
}

function reasonToRefuse(
  server: Server,
  to: ServerId,
): (TransferFact & { kind: 'TransferRefused' })['why'] | null {
  if (server.role !== 'leader') return 'NotLeader'
  if (to === server.id) return 'Itself'
  if (!isVoter(configuration(server), to)) return 'NotAVoter'
  return server.transfer === null ? null : 'UnderWay'
}

/** D 3.10: once the target has the whole log, it is told to stand at once; it cannot but win then. */
export function continueTransfer(server: Server, { id: to, matchIndex }: Peer, { out }: Context): void {
  const { transfer, id, currentTerm: term, log } = server
  if (transfer === null || transfer.told || transfer.to !== to || matchIndex < log.length) return
  server.transfer = { ...transfer, told: true }
  out.fact({ kind: 'TimeoutNowSent', server: id, rule: 'D 3.10', to })
  out.send({ kind: 'TimeoutNow', from: id, to, leader: id, term })
}

/** D 3.10: after an election timeout the leader takes commands again. */
export function abandonTransfer(server: Server, { out }: Context): void {
  const { transfer, id } = server
  if (transfer === null) return
  server.transfer = null
  out.fact({ kind: 'TransferAbandoned', server: id, rule: 'D 3.10', to: transfer.to })
}

/** D 3.10: as if the election timer had run out; PreVote would only ask what the leader knows. */
export function onTimeoutNow(server: Server, message: TimeoutNow, context: Context): void {
  const { from: leader } = message
  const why = reasonToIgnore(server, message)
  const { id } = server
  if (why !== null) {
    context.out.fact({ kind: 'TimeoutNowIgnored', server: id, rule: 'D 3.10', leader, why })
    return
  }
  context.out.fact({ kind: 'TimeoutNowTaken', server: id, rule: 'D 3.10', leader })
  startElection(server, context, 'Transfer')
}

function reasonToIgnore(
  server: Server,
  { term }: TimeoutNow,
): (TransferFact & { kind: 'TimeoutNowIgnored' })['why'] | null {
  if (term < server.currentTerm) return 'StaleTerm'
  if (server.role === 'leader') return 'Leader'
  return whyNotStanding(server) === null ? null : 'NotAMember'
}
