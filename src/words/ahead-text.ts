import { unreachable } from '../base/assert.ts'
import { nameOf } from '../base/ids.ts'
import type { Flight } from '../simulation/flight.ts'
import { actAhead } from './acts-ahead.ts'
import { gistOf } from './message-gist.ts'
import { names, of, type Part, strong } from './sentence.ts'
import type { Ahead } from './upcoming.ts'

/** What is due, as a line of a list: `AppendEntries S3→S5 with entries 5–6 arrives` */
export function aheadText(ahead: Ahead): readonly Part[] {
  switch (ahead.kind) {
    case 'Arrival':
      return [...wayOf(ahead.flight), { text: ' arrives' }]
    case 'Loss':
      return [
        ...wayOf(ahead.flight),
        { text: ahead.flight.lost === 'Cut' ? ' is lost at the cut' : ' is lost on the way' },
      ]
    case 'Election':
      return [strong(`${of(ahead.server)} election timer`), { text: ' runs out' }]
    case 'Heartbeat':
      return [strong(`${nameOf(ahead.server)} sends heartbeats`), { text: ` to ${names(ahead.to)}` }]
    case 'Retry':
      return [
        strong(`${nameOf(ahead.server)} sends again`),
        { text: ` to ${nameOf(ahead.peer)}: no answer yet` },
      ]
    case 'Written':
      return [strong(`${of(ahead.server)} disk`), { text: ' is done with a write' }]
    case 'Snapshot':
      return [strong(`${nameOf(ahead.server)} takes a snapshot`), { text: ': its log has grown long' }]
    case 'QuorumCheck':
      return [strong(`${nameOf(ahead.server)} looks`), { text: ' whether a majority still answers it' }]
    case 'Batch':
      return [strong(`${nameOf(ahead.server)} sends`), { text: ' the commands it has collected' }]
    case 'TransferEnd':
      return [
        strong(`${nameOf(ahead.server)} stays leader`),
        { text: `, unless ${nameOf(ahead.to)} takes over` },
      ]
    case 'CatchUpEnd':
      return [
        strong(`${nameOf(ahead.server)} gives up adding ${names(ahead.learners)}`),
        { text: ', unless up to date' },
      ]
    case 'ClientWait': {
      const { server, state } = ahead.operation
      const client = nameOf(ahead.client)
      if (state === 'backing off') return [strong(`${client} tries again`), { text: ': it was told to wait' }]
      if (state === 'no session') return [strong(`${client} stops waiting`), { text: ' for a session' }]
      return [strong(`${client} stops waiting`), { text: ` for ${nameOf(server)}` }]
    }
    case 'ClientCommand':
      return [strong(`${nameOf(ahead.client)} sends`), { text: ' its next steady command' }]
    case 'Act':
      return [{ text: 'Script: ' }, strong(actAhead(ahead.act))]
    default:
      return unreachable(ahead)
  }
}

function wayOf({ message }: Flight): Part[] {
  const { what, detail } = gistOf(message)
  return [strong(what), { text: ` ${nameOf(message.from)}→${nameOf(message.to)}${detail}` }]
}
