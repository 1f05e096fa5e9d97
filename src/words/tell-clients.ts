import { unreachable } from '../base/assert.ts'
import { nameOf } from '../base/ids.ts'
import type { ClientFact } from '../raft/client-facts.ts'
import type { RaftFact } from '../raft/facts.ts'
import type { ClientWorldFact } from '../simulation/facts.ts'
import { commandWords, resultText } from './commands.ts'
import { ms, of, type Sentence, say, strong } from './sentence.ts'

/** §8: a command's way from the client to the leader and back, as either end sees it. */
export function tellClient(fact: (RaftFact & ClientFact) | ClientWorldFact): Sentence {
  switch (fact.kind) {
    case 'CommandAppended': {
      const { server, rule, client, index, term, command } = fact
      const appended = strong(`appended ${commandWords(command)}`)
      return say(server, 'beat', rule, appended, ` as entry ${index} of term ${term}, for ${nameOf(client)}`)
    }
    case 'CommandRedirected': {
      const { server, rule, client, leader } = fact
      if (leader === null) {
        const turned = strong(`turned ${nameOf(client)} away`)
        return say(server, 'beat', rule, turned, ': it does not lead, and knows of no leader')
      }
      const sentOn = strong(`sent ${nameOf(client)} on to ${nameOf(leader)}`)
      return say(server, 'beat', rule, sentOn, ': only the leader takes commands')
    }
    case 'CommandAnswered': {
      const { server, rule, client, index, command, result, skipped } = fact
      const applied = skipped === null ? `; entry ${index} is applied` : ''
      const answered = strong(`answered ${of(client)} ${commandWords(command)}`)
      return say(server, 'minor', rule, answered, `: ${resultText(command, result)}${applied}`)
    }
    case 'CommandHeldOff': {
      const { server, rule, client, to } = fact
      const why = `: leadership goes to ${nameOf(to)} first`
      return say(server, 'minor', rule, strong(`put ${nameOf(client)} off`), why)
    }
    case 'CommandSkipped': {
      const { server, rule, client, index, serial, why } = fact
      const request = `${of(client)} request ${serial}`
      const reason =
        why === 'Repeated' ? `${request} was applied before` : `the session of ${request} is over`
      return say(server, 'beat', rule, strong(`did not apply entry ${index}`), `: ${reason}`)
    }
    case 'SessionOpened':
      return say(
        fact.server,
        'minor',
        fact.rule,
        strong(`opened a session for ${nameOf(fact.client)}`),
        ` with entry ${fact.session}`,
      )
    case 'SessionEnded':
      return say(
        fact.server,
        'beat',
        fact.rule,
        strong(`ended ${of(fact.client)} session ${fact.session}`),
        ': it was unused for longest',
      )
    case 'ClientReplyIgnored':
      return say(fact.client, 'quiet', null, `ignored a late answer from ${nameOf(fact.server)}`)
    default:
      return tellOwn(fact)
  }
}

function tellOwn(fact: Exclude<ClientWorldFact, { kind: 'ClientReplyIgnored' }>): Sentence {
  const { client } = fact
  const command = commandWords(fact.command)
  switch (fact.kind) {
    case 'ClientSent': {
      const to = ` to ${nameOf(fact.server)}`
      const more = fact.attempt > 1 ? `: try ${fact.attempt}` : ''
      return say(client, 'minor', null, strong(`sent ${command}`), to, more)
    }
    case 'ClientSentOn': {
      const why = `: ${nameOf(fact.server)} named it as the leader`
      return say(client, 'minor', null, strong(`sent ${command} on to ${nameOf(fact.leader)}`), why)
    }
    case 'ClientToldNoLeader': {
      const why = `: ${nameOf(fact.server)} knows of no leader`
      return say(client, 'minor', null, strong(`waits with ${command}`), why)
    }
    case 'ClientToldToWait': {
      const why = `: ${nameOf(fact.server)} cannot take it now`
      return say(client, 'minor', null, strong(`waits with ${command}`), why)
    }
    case 'ClientNeedsSession':
      return say(client, 'minor', null, strong(`waits with ${command}`), ': it needs a session first')
    case 'ClientLostSession': {
      const why = `: its session is over, and nobody can tell whether it took effect`
      return say(client, 'beat', null, strong(`gave up ${command}`), why)
    }
    case 'ClientTimedOut': {
      const why = `: no answer to ${command} within ${ms(fact.waited)}`
      return say(client, 'beat', null, strong(`stopped waiting for ${nameOf(fact.server)}`), why)
    }
    case 'ClientGaveUp': {
      const why = `: no answer for ${ms(fact.waited)}; it may still be carried out`
      return say(client, 'beat', null, strong(`gave up ${command}`), why)
    }
    case 'ClientAnswered': {
      const { server, result, took, stale } = fact
      const late = stale ? '. Stale: a later write had been answered before it asked' : ''
      const answer = `: ${resultText(fact.command, result)}, after ${ms(took)}${late}`
      return say(client, 'beat', null, strong(`got ${of(server)} answer to ${command}`), answer)
    }
    default:
      return unreachable(fact)
  }
}
