import { unreachable } from '../base/assert.ts'
import { nameOf } from '../base/ids.ts'
import type { MessageFact } from '../simulation/facts.ts'
import { messageText } from './messages.ts'
import { ms, of, type Sentence, say, strong } from './sentence.ts'

/** What chance, a partition or somebody's hand did to one message. */
export function tellMessage(fact: MessageFact): Sentence {
  const { from, to } = fact
  const it = `${of(from)} ${messageText(fact.message)} to ${nameOf(to)}`
  switch (fact.kind) {
    case 'MessageLost':
      return tellLoss(fact, it)
    case 'MessageHeld':
      return say(null, 'quiet', null, strong('Waits'), `: ${it}, which is paused`)
    case 'MessageDelayed':
      return say(null, 'beat', null, strong('Delayed'), `: ${it}, by ${ms(fact.by)}`)
    case 'MessageDuplicated': {
      const weight = fact.byHand ? 'beat' : 'minor'
      return say(null, weight, null, strong('Duplicated'), `: ${it} will arrive twice`)
    }
    case 'MessageHurried':
      return say(null, 'beat', null, strong('Delivered at once'), `: ${it}`)
    default:
      return unreachable(fact)
  }
}

function tellLoss({ why, to }: MessageFact & { kind: 'MessageLost' }, it: string): Sentence {
  switch (why) {
    case 'Loss':
      return say(null, 'minor', null, strong('Lost'), `: ${it}, on the way`)
    case 'Cut':
      return say(null, 'quiet', null, strong('Lost'), `: ${it}, as the link is cut`)
    case 'ServerDown':
      return say(null, 'quiet', null, strong('Lost'), `: ${it}, as ${nameOf(to)} is down`)
    case 'ServerCrashed':
      return say(null, 'minor', null, strong('Lost'), `: ${it}, which waited there as it crashed`)
    case 'Dropped':
      return say(null, 'beat', null, strong('Dropped'), `: ${it}`)
    default:
      return unreachable(why)
  }
}
