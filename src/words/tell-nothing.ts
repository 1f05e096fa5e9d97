import { unreachable } from '../base/assert.ts'
import type { Happened } from '../simulation/history.ts'
import { type Sentence, say, strong } from './sentence.ts'

/** The sentence for an event that led to nothing worth a fact. */
export function tellNothing(what: Happened['what']): Sentence {
  switch (what.kind) {
    case 'Client':
      // The only thing that it does in silence.
      return say(what.client, 'quiet', null, strong('sent nothing new'), ': too many commands are unanswered')
    case 'Disk':
      return say(what.server, 'quiet', null, strong('finished writing'), ' to its disk')
    case 'Timer':
      return say(what.server, 'quiet', null, strong('found nothing to do'), ' as a timer ran out')
    case 'Arrival':
    case 'Loss':
    case 'Act':
      return say(null, 'quiet', null, strong('Nothing changed'))
    default:
      return unreachable(what)
  }
}
