import { assert } from '../base/assert.ts'
import { type LogIndex, logIndex, type Term, term } from '../base/ids.ts'
import { isSamePayload, type Payload } from './commands.ts'
import type { RequestId } from './messages.ts'

/** One entry of a log (§5.3). Never changed once made, so servers, messages and keyframes share it. */
export interface Entry {
  readonly index: LogIndex
  /** The term in which a leader received it. */
  readonly term: Term
  readonly command: Payload
  /** The client request it came from; `null` where no client asked. */
  readonly request: RequestId | null
}

/**
 * A log as a slice of an array that several holders may share: the server, its disk, the keyframes. Appending extends
 * the array in place where this slice reaches its end; removing entries only shortens the slice; writing behind a
 * shortened slice copies first. So a holder's entries never change. Where a snapshot stands for the first `base`
 * entries (§7), `buffer[0]` is entry `base + 1`.
 */
export interface Log {
  buffer: Entry[]
  /** The index of the last entry, those that a snapshot stands for included. */
  length: number
  /** lastIncludedIndex of the snapshot that the log stands on; 0 without one. */
  base: LogIndex
  /** lastIncludedTerm of it. */
  baseTerm: Term
}

export const emptyLog = (): Log => ({ buffer: [], length: 0, base: logIndex(0), baseTerm: term(0) })

/** The same entries, held independently from now on. Costs nothing in the log's length. */
export const sliceOf = ({ buffer, length, base, baseTerm }: Log): Log => ({ buffer, length, base, baseTerm })

export const lastIndex = (log: Log): LogIndex => logIndex(log.length)

/** The term of the last entry; 0 for an empty log. */
export const lastTerm = (log: Log): Term => termAt(log, lastIndex(log))

/** The first index that the log still has an entry for. */
export const firstIndex = (log: Log): LogIndex => logIndex(log.base + 1)

/** The term of the entry at `index`, which may be the last that the snapshot stands for (§7); 0 for index 0. */
export function termAt(log: Log, index: LogIndex): Term {
  return index === log.base ? log.baseTerm : entryAt(log, index).term
}

export function entryAt(log: Log, index: LogIndex): Entry {
  assert(index > log.base && index <= log.length, `the log has an entry ${index}`)
  return log.buffer[index - 1 - log.base] as Entry
}

/** Copies of the references to entries `from … to`, both included, as far as the log has them. */
export function entriesBetween(log: Log, from: LogIndex, to: LogIndex): readonly Entry[] {
  const first = Math.max(from - 1 - log.base, 0)
  return from > to ? NONE : log.buffer.slice(first, Math.max(0, Math.min(to, log.length) - log.base))
}
const NONE: readonly Entry[] = []

export function append(log: Log, entry: Entry): void {
  assert(entry.index === log.length + 1, 'entries are appended in order')
  const at = log.length - log.base
  if (log.buffer.length > at) {
    if (isSame(log.buffer[at] as Entry, entry)) {
      log.length++
      return
    }
    log.buffer = log.buffer.slice(0, at)
  }
  log.buffer.push(entry)
  log.length++
}

/** Whether one of two entries for the same place will do for both, as it will wherever a history is executed again. */
function isSame(a: Entry, b: Entry): boolean {
  if (a === b) return true
  if (a.term !== b.term || !isSameRequest(a.request, b.request)) return false
  return isSamePayload(a.command, b.command)
}

function isSameRequest(a: RequestId | null, b: RequestId | null): boolean {
  if (a === null || b === null) return a === b
  return (
    a.client === b.client && a.serial === b.serial && a.session === b.session && a.firstOpen === b.firstOpen
  )
}

/** Removes the entry at `index` and all that follow it (§5.3). */
export function truncateFrom(log: Log, index: LogIndex): void {
  assert(index > log.base && index <= log.length, 'there is something to remove')
  log.length = index - 1
}

/** Forgets the entries up to `index`, which a snapshot stands for from now on (§7). */
export function compactTo(log: Log, index: LogIndex): void {
  assert(index > log.base && index <= log.length, 'there is something to compact')
  log.baseTerm = termAt(log, index)
  log.buffer = log.buffer.slice(index - log.base, log.length - log.base)
  log.base = index
}

/** An empty log that stands on a snapshot (§7). */
export const logAfter = (base: LogIndex, baseTerm: Term): Log => ({
  buffer: [],
  length: base,
  base,
  baseTerm,
})

/** The first index of the run of entries that share the term of the entry at `index`. */
export function firstIndexOfTerm(log: Log, index: LogIndex): LogIndex {
  const wanted = termAt(log, index)
  let first: number = index
  while (first > log.base + 1 && termAt(log, logIndex(first - 1)) === wanted) first--
  return logIndex(first)
}

/** The last entry of `wanted` at or before `from`; `null` if there is none. Terms never fall along a log. */
export function lastIndexOfTerm(log: Log, wanted: Term, from: LogIndex): LogIndex | null {
  for (let i: number = Math.min(from, log.length); i >= Math.max(1, log.base); i--) {
    const found = termAt(log, logIndex(i))
    if (found === wanted) return logIndex(i)
    if (found < wanted) return null
  }
  return null
}
