import { unreachable } from '../base/assert.ts'
import { nameOf } from '../base/ids.ts'
import type { PreVoteFact, RaftFact, StandingFact } from '../raft/facts.ts'
import { ms, names, of, say, strong } from './sentence.ts'
import type { Sentence } from './tell.ts'
import { tallied, whyRefused } from './tell-election.ts'

/** D 9.6: asking before standing; and who steps down or does not stand, by itself (D 6.2, §6). */
export function tellPreVote(fact: RaftFact & (PreVoteFact | StandingFact)): Sentence {
  const { server, rule } = fact
  switch (fact.kind) {
    case 'PreVoteStarted': {
      const { term, waited, forced } = fact
      const why = forced
        ? 'its election timer was made to run out'
        : `it heard from no leader for ${ms(waited)}`
      return say(server, 'beat', rule, strong(`asks who would elect it in term ${term}`), `: ${why}`)
    }
    case 'PreVoteGranted': {
      const granted = strong(`would vote for ${nameOf(fact.candidate)} in term ${fact.term}`)
      return say(server, 'minor', rule, granted, ': it promises nothing')
    }
    case 'PreVoteRefused':
      return say(
        server,
        'beat',
        rule,
        strong(`would not vote for ${nameOf(fact.candidate)}`),
        `: ${whyRefused(fact.why, fact)}`,
      )
    case 'PreVoteCounted':
      return say(server, 'minor', rule, `counts on ${of(fact.voter)} vote to stand: ${tallied(fact)}`)
    case 'PreVoteDenied':
      return say(server, 'minor', rule, `would not get ${of(fact.voter)} vote in term ${fact.term}`)
    case 'SteppedDown':
      return say(server, 'beat', rule, strong('stepped down'), `: ${whySteppedDown(fact.why)}`)
    case 'NotStanding': {
      const why = fact.why === 'NotAMember' ? 'it is no member any more' : 'it knows of no cluster yet'
      return say(server, 'minor', rule, strong('does not stand for election'), `: ${why}`)
    }
    default:
      return unreachable(fact)
  }
}

function whySteppedDown(why: (StandingFact & { kind: 'SteppedDown' })['why']): string {
  switch (why.kind) {
    case 'NoQuorum': {
      const heard = why.heard.length === 0 ? 'nobody answered' : `only ${names(why.heard)} answered`
      return `${heard} within an election timeout, which makes no majority`
    }
    case 'Removed':
      return 'it is not in the configuration that is committed now'
    default:
      return unreachable(why)
  }
}
