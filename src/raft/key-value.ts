import { unreachable } from '../base/assert.ts'
import type { Command, Result } from './commands.ts'

/** The state machine of every server (§2): the same commands in the same order give the same contents. */
export type KeyValues = Map<string, string>

/** Applies one committed command and returns its answer. Deterministic: it looks at nothing else. */
export function applyCommand(store: KeyValues, command: Command): Result {
  switch (command.kind) {
    case 'Put':
      store.set(command.key, command.value)
      return { kind: 'Done' }
    case 'Get':
      return { kind: 'Found', value: store.get(command.key) ?? null }
    case 'Delete':
      store.delete(command.key)
      return { kind: 'Done' }
    case 'CompareAndSet': {
      const found = store.get(command.key) ?? null
      if (found !== command.expected) return { kind: 'Mismatch', value: found }
      store.set(command.key, command.value)
      return { kind: 'Done' }
    }
    default:
      return unreachable(command)
  }
}
