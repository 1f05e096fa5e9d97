import { type Micros, NEVER, type ServerId } from '../base/ids.ts'
import type { Server } from '../raft/server.ts'
import { toGlobal } from '../simulation/clock.ts'
import type { Flight } from '../simulation/flight.ts'
import type { Host } from '../simulation/host.ts'
import type { World } from '../simulation/world.ts'
import type { Upcoming } from './protocol.ts'

/** How many of the pending events are told. */
const MOST = 24

/** What happens next if nobody interferes, in order: timers, messages, clients, and the rest of the script. */
export function upcomingOf(world: World, flights: readonly Flight[]): Upcoming[] {
  const pending: Upcoming[] = []
  for (const flight of flights.slice(0, MOST)) {
    const { at, cause } = flight
    pending.push({ kind: flight.lost === null ? 'Arrival' : 'Loss', at, cause, flight })
  }
  for (const host of world.hosts) if (host.up && !host.paused) pending.push(...timersOf(host, world.now))
  for (const client of world.clients) {
    const { id } = client
    for (const operation of client.open) {
      const { dueAt: at, cause } = operation
      pending.push({ kind: 'ClientWait', at, cause, client: id, operation })
    }
    if (client.nextAt < NEVER)
      pending.push({ kind: 'ClientCommand', at: client.nextAt, cause: -1, client: id })
  }
  const item = world.setup.script[world.scriptDone]
  if (item !== undefined) pending.push({ kind: 'Act', at: item.at, cause: -1, index: world.scriptDone })
  return pending.sort((a, b) => a.at - b.at).slice(0, MOST)
}

function timersOf(host: Host, now: Micros): Upcoming[] {
  const { server, clock } = host
  // What ran out while the server was paused is due at once.
  const dueAt = (local: Micros) => Math.max(now, toGlobal(clock, local)) as Micros
  const timers = [...diskOf(host), ...snapshotOf(server, dueAt)]
  if (server.electionDue < NEVER) {
    const at = dueAt(server.electionDue)
    timers.push({ kind: 'Election', at, cause: host.electionCause, server: server.id })
  }
  if (server.role === 'follower') return timers
  if (server.role === 'leader') timers.push(...officeOf(server, dueAt))
  const beats = new Map<Micros, ServerId[]>()
  for (const { id, heartbeatDue, retryDue } of server.peers) {
    const cause = host.sendCauses[id] ?? -1
    if (retryDue < heartbeatDue) {
      timers.push({ kind: 'Retry', at: dueAt(retryDue), cause, server: server.id, peer: id })
    }
    if (heartbeatDue < NEVER) beats.set(heartbeatDue, [...(beats.get(heartbeatDue) ?? []), id])
  }
  for (const [due, to] of beats) {
    const cause = host.sendCauses[to[0] ?? 0] ?? -1
    timers.push({ kind: 'Heartbeat', at: dueAt(due), cause, server: server.id, to })
  }
  return timers
}

function diskOf({ id: server, writing: { doneAt: at, cause } }: Host): Upcoming[] {
  return at < NEVER ? [{ kind: 'Written', at, cause, server }] : []
}

type DueAt = (local: Micros) => Micros

function snapshotOf({ id: server, compactDue }: Server, dueAt: DueAt): Upcoming[] {
  return compactDue < NEVER ? [{ kind: 'Snapshot', at: dueAt(compactDue), cause: -1, server }] : []
}

/** A leader's other deadlines, in the order in which it looks at them. */
function officeOf({ id: server, quorumDue, batchDue, transfer, change }: Server, dueAt: DueAt): Upcoming[] {
  const due: Upcoming[] = []
  const cause = -1
  if (quorumDue < NEVER) due.push({ kind: 'QuorumCheck', at: dueAt(quorumDue), cause, server })
  if (batchDue < NEVER) due.push({ kind: 'Batch', at: dueAt(batchDue), cause, server })
  if (transfer !== null)
    due.push({ kind: 'TransferEnd', at: dueAt(transfer.due), cause, server, to: transfer.to })
  if (change !== null) {
    const { learners } = change
    due.push({ kind: 'CatchUpEnd', at: dueAt(change.due), cause, server, learners })
  }
  return due
}
