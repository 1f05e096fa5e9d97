import { unreachable } from '../base/assert.ts'
import { nameOf } from '../base/ids.ts'
import { actAhead } from './acts-ahead.ts'
import { names, type Sentence, say, strong } from './sentence.ts'
import type { LaterAhead } from './upcoming.ts'

/** What is due only under other settings than a fresh cluster's, or by a script. */
export function foretellLater(ahead: LaterAhead): Sentence {
  switch (ahead.kind) {
    case 'Written':
      return say(ahead.server, 'minor', null, strong('will have written'), ' to its disk')
    case 'Snapshot':
      return say(ahead.server, 'minor', null, strong('will take a snapshot'))
    case 'QuorumCheck':
      return say(ahead.server, 'minor', null, strong('will look'), ' whether a majority still answers it')
    case 'Batch':
      return say(ahead.server, 'minor', null, strong('will send'), ' the commands it has collected')
    case 'TransferEnd':
      return say(
        ahead.server,
        'minor',
        null,
        strong('will stay leader'),
        `, unless ${nameOf(ahead.to)} takes over`,
      )
    case 'CatchUpEnd': {
      const what = strong(`will give up adding ${names(ahead.learners)}`)
      return say(ahead.server, 'minor', null, what, ', unless up to date')
    }
    case 'Act':
      return say(null, 'minor', null, 'Script: ', strong(actAhead(ahead.act)))
    default:
      return unreachable(ahead)
  }
}
