import { unreachable } from '../base/assert.ts'
import { nameOf } from '../base/ids.ts'
import type { PreVoteFact, StandingFact } from '../raft/election-facts.ts'
import type { RaftFact } from '../raft/facts.ts'
import { ms, names, of, type Sentence, say, strong } from './sentence.ts'
import { tallied, whyRefused, whyTheLog } from './tell-election.ts'

/** D 9.6: asking before standing; and who steps down or does not stand, by itself (D 6.2, §6). */
export function tellPreVote(fact: RaftFact & (PreVoteFact | StandingFact)): Sentence {
  const { server, rule } = fact
  switch (fact.kind) {
    case 'PreVoteStarted': {
      const { term, again } = fact
      const asks = strong(`asks${again ? ' again' : ''} whether it could win term ${term}`)
      return say(server, 'beat', rule, asks, `: ${whyAsking(fact)}`)
    }
    case 'PreVoteGranted': {
      const { candidate, term, broke } = fact
      const granted = strong(`would vote for ${nameOf(candidate)} in term ${term}`)
      const why = ['it hears no leader', ...whyTheLog(candidate, broke)].join(', and ')
      return say(server, 'minor', rule, granted, `: ${why}`)
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
      return say(server, 'minor', rule, `can count on ${of(fact.voter)} vote: ${tallied(fact)}`)
    case 'PreVoteDenied':
      return say(server, 'minor', rule, `cannot count on ${of(fact.voter)} vote in term ${fact.term}`)
    case 'SteppedDown':
      return say(server, 'beat', rule, strong('stepped down'), `: ${whySteppedDown(fact.why)}`)
    case 'NotStanding': {
      return say(server, 'minor', rule, strong('does not stand for election'), `: ${WHY_NOT[fact.why]}`)
    }
    default:
      return unreachable(fact)
  }
}

const WHY_NOT: Readonly<Record<(StandingFact & { kind: 'NotStanding' })['why'], string>> = {
  NoConfiguration: 'nobody has told it of a cluster yet',
  NotAMember: 'it is no longer a member',
  Lends: 'a lease of its leader may rest on its waiting',
}

function whyAsking({ again, waited, forced }: PreVoteFact & { kind: 'PreVoteStarted' }): string {
  if (forced) return 'its election timer was made to run out'
  return again
    ? `no majority would vote for it within ${ms(waited)}`
    : `its election timer ran out after ${ms(waited)}`
}

function whySteppedDown(why: (StandingFact & { kind: 'SteppedDown' })['why']): string {
  switch (why.kind) {
    case 'NoQuorum': {
      const heard = why.heard.length === 0 ? 'nobody answered' : `only ${names(why.heard)} answered`
      return `${heard} within an election timeout, which makes no majority`
    }
    case 'Removed':
      return 'the configuration without it is committed'
    default:
      return unreachable(why)
  }
}
