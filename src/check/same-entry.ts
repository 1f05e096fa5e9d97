import { unreachable } from '../base/assert.ts'
import { type Command, isCommand, type Payload } from '../raft/commands.ts'
import type { Entry } from '../raft/log.ts'

/** Whether two entries are the same in all that a log keeps. Mostly they are one object, so this is cheap. */
export function sameEntry(a: Entry, b: Entry): boolean {
  if (a === b) return true
  return a.index === b.index && a.term === b.term && sameContent(a, b)
}

/** The entries from `base` on, of which the first `length` − `base` count; a snapshot stands for those before. */
interface Entries {
  readonly buffer: readonly Entry[]
  readonly base: number
  readonly length: number
}

/** Whether a log has this entry. What a snapshot stands for is judged where it is loaded. */
export function hasEntry({ buffer, base, length }: Entries, entry: Entry): boolean {
  const { index } = entry
  return index <= base || (index <= length && sameEntry(buffer[index - 1 - base] as Entry, entry))
}

/** Whether they carry the same command from the same request. */
export function sameContent(a: Entry, b: Entry): boolean {
  if (a === b) return true
  const requestA = a.request
  const requestB = b.request
  return (
    requestA?.client === requestB?.client &&
    requestA?.serial === requestB?.serial &&
    requestA?.session === requestB?.session &&
    samePayload(a.command, b.command)
  )
}

/** The judge's own, though raft has one too: it shares no decision with what it judges. */
function samePayload(a: Payload, b: Payload): boolean {
  if (a === b) return true
  if (a.kind === 'NoOp') return b.kind === 'NoOp'
  if (a.kind === 'OpenSession') return b.kind === 'OpenSession' && a.most === b.most
  if (a.kind === 'Configuration') return b.kind === 'Configuration' && sameMembers(a, b)
  return isCommand(b) && sameCommand(a, b)
}

type Members = Extract<Payload, { kind: 'Configuration' }>

const sameMembers = ({ configuration: a }: Members, { configuration: b }: Members): boolean =>
  a.voters.join() === b.voters.join() && a.next?.join() === b.next?.join()

function sameCommand(a: Command, b: Command): boolean {
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
