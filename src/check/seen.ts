import { type LogIndex, logIndex, type ServerId, type Term, term } from '../base/ids.ts'
import type { Entry, Log } from '../raft/log.ts'
import type { Persistent, Role } from '../raft/server.ts'
import type { Host } from '../simulation/host.ts'
import { sameEntry } from './same-entry.ts'

/** One server as it was after the event before. */
export interface Seen {
  up: boolean
  role: Role
  currentTerm: Term
  votedFor: ServerId | null
  buffer: readonly Entry[]
  /** How many entries a snapshot stands for. */
  base: number
  length: number
  /** The indexes in its log of what changes the members. */
  configurations: number[]
  /** What its disk has of a log. */
  written: { buffer: readonly Entry[]; base: number; length: number }
  /** How often its disk has failed it. */
  losses: number
  /** The disk, and the term and the vote that no crash may take (see `durableOf`). */
  disk: Persistent | null
  durableTerm: Term
  durableVote: ServerId | null
  commitIndex: LogIndex
  lastApplied: LogIndex
}

/** How any server is thought of before it is seen: it has and knows nothing. */
export const unseen = (): Seen => ({
  up: true,
  role: 'follower',
  currentTerm: term(0),
  votedFor: null,
  buffer: [],
  base: 0,
  length: 0,
  configurations: [],
  written: { buffer: [], base: 0, length: 0 },
  losses: 0,
  disk: null,
  durableTerm: term(0),
  durableVote: null,
  commitIndex: logIndex(0),
  lastApplied: logIndex(0),
})

export function isAsSeen({ server, up, disk }: Host, seen: Seen): boolean {
  const { log } = server
  return (
    server.currentTerm === seen.currentTerm &&
    server.role === seen.role &&
    log.length === seen.length &&
    server.commitIndex === seen.commitIndex &&
    server.lastApplied === seen.lastApplied &&
    server.votedFor === seen.votedFor &&
    log.buffer === seen.buffer &&
    disk === seen.disk &&
    up === seen.up
  )
}

/** What no crash may take: with a disk still at work, only what is on it. */
export const durableOf = ({ server, disk, writing }: Host): Persistent =>
  writing.content === null ? server : disk

/** Copies down the server as it is now. */
export function note(seen: Seen, host: Host): void {
  const { server, up, losses, disk } = host
  const durable = durableOf(host)
  seen.up = up
  seen.role = server.role
  seen.currentTerm = server.currentTerm
  seen.votedFor = server.votedFor
  seen.buffer = server.log.buffer
  seen.base = server.log.base
  seen.length = server.log.length
  seen.written.buffer = disk.log.buffer
  seen.written.base = disk.log.base
  seen.written.length = disk.log.length
  seen.losses = losses
  seen.disk = disk
  seen.durableTerm = durable.currentTerm
  seen.durableVote = durable.votedFor
  seen.commitIndex = server.commitIndex
  seen.lastApplied = server.lastApplied
}

/**
 * How many entries at the front are as they were: of the same buffer, all that both slices have (see `Log`), and
 * those that a snapshot stands for, since what they came to is judged as it is loaded.
 */
export function unchangedEntries(
  { buffer, base, length }: Log,
  seen: Pick<Seen, 'buffer' | 'base' | 'length'>,
): number {
  const most = Math.min(length, seen.length)
  if (buffer === seen.buffer && base === seen.base) return most
  let kept = Math.min(length, Math.max(base, seen.base))
  while (kept < most && sameEntry(buffer[kept - base] as Entry, seen.buffer[kept - seen.base] as Entry))
    kept++
  return kept
}
