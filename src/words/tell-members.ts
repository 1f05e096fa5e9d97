import { unreachable } from '../base/assert.ts'
import { nameOf } from '../base/ids.ts'
import type { MembershipFact, RaftFact, TransferFact } from '../raft/facts.ts'
import { membersWords, whyNoChange } from './commands.ts'
import { ms, names, of, say, strong } from './sentence.ts'
import type { Sentence } from './tell.ts'

/** §6, D chapter 4: who belongs to the cluster. */
export function tellMembership(fact: RaftFact & MembershipFact): Sentence {
  const { server, rule } = fact
  switch (fact.kind) {
    case 'ConfigurationAppended':
    case 'ConfigurationAdopted': {
      const now = strong(`counts ${membersWords(fact.configuration)} as the cluster`)
      return say(server, 'beat', rule, now, `: entry ${fact.index} is in its log`)
    }
    case 'ConfigurationRolledBack': {
      const now = strong(`counts ${membersWords(fact.configuration)} as the cluster again`)
      return say(server, 'beat', rule, now, `: entry ${fact.index} is gone from its log`)
    }
    case 'ChangeHeld':
      return say(server, 'beat', rule, strong('puts the change of members off'), `: ${whyHeld(fact.why)}`)
    case 'ChangeRefused':
      return say(server, 'beat', rule, strong('refused the change of members'), `: ${whyNoChange(fact.why)}`)
    case 'ChangeNeedless':
      return say(server, 'minor', rule, strong('has nothing to change'), ': these are the members already')
    case 'CatchUpStarted': {
      const what = strong(`sends ${names(fact.learners)} its log first`)
      return say(server, 'beat', rule, what, `, up to entry ${fact.upTo}: without a vote until then`)
    }
    case 'CatchUpRoundDone': {
      const { round, took, fast, learners } = fact
      const next = fast ? 'fast enough to get a vote' : 'too slow: another round'
      return say(
        server,
        'minor',
        rule,
        strong(`brought ${names(learners)} up to date`),
        ` in round ${round}, ${ms(took)}: ${next}`,
      )
    }
    case 'CatchUpGivenUp':
      return say(
        server,
        'beat',
        rule,
        strong(`gave up adding ${names(fact.learners)}`),
        ` after ${fact.rounds} rounds`,
      )
    default:
      return unreachable(fact)
  }
}

function whyHeld(why: (MembershipFact & { kind: 'ChangeHeld' })['why']): string {
  switch (why) {
    case 'AnotherChange':
      return 'another one is not committed yet'
    case 'NoOwnEntry':
      return 'it has not committed an entry of its own term yet'
    case 'Transfer':
      return 'leadership is being handed over'
    default:
      return unreachable(why)
  }
}

/** D 3.10. */
export function tellTransfer(fact: RaftFact & TransferFact): Sentence {
  const { server, rule } = fact
  switch (fact.kind) {
    case 'TransferStarted': {
      const how = fact.behind ? ', once that has the whole log' : ''
      return say(server, 'beat', rule, strong(`hands leadership over to ${nameOf(fact.to)}`), how)
    }
    case 'TransferRefused':
      return say(
        server,
        'beat',
        rule,
        strong(`keeps leadership from ${nameOf(fact.to)}`),
        `: ${whyKept(fact.why)}`,
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
        strong('stands at once'),
        `: the leader ${nameOf(fact.leader)} asked it to`,
      )
    case 'TimeoutNowIgnored':
      return say(server, 'minor', rule, `ignored ${of(fact.leader)} TimeoutNow: ${whyIgnored(fact.why)}`)
    case 'TransferAbandoned':
      return say(
        server,
        'beat',
        rule,
        strong(`stays leader`),
        `: ${nameOf(fact.to)} did not take over within an election timeout`,
      )
    default:
      return unreachable(fact)
  }
}

function whyKept(why: (TransferFact & { kind: 'TransferRefused' })['why']): string {
  switch (why) {
    case 'NotLeader':
      return 'it does not lead'
    case 'NotAVoter':
      return 'that has no vote'
    case 'Itself':
      return 'it leads already'
    case 'UnderWay':
      return 'it is being handed over already'
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
      return 'it may not stand'
    default:
      return unreachable(why)
  }
}
