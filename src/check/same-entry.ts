import { unreachable } from '../base/assert.ts'
import type { Command } from '../raft/commands.ts'
import type { Entry } from '../raft/log.ts'

/** Whether two entries are the same in all that a log keeps. Mostly they are one object, so this is cheap. */
export function sameEntry(a: Entry, b: Entry): boolean {
  if (a === b) return true
  return a.index === b.index && a.term === b.term && sameContent(a, b)
}

/** Whether they carry the same command from the same request. */
export function sameContent(a: Entry, b: Entry): boolean {
  if (a === b) return true
  const requestA = a.request
  const requestB = b.request
  return (
    requestA?.client === requestB?.client &&
    requestA?.serial === requestB?.serial &&
    sameCommand(a.command, b.command)
  )
}

/** The judge's own, though raft has one too: it shares no decision with what it judges. */
function sameCommand(a: Command, b: Command): boolean {
  if (a === b) return true
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
