import { unreachable } from '../base/assert.ts'
import { nameOf, type ServerId } from '../base/ids.ts'
import type { ElectionFact, Tally, VoteRefusal } from '../raft/election-facts.ts'
import type { RaftFact } from '../raft/facts.ts'
import type { BreakableRule } from '../raft/settings.ts'
import { messageText } from './messages.ts'
import { ms, names, of, type Sentence, say, strong } from './sentence.ts'

type Told = RaftFact & ElectionFact
type Of<Kind extends Told['kind']> = Told & { kind: Kind }

/** §5.1, §5.2 and §5.4.1: terms, candidates, votes and leaders. */
export function tellElection(fact: Told): Sentence {
  const { server, rule } = fact
  switch (fact.kind) {
    case 'BecameCandidate':
      return tellCandidate(fact)
    case 'LeaderHasNoElectionTimer':
      return say(server, 'beat', rule, strong('has no election timer'), `: it leads term ${fact.term}`)
    case 'VoteRetried':
      return say(server, 'quiet', rule, `asked ${nameOf(fact.to)} again ${askedFor(fact)}: no answer yet`)
    case 'VoteGranted':
      return tellGrant(fact)
    case 'VoteRefused': {
      const refused = strong(`refused ${of(fact.candidate)} vote request`)
      return say(server, 'beat', rule, refused, `: ${whyRefused(fact.why, fact)}`)
    }
    case 'VoteCounted': {
      return say(server, 'minor', rule, `counted ${of(fact.voter)} vote: ${tallied(fact)}`)
    }
    case 'OwnVoteWritten':
      return say(server, 'minor', rule, `counted its own vote, now on its disk: ${tallied(fact)}`)
    case 'VoteDenied':
      return say(server, 'minor', rule, `did not get ${of(fact.voter)} vote in term ${fact.term}`)
    case 'VoteReplyIgnored':
      return tellIgnored(fact)
    case 'BecameLeader':
      return tellLeader(fact)
    case 'TermAdopted':
      return tellTerm(fact)
    case 'YieldedToLeader': {
      // It had only asked whether it could win: nothing of that remains.
      if (rule === 'D 9.6')
        return say(
          server,
          'beat',
          rule,
          strong('asks no more'),
          `: ${nameOf(fact.leader)} leads term ${fact.term}`,
        )
      const why = `: ${nameOf(fact.leader)} was elected leader of the same term ${fact.term}`
      return say(server, 'beat', rule, strong(`yielded to ${nameOf(fact.leader)}`), why)
    }
    default:
      return unreachable(fact)
  }
}

/** D 9.6: before it stands, a server asks for no vote. */
const askedFor = ({ rule }: Of<'VoteRetried'>): string =>
  rule === 'D 9.6' ? 'whether it would vote for it' : 'for its vote'

function tellCandidate(fact: Of<'BecameCandidate'>): Sentence {
  const { server, rule, term, again } = fact
  const became = strong(again ? `became candidate again, term ${term}` : `became candidate, term ${term}`)
  return say(server, 'beat', rule, became, `: ${whyCandidate(fact)}`)
}

function whyCandidate({ why, term, again, waited }: Of<'BecameCandidate'>): string {
  switch (why) {
    case 'TimedOut':
      return again
        ? `no majority in term ${term - 1} within ${ms(waited)}`
        : `its election timer ran out after ${ms(waited)}`
    case 'Forced':
      return 'its election timer was made to run out'
    case 'PreVotes':
      return 'a majority would vote for it'
    case 'FewPreVotes':
      return 'a minority would vote for it, which it takes as enough'
    case 'Transfer':
      return 'the leader hands over to it'
    default:
      return unreachable(why)
  }
}

