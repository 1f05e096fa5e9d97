import { unreachable } from '../base/assert.ts'
import { type Address, isServer, MOST_COPIES, type ServerId } from '../base/ids.ts'
import { lastIndex } from '../raft/log.ts'
import { HAND, issue, STEADY, setRate, waitIsOver } from './clients.ts'
import { withRate } from './clock.ts'
import type { WhyNothing } from './facts.ts'
import { type Flight, knowingOf } from './flight.ts'
import { crash, type Host, loseStorage, setWake } from './host.ts'
import type { Intervention, MessageName } from './script.ts'
import type { Settings } from './settings.ts'
import type { World } from './world.ts'

/** Carries out one line of the script. Where there is nothing to act on, that is said, and the run goes on. */
export function intervene(world: World, act: Intervention): void {
  switch (act.kind) {
    case 'Crash':
    case 'Restart':
    case 'RestartWithout':
    case 'Transfer':
    case 'SetDisk':
    case 'Pause':
    case 'Resume':
    case 'TimeOut':
    case 'Heartbeat':
    case 'Retry':
    case 'SetClock': {
      const host = world.hostOf(act.server)
      if (host === undefined) nothing(world, { kind: 'NoSuchServer', server: act.server })
      else onServer(world, host, act)
      return
    }
    case 'Partition':
    case 'Isolate':
    case 'Cut':
    case 'Mend':
    case 'Heal':
      onLinks(world, act)
      return
    case 'Drop':
    case 'Delay':
    case 'Duplicate':
    case 'Deliver':
      onMessage(world, act)
      return
    case 'Command':
      if (act.server !== null && world.hostOf(act.server) === undefined)
        nothing(world, { kind: 'NoSuchServer', server: act.server })
      else issue(world.client(HAND), act.command, act.server, world.forClient())
      return
    case 'ChangeMembers':
      for (const id of act.add) world.ensureServer(id)
      issue(world.client(HAND), act, null, world.forClient())
      return
    case 'ClientTimeOut': {
      const client = world.client(act.client)
      const operation = client.open.find((open) => open.serial === act.serial)
      if (operation === undefined) nothing(world, { kind: 'NoSuchCommand', client: act.client })
      else waitIsOver(client, operation, world.forClient())
      return
    }
    case 'Change':
      change(world, act.settings)
      return
    case 'SetLink':
      world.network.setLink(act.from, act.to, act.settings)
      world.fact({ kind: 'LinkChanged', from: act.from, to: act.to, settings: act.settings })
      return
    default:
      unreachable(act)
  }
}

/** The servers that run, paused ones too, have to know at once. */
function change(world: World, settings: Partial<Settings>): void {
  const was = world.settings
  world.settings = { ...was, ...settings }
  if (settings.clientRate !== undefined) setRate(world.client(STEADY), world.forClient())
  world.fact({ kind: 'SettingsChanged', settings })
  for (const host of world.hosts) if (host.up) world.run(host, { kind: 'SettingsChanged', was })
}

type OnServer = Exclude<Extract<Intervention, { readonly server: ServerId }>, { kind: 'Isolate' | 'Command' }>

function onServer(world: World, host: Host, act: OnServer): void {
  const { id: server } = host
  const obstacle = whyNot(host, act)
  if (obstacle !== null) return nothing(world, obstacle)
  switch (act.kind) {
    case 'Crash':
      return crashServer(world, host)
    case 'Restart':
      host.up = true
      world.fact({ kind: 'ServerRestarted', server, lastIndex: lastIndex(host.disk.log) })
      return world.run(host, { kind: 'Restarted' })
    case 'RestartWithout':
      return restartWithout(world, host, act.loses)
    case 'Transfer':
      return world.run(host, { kind: 'Transfer', to: act.to })
    case 'SetDisk':
      host.writing.latency = act.latency
      return world.fact({ kind: 'DiskChanged', server, latency: act.latency })
    case 'Pause':
      host.paused = true
      setWake(host, world.now)
      return world.fact({ kind: 'ServerPaused', server })
    case 'Resume':
      return resume(world, host)
    case 'TimeOut':
      return world.run(host, { kind: 'ElectionTimeout' })
    case 'Heartbeat':
      return world.run(host, { kind: 'Heartbeat' })
    case 'Retry':
      return world.run(host, { kind: 'Retry', peer: act.peer })
    case 'SetClock':
      host.clock = withRate(host.clock, world.now, act.rate)
      setWake(host, world.now)
      return world.fact({ kind: 'ClockChanged', server, rate: act.rate })
    default:
      return unreachable(act)
  }
}

/** Why the intervention has nothing to act on; `null` if it has. */
function whyNot(host: Host, act: OnServer): WhyNothing | null {
  const { id: server, up, paused } = host
  if (act.kind === 'SetClock' || act.kind === 'SetDisk' || act.kind === 'RestartWithout') return null
  if (act.kind === 'Restart') return up ? { kind: 'ServerUp', server } : null
  if (!up) return { kind: 'ServerDown', server }
  if (act.kind === 'Crash') return null
  if (act.kind === 'Resume') return paused ? null : { kind: 'ServerNotPaused', server }
  if (paused) return { kind: 'ServerPaused', server }
  if ((act.kind === 'Heartbeat' || act.kind === 'Transfer') && host.server.role !== 'leader')
    return { kind: 'NotLeader', server }
  if (act.kind === 'Retry') {
    const waits = host.server.peers.some((peer) => peer.id === act.peer && peer.retryDue < Infinity)
    if (!waits || host.server.role === 'follower')
      return { kind: 'NothingUnanswered', server, peer: act.peer }
  }
  return null
}

