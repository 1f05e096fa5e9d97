import { assert } from '../base/assert.ts'
import { type Micros, micros, NEVER } from '../base/ids.ts'
import type { Context } from './effects.ts'
import type { VoteRefusal } from './facts.ts'
import { lastIndex, lastTerm } from './log.ts'
import type { RequestVote, RequestVoteReply } from './messages.ts'
import { becomeLeader } from './replication.ts'
import { freshPeer, majority, type Peer, peerOf, type Server } from './server.ts'
import { nextTerm, setElectionTimer } from './terms.ts'

/** Raft §5.2; Figure 2, "Rules for Servers: Candidates": a new term, a vote for oneself, and a call for the others'. */
export function startElection(server: Server, context: Context, forced: boolean): void {
  if (server.role === 'leader') {
    const { id, currentTerm } = server
    context.out.fact({ kind: 'LeaderHasNoElectionTimer', server: id, rule: '§5.2', term: currentTerm })
    return
  }
  const again = server.role === 'candidate'
  const waited = micros(Math.max(0, context.now - server.electionSetAt))
  server.role = 'candidate'
  server.currentTerm = nextTerm(server.currentTerm)
  server.votedFor = server.id
  server.leaderId = null
  server.peers = server.peers.map((peer) => freshPeer(peer.id, lastIndex(server.log)))
  context.out.persist(server)
  setElectionTimer(server, context)
  const { id, currentTerm: term } = server
  context.out.fact({ kind: 'BecameCandidate', server: id, rule: '§5.2', term, again, waited, forced })
  for (const peer of server.peers) askForVote(server, peer, context)
  becomeLeaderOnMajority(server, context)
}

/** Also used to ask again where no answer came: RPCs are retried for ever (§5.1). */
export function askForVote(server: Server, peer: Peer, context: Context): void {
  assert(server.role === 'candidate', 'only a candidate asks for votes')
  peer.retryDue = (context.now + context.settings.rpcTimeout) as Micros
  context.out.send({
    kind: 'RequestVote',
    from: server.id,
    to: peer.id,
    leader: server.leaderId,
    term: server.currentTerm,
    candidateId: server.id,
    lastLogIndex: lastIndex(server.log),
    lastLogTerm: lastTerm(server.log),
  })
}

/** Raft §5.2, §5.4.1; Figure 2, "RequestVote RPC". Any higher term has been adopted already. */
export function onRequestVote(server: Server, request: RequestVote, context: Context): void {
  assert(request.term <= server.currentTerm, 'higher terms are adopted before dispatch')
  const { out } = context
  const { candidateId: candidate, term } = request
  const why = reasonToRefuse(server, request)
  if (why === null) {
    const again = server.votedFor === candidate
    server.votedFor = candidate
    out.persist(server)
    setElectionTimer(server, context)
    out.fact({ kind: 'VoteGranted', server: server.id, rule: '§5.2', candidate, term, again })
  } else {
    out.fact({ kind: 'VoteRefused', server: server.id, rule: ruleOf(why), candidate, term, why })
  }
  out.send({
    kind: 'RequestVoteReply',
    from: server.id,
    to: request.from,
    leader: server.leaderId,
    term: server.currentTerm,
    voteGranted: why === null,
    requestTerm: term,
  })
}

/** Why this server may not vote for that candidate; `null` if it may. */
export function reasonToRefuse(server: Server, request: RequestVote): VoteRefusal | null {
  if (request.term < server.currentTerm) return { kind: 'StaleTerm', mine: server.currentTerm }
  if (server.votedFor !== null && server.votedFor !== request.candidateId)
    return { kind: 'AlreadyVoted', votedFor: server.votedFor }
  const mine = { index: lastIndex(server.log), term: lastTerm(server.log) }
  const theirs = { index: request.lastLogIndex, term: request.lastLogTerm }
  // §5.4.1: the later last term is the more up-to-date; on equal terms, the longer log.
  const behind = theirs.term < mine.term || (theirs.term === mine.term && theirs.index < mine.index)
  return behind ? { kind: 'LogBehind', mine, theirs } : null
}

function ruleOf(why: VoteRefusal): '§5.1' | '§5.2' | '§5.4.1' {
  if (why.kind === 'LogBehind') return '§5.4.1'
  return why.kind === 'StaleTerm' ? '§5.1' : '§5.2'
}

/** Raft §5.2: each voter counts once, and only in the election that it voted in. */
export function onRequestVoteReply(server: Server, reply: RequestVoteReply, context: Context): void {
  const { out } = context
  const { id, currentTerm: term } = server
  const voter = reply.from
  const peer = peerOf(server, voter)
  const ignored = reasonToIgnore(server, reply, peer)
  if (ignored !== null || peer === undefined) {
    const why = ignored ?? 'OldElection'
    out.fact({ kind: 'VoteReplyIgnored', server: id, rule: '§5.2', voter, granted: reply.voteGranted, why })
    return
  }
  peer.retryDue = NEVER
  peer.vote = reply.voteGranted ? 'granted' : 'refused'
  if (!reply.voteGranted) {
    out.fact({ kind: 'VoteDenied', server: id, rule: '§5.2', voter, term })
    return
  }
  const votes = votesOf(server)
  out.fact({ kind: 'VoteCounted', server: id, rule: '§5.2', voter, term, votes, needed: majority(server) })
  becomeLeaderOnMajority(server, context)
}

function reasonToIgnore(
  server: Server,
  reply: RequestVoteReply,
  peer: Peer | undefined,
): 'OldElection' | 'NotCandidate' | 'CountedBefore' | null {
  if (reply.requestTerm !== server.currentTerm || reply.term < server.currentTerm) return 'OldElection'
  if (server.role !== 'candidate') return 'NotCandidate'
  return peer?.vote === 'granted' || (peer?.vote === 'refused' && !reply.voteGranted) ? 'CountedBefore' : null
}

/** Its own vote and those of the others that granted theirs. */
function votesOf(server: Server): number {
  let votes = 1
  for (const peer of server.peers) if (peer.vote === 'granted') votes++
  return votes
}

function becomeLeaderOnMajority(server: Server, context: Context): void {
  if (votesOf(server) >= majority(server)) becomeLeader(server, context)
}
