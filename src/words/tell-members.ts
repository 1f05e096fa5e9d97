import { unreachable } from '../base/assert.ts'
import { nameOf, type ServerId } from '../base/ids.ts'
import type { Configuration } from '../raft/configuration.ts'
import type { RaftFact } from '../raft/facts.ts'
import type { MembershipFact, TransferFact } from '../raft/membership-facts.ts'
import { whyNoChange } from './commands.ts'
import { ms, names, of, type Sentence, say, strong } from './sentence.ts'

/** §6, D chapter 4: who belongs to the cluster. */
export function tellMembership(fact: RaftFact & MembershipFact): Sentence {
  const { server, rule } = fact
  switch (fact.kind) {
    case 'ConfigurationAppended':
    case 'ConfigurationAdopted': {
      const now = strong(`now ${counts(fact.configuration, server)}`)
      return say(server, 'beat', rule, now, `: entry ${fact.index} is in its log`)
    }
    case 'ConfigurationRolledBack': {
      const now = strong(`again ${counts(fact.configuration, server)}`)
      return say(server, 'beat', rule, now, `: entry ${fact.index} is gone from its log`)
    }
    case 'ChangeHeld':
      return say(server, 'beat', rule, strong('puts the change of members off'), `: ${whyHeld(fact.why)}`)
    case 'ChangeRefused':
      return say(server, 'beat', rule, strong('refused the change of members'), `: ${whyNoChange(fact.why)}`)
    case 'ChangeNeedless':
      return say(server, 'minor', rule, strong('has nothing to change'), ': these are the members already')
    case 'CatchUpStarted': {
      const what = strong(`brings ${names(fact.learners)} up to date first`)
      return say(server, 'beat', rule, what, `: no vote without the log up to entry ${fact.upTo}`)
    }
    case 'CatchUpRoundDone': {
      const { round, took, fast, learners } = fact
      const done = strong(`brought ${names(learners)} up to date`)
      const next = fast
        ? 'less than an election timeout, so votes are next'
        : 'more than an election timeout, so another round is next'
      return say(server, 'minor', rule, done, ` in round ${round}, in ${ms(took)}: ${next}`)
    }
    case 'CatchUpGivenUp': {
      const { learners, rounds } = fact
      const why = `: not up to date in ${rounds === 1 ? 'the first round' : `${rounds} rounds`}`
      return say(server, 'beat', rule, strong(`gave up adding ${names(learners)}`), why)
    }
    default:
      return unreachable(fact)
  }
}

/** §6: whose votes and copies it needs from here on; of a joint configuration, a majority of either set. */
function counts({ voters, next }: Configuration, server: ServerId): string {
  if (next !== null) return `needs majorities of both ${names(voters)} and ${names(next)}`
  const [first, second] = voters
  if (first === undefined) return 'knows of no members'
  if (second === undefined) return `counts ${first === server ? 'itself' : nameOf(first)} as the only member`
  return `counts ${names(voters)} as members`
}

function whyHeld(why: (MembershipFact & { kind: 'ChangeHeld' })['why']): string {
  switch (why) {
    case 'AnotherChange':
      return 'another one is not committed yet'
    case 'NoOwnEntry':
      return 'it has not committed an entry of its own term yet'
    default:
      return unreachable(why)
  }
}

/** D 3.10. */
export function tellTransfer(fact: RaftFact & TransferFact): Sentence {
  const { server, rule } = fact
  switch (fact.kind) {
    case 'TransferStarted': {
      const first = fact.behind ? `; first ${nameOf(fact.to)} gets the rest of the log` : ''
      const how = `, and takes no commands meanwhile${first}`
      return say(server, 'beat', rule, strong(`hands leadership over to ${nameOf(fact.to)}`), how)
    }
    case 'TransferRefused':
      return say(
        server,
        'beat',
        rule,
        strong(`does not hand leadership to ${nameOf(fact.to)}`),
        `: ${whyKept(fact)}`,
      )
    case 'TimeoutNowSent':
      return say(
        server,
        'beat',
        rule,
        strong(`told ${nameOf(fact.to)} to stand now`),
        ': it has the whole log',
      )
    case 'TimeoutNowTaken':
      return say(
        server,
        'beat',
        rule,
        strong('does not wait for its election timer'),
        `: the leader ${nameOf(fact.leader)} told it to stand`,
      )
    case 'TimeoutNowIgnored':
      return say(server, 'minor', rule, `ignored ${of(fact.leader)} TimeoutNow: ${whyIgnored(fact.why)}`)
    case 'TransferAbandoned':
      return say(
        server,
        'beat',
        rule,
        strong(`stays leader`),
        `, and takes commands again: ${nameOf(fact.to)} did not take over within an election timeout`,
      )
    default:
      return unreachable(fact)
  }
}

function whyKept({ why, to }: TransferFact & { kind: 'TransferRefused' }): string {
  switch (why) {
    case 'NotLeader':
      return 'it does not lead'
    case 'NotAVoter':
      return `${nameOf(to)} has no vote`
    case 'Itself':
      return 'it leads already'
    case 'UnderWay':
      return 'leadership is being handed over already'
    default:
      return unreachable(why)
  }
}

function whyIgnored(why: (TransferFact & { kind: 'TimeoutNowIgnored' })['why']): string {
  switch (why) {
    case 'StaleTerm':
      return 'that term is over'
    case 'Leader':
      return 'it leads itself'
    case 'NotAMember':
      return 'it is not a member'
    default:
      return unreachable(why)
  }
}
