import { unreachable } from '../base/assert.ts'
import { type ClientId, nameOf, type ServerId } from '../base/ids.ts'
import type { Operation } from '../simulation/clients.ts'
import type { Flight } from '../simulation/flight.ts'
import type { Intervention } from '../simulation/script.ts'
import { gistOf } from './message-gist.ts'
import { names, of, type Sentence, say, strong } from './sentence.ts'

/** Something that is due, as far as words need to know it. */
export type Ahead = FirstAhead | LaterAhead

/** What is due in any cluster. */
type FirstAhead =
  | { readonly kind: 'Arrival'; readonly flight: Flight }
  | { readonly kind: 'Loss'; readonly flight: Flight }
  | { readonly kind: 'Election'; readonly server: ServerId }
  | { readonly kind: 'Heartbeat'; readonly server: ServerId; readonly to: readonly ServerId[] }
  | { readonly kind: 'Retry'; readonly server: ServerId; readonly peer: ServerId }
  | { readonly kind: 'ClientWait'; readonly client: ClientId; readonly operation: Operation }
  | { readonly kind: 'ClientCommand'; readonly client: ClientId }

/** What takes other settings than a fresh cluster's, or a script. The sentences are a part of their own (upcoming-later.ts). */
export type LaterAhead =
  | { readonly kind: 'Written' | 'Snapshot' | 'QuorumCheck' | 'Batch'; readonly server: ServerId }
  | { readonly kind: 'TransferEnd'; readonly server: ServerId; readonly to: ServerId }
  | { readonly kind: 'CatchUpEnd'; readonly server: ServerId; readonly learners: readonly ServerId[] }
  | { readonly kind: 'Act'; readonly act: Intervention }

const LATER: Readonly<Record<LaterAhead['kind'], true>> = {
  Written: true,
  Snapshot: true,
  QuorumCheck: true,
  Batch: true,
  TransferEnd: true,
  CatchUpEnd: true,
  Act: true,
}

export const isLaterKind = (kind: Ahead['kind']): boolean => kind in LATER

export const isLaterAhead = (ahead: Ahead): ahead is LaterAhead => isLaterKind(ahead.kind)

/** What is due, as a sentence about who will do it: `S2 will time out …` */
export function foretellFirst(ahead: FirstAhead): Sentence {
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
    case 'ClientWait': {
      const { server, state } = ahead.operation
      if (state === 'backing off') return say(ahead.client, 'minor', null, strong('will try again'))
      if (state === 'no session')
        return say(ahead.client, 'minor', null, strong('will stop waiting'), ' for a session')
      return say(ahead.client, 'minor', null, strong('will stop waiting'), ` for ${nameOf(server)}`)
    }
    case 'ClientCommand':
      return say(ahead.client, 'minor', null, strong('will send'), ' its next command')
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
