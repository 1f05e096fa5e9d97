import { unreachable } from '../base/assert.ts'
import type { LogIndex, ServerId } from '../base/ids.ts'
import { type Configuration, isSameConfiguration } from './configuration.ts'

/** What clients ask of the replicated key-value store (§8). A key or value is a short string. */
export type Command =
  | { readonly kind: 'Put'; readonly key: string; readonly value: string }
  | { readonly kind: 'Get'; readonly key: string }
  | { readonly kind: 'Delete'; readonly key: string }
  | {
      readonly kind: 'CompareAndSet'
      readonly key: string
      readonly expected: string
      readonly value: string
    }

/** A change of the cluster's members, asked for by whoever runs it (D 4.1). */
export interface ChangeMembers {
  readonly kind: 'ChangeMembers'
  readonly add: readonly ServerId[]
  readonly remove: readonly ServerId[]
}

/** Everything a client can ask of a leader. */
export type Request = Command | ChangeMembers | { readonly kind: 'OpenSession' }

/** Everything an entry of the log can carry. */
export type Payload =
  | Command
  /** What a leader begins its term with, to learn what is committed (§8). */
  | { readonly kind: 'NoOp' }
  /** Opens a client's session; of more than `most` sessions, the longest unused ends (D 6.3). */
  | { readonly kind: 'OpenSession'; readonly most: number }
  /** The cluster's configuration from here on (§6). */
  | { readonly kind: 'Configuration'; readonly configuration: Configuration }

/** The answer of the state machine: what was found or done. `value` is `null` where there is no such key. */
export type Result =
  | { readonly kind: 'Done' }
  | { readonly kind: 'Found'; readonly value: string | null }
  | { readonly kind: 'Mismatch'; readonly value: string | null }
  | { readonly kind: 'SessionOpened'; readonly session: LogIndex }
  /** The session is unknown: whether an earlier try took effect cannot be told any more (D 6.3). */
  | { readonly kind: 'SessionExpired' }
  /** The change of members cannot be made. */
  | { readonly kind: 'ChangeRefused'; readonly why: 'NotOneAtATime' | 'NobodyLeft' | 'NotCaughtUp' }

export const isCommand = (payload: Payload | Request): payload is Command =>
  payload.kind === 'Put' ||
  payload.kind === 'Get' ||
  payload.kind === 'Delete' ||
  payload.kind === 'CompareAndSet'

export function isSamePayload(a: Payload, b: Payload): boolean {
  switch (a.kind) {
    case 'Put':
      return b.kind === 'Put' && a.key === b.key && a.value === b.value
    case 'Get':
    case 'Delete':
      return b.kind === a.kind && a.key === b.key
    case 'CompareAndSet':
      return b.kind === 'CompareAndSet' && a.key === b.key && a.expected === b.expected && a.value === b.value
    case 'NoOp':
      return b.kind === 'NoOp'
    case 'OpenSession':
      return b.kind === 'OpenSession' && a.most === b.most
    case 'Configuration':
      return b.kind === 'Configuration' && isSameConfiguration(a.configuration, b.configuration)
    default:
      return unreachable(a)
  }
}
