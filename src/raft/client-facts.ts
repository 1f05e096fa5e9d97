import type { ClientId, LogIndex, Micros, ServerId, Term } from '../base/ids.ts'
import type { Request, Result } from './commands.ts'
import type { OtherQuorum } from './replication-facts.ts'

export type ClientFact =
  | {
      readonly kind: 'CommandAppended'
      readonly client: ClientId
      readonly index: LogIndex
      readonly term: Term
      readonly command: Request
    }
  | {
      readonly kind: 'CommandRedirected'
      readonly client: ClientId
      readonly leader: ServerId | null
      readonly command: Request
    }
  /** Leadership is being handed over: no new commands until then (D 3.10). */
  | {
      readonly kind: 'CommandHeldOff'
      readonly client: ClientId
      readonly to: ServerId
      readonly command: Request
    }
  | {
      readonly kind: 'CommandAnswered'
      readonly client: ClientId
      readonly index: LogIndex
      readonly command: Request
      readonly result: Result
      /** Why the entry was not applied; `null` if it was. */
      readonly skipped: 'Repeated' | 'SessionExpired' | null
    }
  /** An entry that changed nothing: the command was applied before, or its session is over (D 6.3). */
  | {
      readonly kind: 'CommandSkipped'
      readonly client: ClientId
      readonly index: LogIndex
      readonly serial: number
      readonly why: 'Repeated' | 'SessionExpired'
    }
  | { readonly kind: 'SessionOpened'; readonly client: ClientId; readonly session: LogIndex }
  | { readonly kind: 'SessionEnded'; readonly client: ClientId; readonly session: LogIndex }

/** D 6.4. `index` is what the answer takes account of. */
export type ReadFact =
  | {
      readonly kind: 'ReadStarted'
      readonly client: ClientId
      readonly key: string
      readonly index: LogIndex
      /** Who has to confirm that it leads. */
      readonly askedOf?: OtherQuorum
    }
  | { readonly kind: 'ReadHeld'; readonly client: ClientId; readonly key: string; readonly term: Term }
  | { readonly kind: 'LeaseOver'; readonly client: ClientId; readonly key: string }
  | {
      readonly kind: 'ReadAnswered'
      readonly client: ClientId
      readonly key: string
      readonly value: string | null
      readonly index: LogIndex
      readonly way: /** `unchecked`: an answer of a later term counts as well, against the rule. */
        | { readonly kind: 'readIndex'; readonly heard: readonly ServerId[]; readonly unchecked?: true }
        | { readonly kind: 'lease'; readonly left: Micros }
        | { readonly kind: 'local' }
    }
  | { readonly kind: 'ReadsDropped'; readonly count: number }
