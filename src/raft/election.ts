import { assert } from '../base/assert.ts'
import { type Micros, micros, NEVER, type ServerId } from '../base/ids.ts'
import { asTold, type Ballot, refuse, weigh } from './ballot.ts'
import { breaks } from './broken-rules.ts'
import { disregards, mayHaveLent, protectsLeader } from './check-quorum.ts'
import { neededOf } from './configuration.ts'
import type { Context } from './effects.ts'
import type { Tally, VoteRefusal, WhyCandidate } from './election-facts.ts'
import { becomeLeader } from './leadership.ts'
import { lastIndex, lastTerm } from './log.ts'
import { whyNotStanding } from './membership.ts'
import type { RequestVote, RequestVoteReply } from './messages.ts'
import { startPreVote } from './pre-vote.ts'
import { isEnough, shortOf } from './quorum.ts'
import { configuration, NO_VOTES, type Peer, peerOf, renewPeers, type Server } from './server.ts'
import { nextTerm, setElectionTimer } from './terms.ts'

/** Raft §5.2: the election timer has run out. `forced`: somebody made it. */
export function onElectionTimeout(server: Server, context: Context, forced: boolean): void {
  const { id, currentTerm: term } = server
  const obstacle = whyNotStanding(server)
  if (server.role === 'leader') {
    context.out.fact({ kind: 'LeaderHasNoElectionTimer', server: id, rule: '§5.2', term })
  } else if (obstacle !== null) {
    server.electionDue = NEVER
    context.out.fact({ kind: 'NotStanding', server: id, rule: 'D 4.2.2', why: obstacle })
  } else if (forced && mayHaveLent(server, context)) {
    context.out.fact({ kind: 'NotStanding', server: id, rule: 'D 6.4.1', why: 'Lends' })
  } else if (context.settings.preVote) startPreVote(server, context, forced)
  else startElection(server, context, forced ? 'Forced' : 'TimedOut')
}

/** Raft §5.2; Figure 2, "Rules for Servers: Candidates": a new term, a vote for oneself, and a call for the others'. */
export function startElection(server: Server, context: Context, why: WhyCandidate): void {
  const again = server.role === 'candidate'
  const old = oldVotes(server)
  const waited = micros(Math.max(0, context.now - server.electionSetAt))
  server.role = 'candidate'
  server.byTransfer = why === 'Transfer'
  server.currentTerm = nextTerm(server.currentTerm)
  server.votedFor = server.id
  server.leaderId = null
  startCount(server, old, context)
  context.out.persist(server)
  setElectionTimer(server, context)
  const { id, currentTerm: term } = server
  context.out.fact({ kind: 'BecameCandidate', server: id, rule: '§5.2', term, again, waited, why })
  for (const peer of server.peers) askForVote(server, peer, context)
  becomeLeaderOnMajority(server, context)
}

/** §5.2: each election is counted from nothing. A vote is for one term. */
function startCount(server: Server, old: readonly ServerId[], context: Context): void {
  renewPeers(server)
  server.oldVotes = NO_VOTES
  if (old.length === 0 || !breaks(server, 'keepOldVotes', context)) return
  for (const peer of server.peers) if (old.includes(peer.id)) peer.vote = 'granted'
}

/** Who voted for it when it last stood, if it is about to stand again: at once, or after asking (D 9.6). */
export function oldVotes({ role, peers, oldVotes: kept }: Server): readonly ServerId[] {
  if (role === 'pre-candidate') return kept
  if (role !== 'candidate') return NO_VOTES
  return peers.filter(({ vote }) => vote === 'granted').map(({ id }) => id)
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
    transfer: server.byTransfer,
  })
}