function tellGrant({ server, rule, candidate, term, again, broke }: Of<'VoteGranted'>): Sentence {
  if (again) {
    return say(server, 'quiet', rule, `gave ${nameOf(candidate)} the same vote for term ${term} once more`)
  }
  const free = broke?.includes('voteTwice') ? [] : ['its vote was free']
  const why = [...free, ...whyTheLog(candidate, broke)]
  const because = why.length === 0 ? '' : `: ${why.join(', and ')}`
  return say(server, 'beat', rule, strong(`voted for ${nameOf(candidate)} in term ${term}`), because)
}

/** §5.4.1: what speaks for the candidate's log, unless it gets the vote though that is behind. */
export const whyTheLog = (candidate: ServerId, broke: readonly BreakableRule[] = []): readonly string[] =>
  broke.some((rule) => rule !== 'voteTwice') ? [] : [`${of(candidate)} log is no older than its own`]

export function whyRefused(
  why: VoteRefusal,
  { server, candidate, term }: Pick<Of<'VoteRefused'>, 'server' | 'candidate' | 'term'>,
): string {
  switch (why.kind) {
    case 'StaleTerm':
      return `term ${term} is over, its own is ${why.mine}`
    case 'HearsLeader':
      if (why.leader === server) return 'it leads itself'
      return `it has lately heard from ${why.leader === null ? 'a leader' : `the leader ${nameOf(why.leader)}`}`
    case 'AlreadyVoted': {
      const whom = why.votedFor === server ? 'itself' : nameOf(why.votedFor)
      return `its one vote in term ${term} went to ${whom}`
    }
    case 'LogBehind': {
      const { mine, theirs } = why
      if (theirs.index === 0)
        return `its own log has ${mine.index === 1 ? 'an entry' : 'entries'}, ${of(candidate)} is empty`
      return mine.term === theirs.term
        ? `its own log is longer (entry ${mine.index} beats entry ${theirs.index}, both of term ${mine.term})`
        : `its own log is newer (term ${mine.term} beats term ${theirs.term})`
    }
    default:
      return unreachable(why)
  }
}

/** In joint mode both sets of voters must agree (§6). */
export function tallied({ votes, needed, joint }: Tally): string {
  const old = `${votes} of the ${needed} it needs`
  return joint === null ? old : `${old} of the old members, ${joint.votes} of ${joint.needed} of the new`
}

function tellIgnored({ server, rule, voter, granted, why }: Of<'VoteReplyIgnored'>): Sentence {
  // D 9.6: what answers a PreVote is never a vote.
  const answer = rule === 'D 9.6' ? 'answer' : granted ? 'vote' : 'refusal'
  const what = `ignored ${of(voter)} ${answer}`
  switch (why) {
    case 'OldElection':
      return say(server, 'quiet', rule, `${what}: it belongs to an earlier term`)
    case 'NotCandidate':
      return say(server, 'quiet', rule, `${what}: the election is decided`)
    case 'CountedBefore':
      return say(server, 'quiet', rule, `${what}: it has counted that answer before`)
    default:
      return unreachable(why)
  }
}

function tellLeader({ server, rule, term, voters, servers }: Of<'BecameLeader'>): Sentence {
  const others = voters.filter((voter) => voter !== server)
  const votes = others.length === 0 ? 'its own vote' : `votes from ${names(others)}`
  const elected = strong(`was elected leader of term ${term}`)
  return say(server, 'beat', rule, elected, ` with ${votes} (${voters.length} of ${servers})`)
}

function tellTerm({ server, rule, was, term, role, from, message }: Of<'TermAdopted'>): Sentence {
  const why = `: ${of(from)} ${messageText(message)} carried term ${term}, above its own ${was}`
  switch (role) {
    case 'leader':
      return say(server, 'beat', rule, strong('stepped down'), why)
    case 'candidate':
      return say(server, 'beat', rule, strong('gave up its candidacy'), why)
    case 'pre-candidate':
    case 'follower':
      return say(server, 'minor', rule, strong(`moved to term ${term}`), why)
    default:
      return unreachable(role)
  }
}
