import { assert } from '../base/assert.ts'
import { type Micros, micros, NEVER } from '../base/ids.ts'
import { asTold, type Ballot, refuse, weigh } from './ballot.ts'
import { hearsLeader } from './check-quorum.ts'
import { hasQuorum } from './configuration.ts'
import type { Context } from './effects.ts'
import { oldVotes, startElection, tallyOf } from './election.ts'
import { lastIndex, lastTerm } from './log.ts'
import type { PreVote, PreVoteReply } from './messages.ts'
import { isEnough } from './quorum.ts'
import { configuration, NO_VOTES, type Peer, peerOf, renewPeers, type Server } from './server.ts'
import { nextTerm, setElectionTimer } from './terms.ts'

/** D 9.6: before a server raises its term, it asks whether it could win. Nothing durable changes. */
export function startPreVote(server: Server, context: Context, forced: boolean): void {
  const again = server.role === 'pre-candidate'
  const waited = micros(Math.max(0, context.now - server.electionSetAt))
  server.oldVotes = context.settings.keepOldVotes ? oldVotes(server) : NO_VOTES
  server.role = 'pre-candidate'
  server.leaderId = null
  renewPeers(server)
  setElectionTimer(server, context)
  const { id, currentTerm } = server
  const term = nextTerm(currentTerm)
  context.out.fact({ kind: 'PreVoteStarted', server: id, rule: 'D 9.6', term, again, waited, forced })
  for (const peer of server.peers) askForPreVote(server, peer, context)
  standOnMajority(server, context)
}

/** Also used to ask again where no answer came. */
export function askForPreVote(server: Server, peer: Peer, context: Context): void {
  assert(server.role === 'pre-candidate', 'only a pre-candidate asks')
  peer.retryDue = (context.now + context.settings.rpcTimeout) as Micros
  context.out.send({
    kind: 'PreVote',
    from: server.id,
    to: peer.id,
    leader: server.leaderId,
    term: nextTerm(server.currentTerm),
    candidateId: server.id,
    lastLogIndex: lastIndex(server.log),
    lastLogTerm: lastTerm(server.log),
  })
}

/** D 9.6: the answer promises nothing: neither term nor vote nor timer of this server change. */
export function onPreVote(server: Server, request: PreVote, context: Context): void {
  const { candidateId: candidate, term } = request
  const ballot = ballotFor(server, request, context)
  const { why } = ballot
  const { id, currentTerm } = server
  const about = { server: id, rule: 'D 9.6', candidate, term } as const
  if (why === null) context.out.fact({ kind: 'PreVoteGranted', ...about, ...asTold(ballot) })
  else context.out.fact({ kind: 'PreVoteRefused', ...about, why })
  context.out.send({
    kind: 'PreVoteReply',
    from: id,
    to: request.from,
    leader: server.leaderId,
    term: currentTerm,
    voteGranted: why === null,
    requestTerm: term,
  })
}

/** What would come of a request for a vote in that term. */
function ballotFor(server: Server, request: PreVote, context: Context): Ballot {
  const { currentTerm, votedFor, leaderId } = server
  if (request.term < currentTerm) return refuse({ kind: 'StaleTerm', mine: currentTerm })
  if (hearsLeader(server, context)) return refuse({ kind: 'HearsLeader', leader: leaderId })
  const isTaken = request.term === currentTerm && votedFor !== request.candidateId
  return weigh(server, request, isTaken ? votedFor : null, context)
}

/** D 9.6: with a majority that would vote for it, the server stands. These answers are never votes. */
export function onPreVoteReply(server: Server, reply: PreVoteReply, context: Context): void {
  const { out } = context
  const { id } = server
  const { from: voter, voteGranted: granted, requestTerm: term } = reply
  const peer = peerOf(server, voter)
  const stale = server.role !== 'pre-candidate' || term !== nextTerm(server.currentTerm)
  if (stale || peer === undefined || peer.vote === 'granted') {
    const why = stale || peer === undefined ? 'OldElection' : 'CountedBefore'
    out.fact({ kind: 'VoteReplyIgnored', server: id, rule: 'D 9.6', voter, granted, why })
    return
  }
  peer.retryDue = NEVER
  peer.vote = granted ? 'granted' : 'refused'
  if (!granted) {
    out.fact({ kind: 'PreVoteDenied', server: id, rule: 'D 9.6', voter, term })
    return
  }
  out.fact({ kind: 'PreVoteCounted', server: id, rule: 'D 9.6', voter, term, ...tallyOf(server, context) })
  standOnMajority(server, context)
}

function standOnMajority(server: Server, context: Context): void {
  const { id } = server
  const agrees = (one: Server['id']) => one === id || peerOf(server, one)?.vote === 'granted'
  if (!isEnough(server, agrees, context)) return
  startElection(server, context, hasQuorum(configuration(server), agrees) ? 'PreVotes' : 'FewPreVotes')
}
