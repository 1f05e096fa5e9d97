import { unreachable } from '../base/assert.ts'

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

/** The answer of the state machine: what was found or done. `value` is `null` where there is no such key. */
export type Result =
  | { readonly kind: 'Done' }
  | { readonly kind: 'Found'; readonly value: string | null }
  | { readonly kind: 'Mismatch'; readonly value: string | null }

export function isSameCommand(a: Command, b: Command): boolean {
  if (a.key !== b.key) return false
  switch (a.kind) {
    case 'Put':
      return b.kind === 'Put' && a.value === b.value
    case 'Get':
    case 'Delete':
      return b.kind === a.kind
    case 'CompareAndSet':
      return b.kind === 'CompareAndSet' && a.expected === b.expected && a.value === b.value
    default:
      return unreachable(a)
  }
}
