import { unreachable } from '../base/assert.ts'
import { type ClientId, nameOf, type ServerId } from '../base/ids.ts'
import type { Operation } from '../simulation/clients.ts'
import type { Flight } from '../simulation/flight.ts'
import type { Intervention } from '../simulation/script.ts'
import { actAhead } from './acts-ahead.ts'
import { gistOf } from './message-gist.ts'
import { names, of, say, strong } from './sentence.ts'
import type { Part, Sentence } from './tell.ts'

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