/** Outside Raft's assumptions (§5.1: persistent state is on stable storage): the server starts without some of it. */
function restartWithout(world: World, host: Host, loses: 'vote' | 'disk'): void {
  const { id: server } = host
  if (host.up) crashServer(world, host)
  loseStorage(host, loses)
  host.up = true
  world.fact({ kind: 'StorageLost', server, what: loses })
  world.fact({ kind: 'ServerRestarted', server, lastIndex: lastIndex(host.disk.log) })
  world.run(host, { kind: 'Restarted' })
}

function crashServer(world: World, host: Host): void {
  const waiting = host.inbox
  const had = lastIndex(host.server.log)
  crash(host)
  setWake(host, world.now)
  const kept = lastIndex(host.disk.log)
  const unwritten = Math.max(0, had - kept)
  world.fact({ kind: 'ServerCrashed', server: host.id, lastIndex: kept, unwritten })
  for (const flight of waiting) world.lose(flight, 'ServerCrashed')
}

/** What waited is taken in first, in its order; then whichever timers have run out meanwhile. */
function resume(world: World, host: Host): void {
  const waiting = host.inbox
  host.inbox = []
  host.paused = false
  world.fact({ kind: 'ServerResumed', server: host.id, waiting: waiting.length })
  for (const flight of waiting) world.network.redeliver(flight, world.now)
  setWake(host, world.now)
}

type OnLinks = Extract<Intervention, { kind: 'Partition' | 'Isolate' | 'Cut' | 'Mend' | 'Heal' }>

function onLinks(world: World, act: OnLinks): void {
  const { network } = world
  const isCutNow = (from: Address, to: Address) => network.isCut(from, to)
  const setCuts = (isCut: (from: Address, to: Address) => boolean) => {
    network.setCuts(isCut, world.ids(), world.now)
    world.trace?.redirected()
  }
  switch (act.kind) {
    case 'Partition': {
      setCuts((from, to) => groupOf(act.groups, from) !== groupOf(act.groups, to))
      const rest = world.ids().filter((id) => groupOf(act.groups, id) === -1)
      return world.fact({ kind: 'Partitioned', groups: rest.length > 0 ? [...act.groups, rest] : act.groups })
    }
    case 'Isolate':
      setCuts((from, to) => from === act.server || to === act.server || isCutNow(from, to))
      return world.fact({ kind: 'Isolated', server: act.server })
    case 'Cut':
      setCuts((from, to) => (from === act.from && to === act.to) || isCutNow(from, to))
      return world.fact({ kind: 'LinkCut', from: act.from, to: act.to })
    case 'Mend':
      setCuts((from, to) => (from !== act.from || to !== act.to) && isCutNow(from, to))
      return world.fact({ kind: 'LinkMended', from: act.from, to: act.to })
    case 'Heal':
      setCuts(() => false)
      return world.fact({ kind: 'Healed' })
    default:
      return unreachable(act)
  }
}

/** Which group a server is in; −1 for the group of all that are named in none. */
const groupOf = (groups: readonly (readonly ServerId[])[], server: Address): number =>
  groups.findIndex((group) => isServer(server) && group.includes(server))

type OnMessage = Extract<Intervention, { kind: 'Drop' | 'Delay' | 'Duplicate' | 'Deliver' }>

function onMessage(world: World, act: OnMessage): void {
  const { network } = world
  const flight = network.find(act.message)
  if (flight === undefined) return nothing(world, noSuchMessage(act.message))
  const { from, to, kind: message } = flight.message
  switch (act.kind) {
    case 'Drop':
      network.remove(flight)
      return world.lose(flight, 'Dropped')
    case 'Delay':
      network.delay(flight, act.by, world.now)
      world.trace?.redirected()
      return world.fact({ kind: 'MessageDelayed', from, to, message, by: act.by })
    case 'Duplicate': {
      if (flight.copies >= MOST_COPIES)
        return nothing(world, { kind: 'EnoughCopies', from, to, most: MOST_COPIES })
      const twin = network.duplicate(flight, world.settings, world.now, world.event)
      for (const host of world.hosts) host.inbox = host.inbox.map((other) => knowingOf(other, twin))
      world.trace?.sent(twin)
      return world.fact({ kind: 'MessageDuplicated', from, to, message, byHand: true })
    }
    case 'Deliver':
      return deliverNow(world, flight)
    default:
      return unreachable(act)
  }
}

function deliverNow(world: World, flight: Flight): void {
  const { from, to, kind: message } = flight.message
  world.network.remove(flight)
  world.fact({ kind: 'MessageHurried', from, to, message })
  world.arrive({ ...flight, at: world.now, arrivesAt: world.now, lossPlace: 0, lost: null })
  // A paused server has it waiting from now on.
  world.trace?.redirected()
}

const noSuchMessage = ({ from, to }: MessageName): WhyNothing => ({
  kind: 'NoSuchMessage',
  from: from as Address,
  to: to as Address,
})

function nothing(world: World, why: WhyNothing): void {
  world.fact({ kind: 'NothingToDo', why })
}
