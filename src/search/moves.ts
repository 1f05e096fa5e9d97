import { unreachable } from '../base/assert.ts'
import { type Micros, MOST_SERVERS, millis, type ServerId, serverId } from '../base/ids.ts'
import { HAND } from '../simulation/clients.ts'
import type { Flight } from '../simulation/flight.ts'
import type { Host } from '../simulation/host.ts'
import type { Intervention } from '../simulation/script.ts'
import type { World } from '../simulation/world.ts'
import type { Draws } from './draws.ts'

/**
 * What a search does to a cluster. A `Get` is a command that only reads; a `Bounce`, a crash with a restart at once; a
 * `Wait` does nothing, until timers run out.
 */
export type MoveKind =
  | Exclude<Intervention['kind'], 'Change' | 'SetLink' | 'SetDisk' | 'Heartbeat' | 'Retry'>
  | 'Get'
  | 'Bounce'
  | 'Wait'

/** The interventions that a move comes to as things are, aimed at where they hurt; none if it makes no sense now. */
export function interventionsOf(kind: MoveKind, world: World, draws: Draws): readonly Intervention[] {
  switch (kind) {
    case 'TimeOut':
      return onOne(kind, pick(world, draws, canStand))
    case 'Crash':
      return onOne(kind, leaderOrOther(world, draws))
    case 'Restart':
      return onOne(kind, pick(world, draws, isDown))
    case 'Bounce': {
      const server = leaderOrOther(world, draws)
      if (server === null) return NOTHING
      return [
        { kind: 'Crash', server },
        { kind: 'Restart', server },
      ]
    }
    case 'RestartWithout': {
      const server = pick(world, draws, anyHost)
      return server === null ? NOTHING : [{ kind, server, loses: draws.chance(50) ? 'vote' : 'disk' }]
    }
    case 'Pause':
      return onOne(kind, leaderOrOther(world, draws))
    case 'Resume':
      return onOne(kind, pick(world, draws, isPaused))
    case 'Isolate':
      return onOne(kind, leaderOrOther(world, draws))
    case 'Partition':
    case 'Cut':
    case 'Mend':
    case 'Heal':
      return onLinks(kind, world, draws)
    case 'Command':
    case 'Get':
    case 'ChangeMembers':
    case 'ClientTimeOut':
    case 'Transfer':
      return onClients(kind, world, draws)
    case 'Drop':
    case 'Delay':
    case 'Duplicate':
    case 'Deliver':
      return onMessage(kind, world, draws)
    case 'SetClock': {
      // A lease lasts too long where its leader's clock is slow, or the others' fast.
      const server = leaderOrOther(world, draws)
      const slow = server !== null && world.hostOf(server)?.server.role === 'leader'
      return server === null ? NOTHING : [{ kind, server, rate: draws.of(slow ? SLOW : FAST) }]
    }
    case 'Wait':
      return NOTHING
    default:
      return unreachable(kind)
  }
}

const NOTHING: readonly Intervention[] = []
const SLOW = [250, 500]
const FAST = [2000, 4000]
const DELAYS: readonly Micros[] = [millis(20), millis(50), millis(100), millis(200)]
const KEYS = ['x', 'x', 'x', 'y']

type OneServerKind = 'TimeOut' | 'Crash' | 'Restart' | 'Pause' | 'Resume' | 'Isolate'

const onOne = (kind: OneServerKind, server: ServerId | null): readonly Intervention[] =>
  server === null ? NOTHING : [{ kind, server }]

const anyHost = (): boolean => true
const runs = ({ up, paused }: Host): boolean => up && !paused
const canStand = (host: Host): boolean => runs(host) && host.server.role !== 'leader'
const leads = (host: Host): boolean => runs(host) && host.server.role === 'leader'
const isDown = ({ up }: Host): boolean => !up
const isPaused = ({ paused }: Host): boolean => paused

/** Any one of those that fit; `null` if there are none. */
function pick({ hosts }: World, draws: Draws, fits: (host: Host) => boolean): ServerId | null {
  const first = draws.below(hosts.length)
  for (let i = 0; i < hosts.length; i++) {
    const host = hosts[(first + i) % hosts.length] as Host
    if (fits(host)) return host.id
  }
  return null
}

/** Mostly a leader, who has most to lose. There can be several, of whom all but one do not know yet. */
function leaderOrOther(world: World, draws: Draws): ServerId | null {
  const leader = draws.chance(60) ? pick(world, draws, leads) : null
  return leader ?? pick(world, draws, runs)
}

