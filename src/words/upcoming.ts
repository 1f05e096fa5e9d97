import { unreachable } from '../base/assert.ts'
import { type ClientId, nameOf, type ServerId } from '../base/ids.ts'
import type { Operation } from '../simulation/clients.ts'
import type { Flight } from '../simulation/flight.ts'
import type { Intervention } from '../simulation/script.ts'
import { actAhead } from './acts-ahead.ts'
import { gistOf } from './message-gist.ts'
import { names, of, type Sentence, say, strong } from './sentence.ts'

/** Something that is due, as far as words need to know it. */
export type Ahead =
  | { readonly kind: 'Arrival'; readonly flight: Flight }
  | { readonly kind: 'Loss'; readonly flight: Flight }
  | { readonly kind: 'Election'; readonly server: ServerId }
  | { readonly kind: 'Heartbeat'; readonly server: ServerId; readonly to: readonly ServerId[] }
  | { readonly kind: 'Retry'; readonly server: ServerId; readonly peer: ServerId }
  | { readonly kind: 'Written' | 'Snapshot' | 'QuorumCheck' | 'Batch'; readonly server: ServerId }
  | { readonly kind: 'TransferEnd'; readonly server: ServerId; readonly to: ServerId }
  | { readonly kind: 'CatchUpEnd'; readonly server: ServerId; readonly learners: readonly ServerId[] }
  | { readonly kind: 'ClientWait'; readonly client: ClientId; readonly operation: Operation }
  | { readonly kind: 'ClientCommand'; readonly client: ClientId }
  | { readonly kind: 'Act'; readonly act: Intervention }

/** What is due, as a sentence about who will do it: `S2 will time out …` */
export function foretell(ahead: Ahead): Sentence {
  switch (ahead.kind) {
    case 'Arrival': {
      const { message } = ahead.flight
      return say(message.to, 'minor', null, strong('will get'), ` ${objectOf(ahead.flight)}`)
    }
    case 'Loss': {
      const { from, to } = ahead.flight.message
      const where = ahead.flight.lost === 'Cut' ? 'at the cut' : 'on the way'
      return say(
        to,
        'minor',
        null,
        strong('will miss'),
        ` ${objectOf(ahead.flight)}, lost ${where} from ${nameOf(from)}`,
      )
    }
    case 'Election':
      return say(ahead.server, 'minor', null, strong('will time out'), ' and stand for election')
    case 'Heartbeat':
      return say(ahead.server, 'minor', null, strong('will send heartbeats'), ` to ${names(ahead.to)}`)
    case 'Retry':
      return say(ahead.server, 'minor', null, strong('will send again'), ` to ${nameOf(ahead.peer)}`)
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
    case 'ClientWait': {
      const { server, state } = ahead.operation
      if (state === 'backing off') return say(ahead.client, 'minor', null, strong('will try again'))
      if (state === 'no session')
        return say(ahead.client, 'minor', null, strong('will stop waiting'), ' for a session')
      return say(ahead.client, 'minor', null, strong('will stop waiting'), ` for ${nameOf(server)}`)
    }
    case 'ClientCommand':
      return say(ahead.client, 'minor', null, strong('will send'), ' its next command')
    case 'Act':
      return say(null, 'minor', null, 'Script: ', strong(actAhead(ahead.act)))
    default:
      return unreachable(ahead)
  }
}

/** `S3’s AppendEntries with entries 5–6` */
function objectOf({ message }: Flight): string {
  const { what, detail } = gistOf(message)
  // The paper's names stay as they are.
  const noun = /[a-z][A-Z]/.test(what) ? what : what.toLowerCase()
  return `${of(message.from)} ${noun}${detail}`
}
