import { unreachable } from '../base/assert.ts'
import { type Command, isCommand } from '../raft/commands.ts'
import type { Entry } from '../raft/log.ts'
import { ReferenceSessions } from './reference-sessions.ts'

interface Version {
  readonly index: number
  readonly value: string | null
}

/** The key-value store after every settled entry, told by its own reading of the commands. */
export class ReferenceStore {
  private readonly versions = new Map<string, Version[]>()
  /** How many keys there are after the entry of each index. */
  private readonly sizes: number[] = [0]
  private readonly sessions = new ReferenceSessions()

  /** Whether the entry has a command that takes effect. */
  apply(entry: Entry): boolean {
    const { index, command } = entry
    const size = this.sizes[this.sizes.length - 1] as number
    if (!this.sessions.takes(entry) || !isCommand(command)) {
      this.sizes.push(size)
      return false
    }
    const before = this.valueAt(command.key, index)
    const after = outcome(command, before)
    this.sizes.push(size + (after === null ? 0 : 1) - (before === null ? 0 : 1))
    if (after === before) return true
    const versions = this.versions.get(command.key)
    if (versions === undefined) this.versions.set(command.key, [{ index, value: after }])
    else versions.push({ index, value: after })
    return true
  }

  /** Undoes the entry that was applied last. */
  takeBack(entry: Entry): void {
    const { index, command } = entry
    const versions = isCommand(command) ? this.versions.get(command.key) : undefined
    if (versions?.at(-1)?.index === index) versions.pop()
    this.sizes.pop()
    this.sessions.takeBack()
  }

  /** What is under `key` once all up to `index` is applied; `null` for nothing. */
  valueAt(key: string, index: number): string | null {
    const versions = this.versions.get(key)
    if (versions === undefined) return null
    let low = 0
    let high = versions.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((versions[middle] as Version).index <= index) low = middle + 1
      else high = middle
    }
    return versions[low - 1]?.value ?? null
  }

  sizeAt(index: number): number {
    return this.sizes[index] as number
  }
}

/** What a command leaves where there was `before`. */
export function outcome(command: Command, before: string | null): string | null {
  switch (command.kind) {
    case 'Get':
      return before
    case 'Put':
      return command.value
    case 'Delete':
      return null
    case 'CompareAndSet':
      return before === command.expected ? command.value : before
    default:
      return unreachable(command)
  }
}
