import { logIndex, type Micros, NEVER } from '../base/ids.ts'
import type { Written } from '../raft/durable.ts'
import { sliceOf } from '../raft/log.ts'
import type { Message } from '../raft/messages.ts'
import type { Persistent, Server } from '../raft/server.ts'
import type { Host } from './host.ts'
import type { Settings } from './settings.ts'

/** What a disk is at: one write at a time, and what comes up meanwhile goes into the next. */
export interface Writing {
  /** What it will hold when the write is done, and how far its log vouches for the server's; `null` when idle. */
  content: { readonly disk: Persistent; readonly logVersion: number } | null
  /** When the write is done; NEVER when idle. */
  doneAt: Micros
  /** How many writes were asked for, and up to which of them the one under way goes. */
  asked: number
  covers: number
  /** Messages that may leave only when what they promise is on the disk. Replaced, never changed. */
  held: readonly { readonly message: Message; readonly needs: number }[]
  /** This disk's own latency; `null` for the cluster's. */
  latency: Micros | null
  /** The event that began the write. */
  cause: number
}

export const idleDisk = (latency: Micros | null = null): Writing => ({
  content: null,
  doneAt: NEVER,
  asked: 0,
  covers: 0,
  held: [],
  latency,
  cause: -1,
})

/** What `persist` does: once it is written, a crash cannot take this away. A disk without latency is done at once. */
export function persist(host: Host, server: Server, settings: Settings, now: Micros, cause: number): void {
  const { writing } = host
  const latency = writing.latency ?? settings.diskLatency
  if (latency === 0 && writing.content === null) {
    host.disk = contentOf(server, host.disk)
    server.durableIndex = logIndex(server.log.length)
    server.durableTerm = server.currentTerm
    return
  }
  writing.asked++
  if (writing.content === null) beginWrite(host, server, latency, now, cause)
}

function beginWrite({ writing }: Host, server: Server, latency: number, now: Micros, cause: number): void {
  writing.content = { disk: contentOf(server, null), logVersion: server.logVersion }
  writing.covers = writing.asked
  writing.doneAt = (now + latency) as Micros
  writing.cause = cause
}

/** The persistent part of a server (Figure 2), into an object that there is already if possible. */
function contentOf({ currentTerm, votedFor, log, snapshot }: Server, reuse: Persistent | null): Persistent {
  if (reuse === null) return { currentTerm, votedFor, log: sliceOf(log), snapshot }
  reuse.currentTerm = currentTerm
  reuse.votedFor = votedFor
  reuse.log.buffer = log.buffer
  reuse.log.length = log.length
  reuse.log.base = log.base
  reuse.log.baseTerm = log.baseTerm
  reuse.snapshot = snapshot
  return reuse
}

/** The write is done; the next begins if there is more. Returns what may leave now, and what the log's part vouches for. */
export function endWrite(
  host: Host,
  settings: Settings,
  now: Micros,
  cause: number,
): { readonly released: readonly Message[]; readonly written: Written | null } {
  const { writing, server } = host
  const { content, covers, held } = writing
  if (content === null) return { released: [], written: null }
  // A snapshot of the world may still hold what was being written.
  host.disk = { ...content.disk, log: sliceOf(content.disk.log) }
  writing.content = null
  writing.doneAt = NEVER
  writing.held = held.filter(({ needs }) => needs > covers)
  if (writing.asked > covers) beginWrite(host, server, writing.latency ?? settings.diskLatency, now, cause)
  const released = held.filter(({ needs }) => needs <= covers).map(({ message }) => message)
  const { disk, logVersion } = content
  const upTo = logIndex(disk.log.length)
  return { released, written: { term: disk.currentTerm, upTo, logVersion } }
}

/** Whether a message must wait for the disk; if so, it is kept. */
export function holds({ writing, server }: Host, message: Message, settings: Settings): boolean {
  if (writing.content === null || !promises(message)) return false
  // D 10.2.1: what a leader sends to followers promises nothing about its own disk.
  if (settings.parallelWrite && server.role === 'leader' && message.kind === 'AppendEntries') return false
  writing.held = [...writing.held, { message, needs: writing.asked }]
  return true
}

/** Whether what a message says must outlast a crash of its sender (Figure 2: before responding to RPCs). */
function promises(message: Message): boolean {
  switch (message.kind) {
    case 'RequestVote':
    case 'RequestVoteReply':
    case 'AppendEntriesReply':
    case 'InstallSnapshotReply':
      return true
    case 'AppendEntries':
      return message.entries.length > 0
    default:
      return false
  }
}
