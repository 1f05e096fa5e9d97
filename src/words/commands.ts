import { unreachable } from '../base/assert.ts'
import type { Command, Result } from '../raft/commands.ts'

/** A command as a log cell shows it: `x←3`, `x?`, `x✕`, `x:3→5`. */
export function commandText(command: Command): string {
  switch (command.kind) {
    case 'Put':
      return `${command.key}←${command.value}`
    case 'Get':
      return `${command.key}?`
    case 'Delete':
      return `${command.key}✕`
    case 'CompareAndSet':
      return `${command.key}:${command.expected}→${command.value}`
    default:
      return unreachable(command)
  }
}

/** A command as somebody types it, and as sentences name it: `put x 3`. */
export function commandWords(command: Command): string {
  switch (command.kind) {
    case 'Put':
      return `put ${command.key} ${command.value}`
    case 'Get':
      return `get ${command.key}`
    case 'Delete':
      return `delete ${command.key}`
    case 'CompareAndSet':
      return `cas ${command.key} ${command.expected} ${command.value}`
    default:
      return unreachable(command)
  }
}

/** The store's answer to a command: `done`, `x is 3`, `there is no x`. */
export function resultText(command: Command, result: Result): string {
  const { key } = command
  switch (result.kind) {
    case 'Done':
      return 'done'
    case 'Found':
      return result.value === null ? `there is no ${key}` : `${key} is ${result.value}`
    case 'Mismatch':
      return result.value === null ? `not done, there is no ${key}` : `not done, ${key} is ${result.value}`
    default:
      return unreachable(result)
  }
}
