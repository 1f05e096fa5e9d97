import { assert } from '../base/assert.ts'
import { type LogIndex, logIndex, type Term, term } from '../base/ids.ts'
import { type Command, isSameCommand } from './commands.ts'
import type { RequestId } from './messages.ts'

/** One entry of a log (§5.3). Never changed once made, so servers, messages and keyframes share it. */
export interface Entry {
  readonly index: LogIndex
  /** The term in which a leader received it. */
  readonly term: Term
  readonly command: Command
  /** The client request it came from; `null` in a log that a scenario starts with. */
  readonly request: RequestId | null
}

/**
 * A log as a slice, `buffer[0 … length)`, of an array that several holders may share: the server, its disk, the
 * keyframes. Appending extends the array in place where this slice reaches its end; removing entries only
 * shortens the slice; writing behind a shortened slice copies first. So a holder's entries never change.
 */
export interface Log {
  buffer: Entry[]
  length: number
}

export const emptyLog = (): Log => ({ buffer: [], length: 0 })

/** The same entries, held independently from now on. Costs nothing in the log's length. */
export const sliceOf = (log: Log): Log => ({ buffer: log.buffer, length: log.length })

export const lastIndex = (log: Log): LogIndex => logIndex(log.length)

/** The term of the last entry; 0 for an empty log. */
export const lastTerm = (log: Log): Term => termAt(log, lastIndex(log))

/** The term of the entry at `index`; 0 for index 0, which stands before every log. */
export function termAt(log: Log, index: LogIndex): Term {
  return index === 0 ? term(0) : entryAt(log, index).term
}

export function entryAt(log: Log, index: LogIndex): Entry {
  assert(index >= 1 && index <= log.length, `the log has an entry ${index}`)
  return log.buffer[index - 1] as Entry
}

/** Copies of the references to entries `from … to`, both included. */
export function entriesBetween(log: Log, from: LogIndex, to: LogIndex): readonly Entry[] {
  return from > to ? NONE : log.buffer.slice(from - 1, Math.min(to, log.length))
}
const NONE: readonly Entry[] = []

export function append(log: Log, entry: Entry): void {
  assert(entry.index === log.length + 1, 'entries are appended in order')
  if (log.buffer.length > log.length) {
    if (isSame(log.buffer[log.length] as Entry, entry)) {
      log.length++
      return
    }
    log.buffer = log.buffer.slice(0, log.length)
  }
  log.buffer.push(entry)
  log.length++
}

/** Whether one of two entries for the same place will do for both, as it will wherever a history is executed again. */
function isSame(a: Entry, b: Entry): boolean {
  if (a === b) return true
  if (a.term !== b.term || a.request === null || b.request === null) return false
  const { client, serial } = a.request
  return client === b.request.client && serial === b.request.serial && isSameCommand(a.command, b.command)
}

/** Removes the entry at `index` and all that follow it (§5.3). */
export function truncateFrom(log: Log, index: LogIndex): void {
  assert(index >= 1 && index <= log.length, 'there is something to remove')
  log.length = index - 1
}

/** The first index of the run of entries that share the term of the entry at `index`. */
export function firstIndexOfTerm(log: Log, index: LogIndex): LogIndex {
  const wanted = termAt(log, index)
  let first: number = index
  while (first > 1 && termAt(log, logIndex(first - 1)) === wanted) first--
  return logIndex(first)
}

/** The last entry of `wanted` at or before `from`; `null` if there is none. Terms never fall along a log. */
export function lastIndexOfTerm(log: Log, wanted: Term, from: LogIndex): LogIndex | null {
  for (let i: number = Math.min(from, log.length); i >= 1; i--) {
    const found = termAt(log, logIndex(i))
    if (found === wanted) return logIndex(i)
    if (found < wanted) return null
  }
  return null
}