function onLinks(
  kind: 'Partition' | 'Cut' | 'Mend' | 'Heal',
  world: World,
  draws: Draws,
): readonly Intervention[] {
  const { hosts, network } = world
  switch (kind) {
    case 'Heal':
      return isAnythingCut(world) ? [{ kind }] : NOTHING
    case 'Partition': {
      const mask = maskOf(hosts.length, draws)
      const groups: ServerId[][] = [[], []]
      for (const { id } of hosts) groups[(mask >> (id - 1)) & 1]?.push(id)
      return [{ kind, groups }]
    }
    case 'Cut':
    case 'Mend': {
      const to = leaderOrOther(world, draws) ?? 1
      const from = 1 + ((to + draws.below(hosts.length - 1)) % hosts.length)
      if (network.isCut(from, to) === (kind === 'Cut')) return NOTHING
      return [{ kind, from: serverId(from), to: serverId(to) }]
    }
    default:
      return unreachable(kind)
  }
}

/** Who is in the second of two groups. Where it can be, neither is of one server alone, as that would be an `Isolate`. */
function maskOf(servers: number, draws: Draws): number {
  const least = servers > 3 ? 2 : 1
  for (;;) {
    const mask = draws.below(2 ** servers)
    let size = 0
    for (let bits = mask; bits > 0; bits &= bits - 1) size++
    if (size >= least && servers - size >= least) return mask
  }
}

function isAnythingCut({ hosts, network }: World): boolean {
  for (const from of hosts) for (const to of hosts) if (network.isCut(from.id, to.id)) return true
  return false
}

function onClients(
  kind: 'Command' | 'Get' | 'ChangeMembers' | 'ClientTimeOut' | 'Transfer',
  world: World,
  draws: Draws,
): readonly Intervention[] {
  switch (kind) {
    case 'Command':
    case 'Get': {
      const server = pick(world, draws, leads)
      if (server === null) return NOTHING
      const key = draws.of(KEYS)
      // Each value is written once, so that what is read tells where it comes from.
      const value = `${world.client(HAND).lastSerial + 1}`
      const command = kind === 'Get' ? ({ kind, key } as const) : ({ kind: 'Put', key, value } as const)
      return [{ kind: 'Command', server, command }]
    }
    case 'ClientTimeOut': {
      const { open } = world.client(HAND)
      const operation = open[draws.below(Math.max(1, open.length))]
      return operation === undefined ? NOTHING : [{ kind, client: HAND, serial: operation.serial }]
    }
    case 'Transfer': {
      const server = pick(world, draws, leads)
      const to = pick(world, draws, ({ id }) => id !== server)
      return server === null || to === null ? NOTHING : [{ kind, server, to }]
    }
    case 'ChangeMembers':
      return changeOf(world, draws)
    default:
      return unreachable(kind)
  }
}

/** One server comes or goes; where more are allowed at once, sometimes several of both. */
function changeOf({ hosts, settings }: World, draws: Draws): readonly Intervention[] {
  const several = settings.membership !== 'single' && draws.chance(50) ? 2 : 1
  const add: ServerId[] = []
  const remove: ServerId[] = []
  for (let i = 0; i < several; i++) {
    const next = hosts.length + 1 + i
    if (draws.chance(50) && next <= MOST_SERVERS) add.push(serverId(next))
    const gone = serverId(1 + draws.below(hosts.length))
    if ((add.length === 0 || several > 1) && !remove.includes(gone)) remove.push(gone)
  }
  return [{ kind: 'ChangeMembers', add, remove }]
}

function onMessage(
  kind: 'Drop' | 'Delay' | 'Duplicate' | 'Deliver',
  { network }: World,
  draws: Draws,
): readonly Intervention[] {
  const flights = network.flights.all()
  if (flights.length === 0) return NOTHING
  const { name: message, copies } = flightOf(flights, draws)
  if (kind === 'Delay') return [{ kind, message, by: draws.of(DELAYS) }]
  if (kind === 'Duplicate' && copies > 0) return NOTHING
  if (kind !== 'Duplicate' || draws.chance(50)) return [{ kind, message }]
  // A copy that comes late is worth more than one that comes at once.
  return [
    { kind, message },
    { kind: 'Delay', message: { ...message, copy: 1 }, by: draws.of(DELAYS) },
  ]
}

/** Any; sometimes rather a client's, of which there are few. */
function flightOf(flights: readonly Flight[], draws: Draws): Flight {
  const first = draws.below(flights.length)
  const requests = draws.chance(35)
  for (let i = 0; requests && i < flights.length; i++) {
    const flight = flights[(first + i) % flights.length] as Flight
    if (flight.message.kind === 'ClientRequest') return flight
  }
  return flights[first] as Flight
}
