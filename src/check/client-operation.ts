import { unreachable } from '../base/assert.ts'
import type { ClientId, Micros } from '../base/ids.ts'
import type { Command, Result } from '../raft/commands.ts'

/** What a key can hold; `null` where it is not there. */
export type Value = string | null

/** When a client did or saw something. No two have the same `place` in the order of them all. */
export interface Moment {
  readonly place: number
  readonly event: number
  readonly at: Micros
}

/** One command as its client saw it. Without an answer, it may take effect at any later time, once, or never. */
export interface ClientOperation {
  /** `null` for what the run began with in its logs, which nobody waits for. */
  readonly client: ClientId | null
  readonly serial: number
  readonly command: Command
  readonly invoked: Moment
  readonly answered: (Moment & { readonly result: Result }) | null
}

/** Stands for a value that a key never holds: for answers that no state can explain. */
export const IMPOSSIBLE = Symbol('impossible')

/** What an operation asks of its key's state and makes of it; `undefined` for anything, and for no change. */
export interface Effect {
  readonly needs: Value | undefined | typeof IMPOSSIBLE
  readonly sets: Value | undefined
}

/** With its answer if there is one; otherwise what it does should it take effect. */
export function effectOf(command: Command, result: Result | null): Effect {
  const changes = result === null || result.kind === 'Done'
  switch (command.kind) {
    case 'Put':
      return { needs: changes ? undefined : IMPOSSIBLE, sets: command.value }
    case 'Delete':
      return { needs: changes ? undefined : IMPOSSIBLE, sets: null }
    case 'Get':
      if (result === null) return { needs: undefined, sets: undefined }
      return { needs: result.kind === 'Found' ? result.value : IMPOSSIBLE, sets: undefined }
    case 'CompareAndSet': {
      // One that sets what it expects is no more than a look.
      if (changes) {
        const same = command.value === command.expected
        return { needs: command.expected, sets: same ? undefined : command.value }
      }
      const mismatch = result.kind === 'Mismatch' && result.value !== command.expected
      return { needs: mismatch ? result.value : IMPOSSIBLE, sets: undefined }
    }
    default:
      return unreachable(command)
  }
}
