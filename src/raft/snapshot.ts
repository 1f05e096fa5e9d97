import { assert } from '../base/assert.ts'
import { type LogIndex, NEVER, type Term } from '../base/ids.ts'
import type { ConfigurationAt } from './configuration.ts'
import type { Context } from './effects.ts'
import type { KeyValues } from './key-value.ts'
import { compactTo, entriesBetween, firstIndex, lastIndex, termAt } from './log.ts'
import type { Server } from './server.ts'
import type { Session } from './sessions.ts'

/** §7: what a log's first entries came to, in their place. Never changed. */
export interface Snapshot {
  readonly lastIncludedIndex: LogIndex
  readonly lastIncludedTerm: Term
  readonly store: ReadonlyMap<string, string>
  readonly sessions: ReadonlyMap<LogIndex, Session>
  /** The latest configuration among the entries that it stands for. */
  readonly configuration: ConfigurationAt
  /** How large it is, in bytes. */
  readonly bytes: number
}

/** §7: each server takes its own snapshots, once its log has `snapshotAt` entries that are applied. */
export function compactSoonIfLong(server: Server, { settings: { snapshotAt }, now }: Context): void {
  if (snapshotAt > 0 && server.lastApplied - server.log.base >= snapshotAt) server.compactDue = now
}

export function compact(server: Server, context: Context): void {
  server.compactDue = NEVER
  const { log, lastApplied } = server
  if (lastApplied <= log.base) return
  const first = firstIndex(log)
  server.snapshot = snapshotOf(server)
  compactTo(log, lastApplied)
  // Older configurations can come back no more.
  const { configuration: latest } = server.snapshot
  server.configurations = [latest, ...server.configurations.filter(({ index }) => index > latest.index)]
  context.out.persist(server)
  const { bytes } = server.snapshot
  context.out.fact({ kind: 'SnapshotTaken', server: server.id, rule: '§7', first, last: lastApplied, bytes })
}

function snapshotOf(server: Server): Snapshot {
  const { log, lastApplied } = server
  assert(lastApplied > log.base, 'there is something new to take up')
  return {
    lastIncludedIndex: lastApplied,
    lastIncludedTerm: termAt(log, lastApplied),
    store: new Map(server.store),
    sessions: new Map(server.sessions),
    configuration: configurationUpTo(server, lastApplied),
    bytes: bytesOf(server.store, server.sessions),
  }
}

/** The configuration that held at an index: later ones in the log may yet be rolled back. */
function configurationUpTo(server: Server, index: LogIndex): ConfigurationAt {
  const found = server.configurations.findLast((one) => one.index <= index)
  assert(found !== undefined, 'the first configuration is older than every entry')
  return found
}

/** A size that follows from the contents alone: texts as they are, numbers as 8 bytes, plus a head. */
function bytesOf(store: KeyValues, sessions: ReadonlyMap<LogIndex, Session>): number {
  let bytes = 32
  for (const [key, value] of store) bytes += 2 + key.length + value.length
  for (const { answers } of sessions.values()) bytes += 24 + 16 * answers.size
  return bytes
}

/** Puts a snapshot's contents in the place of the state machine's, in memory. */
export function loadSnapshot(server: Server, snapshot: Snapshot): void {
  server.store = new Map(snapshot.store)
  server.sessions = new Map(snapshot.sessions)
  server.lastApplied = snapshot.lastIncludedIndex
  server.commitIndex = snapshot.lastIncludedIndex
}

/** All configurations that a server's disk knows of, oldest first: the snapshot's, then those in the log. */
export function configurationsOn(
  first: ConfigurationAt,
  { snapshot, log }: Pick<Server, 'snapshot' | 'log'>,
): ConfigurationAt[] {
  const found: ConfigurationAt[] = [snapshot?.configuration ?? first]
  for (const { index, command } of entriesBetween(log, firstIndex(log), lastIndex(log)))
    if (command.kind === 'Configuration') found.push({ index, configuration: command.configuration })
  return found
}