/** Raft §5.2, §5.4.1; Figure 2, "RequestVote RPC". Any higher term has been adopted already, or is disregarded. */
export function onRequestVote(server: Server, request: RequestVote, context: Context): void {
  const { out } = context
  const { candidateId: candidate, term } = request
  const ballot = ballotFor(server, request, context)
  const { why } = ballot
  if (why === null) {
    const again = server.votedFor === candidate
    server.votedFor = candidate
    out.persist(server)
    // It waits for that candidate now; answers to its own question come too late.
    if (server.role === 'pre-candidate') server.role = 'follower'
    setElectionTimer(server, context)
    const broke = asTold(ballot)
    out.fact({ kind: 'VoteGranted', server: server.id, rule: '§5.2', candidate, term, again, ...broke })
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

function ballotFor(server: Server, request: RequestVote, context: Context): Ballot {
  const { currentTerm, votedFor, leaderId } = server
  if (disregards(server, request, context)) return refuse({ kind: 'HearsLeader', leader: leaderId })
  assert(request.term <= currentTerm, 'higher terms are adopted before dispatch')
  if (request.term < currentTerm) return refuse({ kind: 'StaleTerm', mine: currentTerm })
  return weigh(server, request, votedFor === request.candidateId ? null : votedFor, context)
}

function ruleOf(why: VoteRefusal): '§5.1' | '§5.2' | '§5.4.1' | 'D 4.2.3' {
  if (why.kind === 'HearsLeader') return 'D 4.2.3'
  if (why.kind === 'LogBehind') return '§5.4.1'
  return why.kind === 'StaleTerm' ? '§5.1' : '§5.2'
}

/** Raft §5.2: each voter counts once, and only in the election that it voted in. */
export function onRequestVoteReply(server: Server, reply: RequestVoteReply, context: Context): void {
  const { out } = context
  const { id, currentTerm: term } = server
  const voter = reply.from
  const peer = peerOf(server, voter)
  const ignored = reasonToIgnore(server, reply, peer, context)
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
  out.fact({ kind: 'VoteCounted', server: id, rule: '§5.2', voter, term, ...tallyOf(server, context) })
  becomeLeaderOnMajority(server, context)
}

function reasonToIgnore(
  server: Server,
  reply: RequestVoteReply,
  peer: Peer | undefined,
  { settings }: Context,
): 'OldElection' | 'NotCandidate' | 'CountedBefore' | null {
  if (reply.requestTerm !== server.currentTerm) return 'OldElection'
  // Only a server that disregarded the request stays in its earlier term (D 4.2.3), and it grants nothing.
  if (reply.term < server.currentTerm && (reply.voteGranted || !protectsLeader(settings)))
    return 'OldElection'
  if (server.role !== 'candidate') return 'NotCandidate'
  return peer?.vote === 'granted' || (peer?.vote === 'refused' && !reply.voteGranted) ? 'CountedBefore' : null
}

/** Who has granted this candidate a vote: itself, once that is on its disk, and those of the others that did. */
function grants(server: Server, id: ServerId): boolean {
  if (id !== server.id) return peerOf(server, id)?.vote === 'granted'
  return server.role !== 'candidate' || server.durableTerm === server.currentTerm
}

/** The votes so far and those that are needed, in each set of voters. */
export function tallyOf(server: Server, { settings }: Context): Tally {
  const { voters, next } = configuration(server)
  const count = (set: readonly ServerId[]) => set.filter((id) => grants(server, id)).length
  const needed = (set: readonly ServerId[]) => neededOf(set, shortOf(settings))
  const joint = next === null ? null : { votes: count(next), needed: needed(next) }
  return { votes: count(voters), needed: needed(voters), joint }
}

/** Figure 2 wants a vote on the disk before it is given; that holds for a candidate's own, too. */
export function countOwnVote(server: Server, context: Context): void {
  const { id, role, currentTerm: term, durableTerm } = server
  if (role !== 'candidate' || durableTerm !== term) return
  context.out.fact({ kind: 'OwnVoteWritten', server: id, rule: '§5.2', term, ...tallyOf(server, context) })
  becomeLeaderOnMajority(server, context)
}

function becomeLeaderOnMajority(server: Server, context: Context): void {
  if (isEnough(server, (id) => grants(server, id), context)) becomeLeader(server, context)
}
