import { unreachable } from '../base/assert.ts'
import { nameOf } from '../base/ids.ts'
import type { WhyNothing } from '../simulation/facts.ts'
import type { DeedFact } from './later.ts'
import { groupsText, of, type Sentence, say, strong } from './sentence.ts'

/** What somebody did to the servers and the links. */
export function tellWorld(fact: DeedFact): Sentence {
  switch (fact.kind) {
    case 'ServerCrashed': {
      const { server, lastIndex, unwritten } = fact
      const kept = `: currentTerm, votedFor and ${logText(lastIndex)} stay on its disk`
      if (unwritten === 0) return say(server, 'beat', null, strong('crashed'), kept)
      const lost = `; it had not written ${unwritten === 1 ? 'one more entry' : `${unwritten} more entries`} yet`
      return say(server, 'beat', 'D 10.2.1', strong('crashed'), kept, strong(lost))
    }
    case 'ServerRestarted': {
      const found = ` as a follower, with ${logText(fact.lastIndex)} from its disk`
      return say(fact.server, 'beat', null, strong('restarted'), found)
    }
    case 'ServerPaused':
      return say(fact.server, 'beat', null, strong('paused'), ': it does nothing, and messages wait for it')
    case 'ServerResumed':
      return say(fact.server, 'beat', null, strong('resumed'), waitingText(fact.waiting))
    case 'Partitioned':
      return say(null, 'beat', null, strong('Partition'), `: ${groupsText(fact.groups)}`)
    case 'Isolated':
      return say(fact.server, 'beat', null, strong('is cut off'), ' from all other servers')
    case 'LinkCut':
      return say(null, 'beat', null, strong('Link cut'), ` from ${nameOf(fact.from)} to ${nameOf(fact.to)}`)
    case 'LinkMended':
      return say(
        null,
        'beat',
        null,
        strong('Link mended'),
        ` from ${nameOf(fact.from)} to ${nameOf(fact.to)}`,
      )
    case 'Healed':
      return say(null, 'beat', null, strong('Healed'), ': no link is cut')
    case 'NothingToDo':
      return say(null, 'beat', null, strong('Nothing to do'), `: ${nothingText(fact.why)}`)
    case 'TooManyMessages': {
      const why = '. Slower timers, shorter latencies or less duplication keep them few'
      return say(
        null,
        'beat',
        null,
        strong(`More than ${fact.most.toLocaleString('en')} messages are on their way`),
        why,
      )
    }
    default:
      return unreachable(fact)
  }
}

const logText = (lastIndex: number): string =>
  lastIndex === 0 ? 'an empty log' : `a log of ${lastIndex} ${lastIndex === 1 ? 'entry' : 'entries'}`

function waitingText(waiting: number): string {
  if (waiting === 0) return ': no message has waited'
  return waiting === 1 ? ': one message has waited' : `: ${waiting} messages have waited`
}

function nothingText(why: WhyNothing): string {
  switch (why.kind) {
    case 'ServerDown':
      return `${nameOf(why.server)} is down`
    case 'ServerUp':
      return `${nameOf(why.server)} is up`
    case 'ServerNotPaused':
      return `${nameOf(why.server)} is not paused`
    case 'ServerPaused':
      return `${nameOf(why.server)} is paused`
    case 'NotLeader':
      return `${nameOf(why.server)} is not the leader`
    case 'NothingUnanswered':
      return `${of(why.server)} requests to ${nameOf(why.peer)} are all answered`
    case 'NoSuchServer':
      return `there is no ${nameOf(why.server)}`
    case 'NoSuchMessage':
      return `that message from ${nameOf(why.from)} to ${nameOf(why.to)} is not on its way`
    case 'NoSuchCommand':
      return `${nameOf(why.client)} waits for no such command`
    case 'EnoughCopies':
      return `that message from ${nameOf(why.from)} to ${nameOf(why.to)} has ${why.most} copies already`
    default:
      return unreachable(why)
  }
}
