import { serverId, term } from '../base/ids.ts'
import type { ConfigurationAt } from './configuration.ts'
import type { AppendEntries, InstallSnapshot, InstallSnapshotReply, Message } from './messages.ts'
import { appendReply, type Bench, leader, type Start, snapshotOf } from './test-kit.ts'

interface Install {
  readonly from?: number
  readonly to?: number
  readonly term?: number
  readonly log: string
  readonly offset?: number
  readonly bytes?: number
  readonly configuration?: ConfigurationAt
  readonly rpcId?: number
}

/** What a leader sends whose snapshot, of 100 bytes, stands for that log: by default all of it at once. */
export function installSnapshot(given: Install): InstallSnapshot {
  const { from = 2, to = 1, term: of = 7, log, offset = 0, bytes = 100 - offset, rpcId = 1 } = given
  const snapshot = snapshotOf(log, given.configuration)
  const { lastIncludedIndex, lastIncludedTerm } = snapshot
  return {
    kind: 'InstallSnapshot',
    from: serverId(from),
    to: serverId(to),
    leader: serverId(from),
    term: term(of),
    leaderId: serverId(from),
    lastIncludedIndex,
    lastIncludedTerm,
    offset,
    bytes,
    done: offset + bytes === snapshot.bytes,
    snapshot,
    rpcId,
  }
}

/** The answer of a server that has so many bytes now; by default all that were sent so far. */
export function installReply(
  request: InstallSnapshot,
  received = request.offset + request.bytes,
): InstallSnapshotReply {
  const { from: to, to: from, leaderId: leader, term: of, lastIncludedIndex, rpcId, snapshot } = request
  const done = received === snapshot.bytes
  const kind = 'InstallSnapshotReply'
  return { kind, from, to, leader, term: of, lastIncludedIndex, received, done, rpcId, requestTerm: of }
}

/** The newest message of a kind that was sent to S2. */
export function newest<Kind extends Message['kind']>(bench: Bench, kind: Kind): Message & { kind: Kind } {
  const found = bench.sent(kind).findLast(({ to }) => to === serverId(2))
  if (found === undefined) throw new Error(`no ${kind} was sent to S2`)
  return found
}

/** S2 says that its log ends so early that only a snapshot helps. */
export function refuse(bench: Bench, request: AppendEntries = newest(bench, 'AppendEntries')): Bench {
  return bench.receive(appendReply(request, { conflict: { conflictTerm: null, conflictIndex: 1 } }))
}

/** A leader of term 7 that has just sent S2 its snapshot, or the first part of it. */
export function sender(start: Start = {}): Bench {
  const bench = leader({ term: 7, log: '11223', base: 3, ...start }).step({ kind: 'Heartbeat' })
  return refuse(bench)
}
