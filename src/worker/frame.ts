import { type LogIndex, logIndex, type Micros, NEVER, type ServerId, type Term } from '../base/ids.ts'
import type { Violation } from '../check/properties.ts'
import { entriesBetween, type Log, lastIndex, lastTerm, termAt } from '../raft/log.ts'
import type { Server } from '../raft/server.ts'
import { toGlobal } from '../simulation/clock.ts'
import type { Flight } from '../simulation/flight.ts'
import type { History } from '../simulation/history.ts'
import type { Host } from '../simulation/host.ts'
import type { World } from '../simulation/world.ts'
import type { ClientFrame, Frame, LinkFrame, LogWindow, PeerFrame, Records, ServerFrame } from './protocol.ts'
import { upcomingOf } from './upcoming.ts'

/** How many entries the small log under a server shows. */
const TAIL = 12

/** How many messages on their way, and how many waiting at a server, are told one by one. */
const MOST_FLIGHTS = 600
const MOST_WAITING = 60

/** Everything that is drawn of the moment at which the history's cursor stands. */
export function frameOf(
  history: History<Violation>,
  epoch: number,
  time: Micros,
  window: LogWindow,
  more: Records,
): Frame {
  const { world } = history
  const flights = world.network.flights.first(MOST_FLIGHTS)
  const first = firstIndexOf(window, world)
  const isEnd = history.end !== null && world.events === history.end.event + 1
  return {
    epoch,
    events: world.events,
    time,
    until: history.until(),
    eventsNow: world.eventsNow,
    at: world.now,
    scriptDone: world.scriptDone,
    servers: world.hosts.map((host) => serverFrame(host, flights, first, window.columns)),
    flights,
    flightCount: world.network.flights.size,
    cuts: cutsOf(world),
    links: linksOf(world),
    clients: world.clients.map(clientFrame),
    settings: world.settings,
    firstLogIndex: first,
    happened: history.happened,
    upcoming: isEnd ? [] : upcomingOf(world, flights),
    end: isEnd && history.end !== null ? { ...history.end, violation: history.end.verdict } : null,
    more,
  }
}

function firstIndexOf({ first, columns }: LogWindow, world: World): LogIndex {
  if (first !== 'head') return first
  const longest = Math.max(...world.hosts.map((host) => host.server.log.length))
  // One free column at the end, for nextIndex to stand in.
  return logIndex(Math.max(1, longest + 2 - columns))
}

function serverFrame(host: Host, flights: readonly Flight[], first: LogIndex, columns: number): ServerFrame {
  const { server, clock, up, paused } = host
  const { log } = server
  return {
    id: server.id,
    state: up ? (paused ? 'paused' : 'up') : 'down',
    role: server.role,
    currentTerm: server.currentTerm,
    votedFor: server.votedFor,
    leaderId: server.leaderId,
    commitIndex: server.commitIndex,
    lastApplied: server.lastApplied,
    lastIndex: lastIndex(log),
    lastTerm: lastTerm(log),
    electionDue: up ? toGlobal(clock, server.electionDue) : NEVER,
    electionSetAt: toGlobal(clock, server.electionSetAt),
    clockRate: clock.rate,
    peers: server.role === 'follower' ? NO_PEERS : server.peers.map((peer) => peerFrame(host, peer)),
    store: [...server.store],
    entries: entriesBetween(log, first, logIndex(first + columns - 1)),
    tail: tailOf(log),
    doomedFrom: up ? doomedFrom(server, flights) : null,
    waiting: host.inbox.slice(0, MOST_WAITING),
    waitingCount: host.inbox.length,
  }
}

const NO_PEERS: readonly PeerFrame[] = []

function peerFrame({ clock }: Host, peer: Server['peers'][number]): PeerFrame {
  const { id, nextIndex, matchIndex, vote } = peer
  const heartbeatDue = toGlobal(clock, peer.heartbeatDue)
  return { id, nextIndex, matchIndex, vote, heartbeatDue, retryDue: toGlobal(clock, peer.retryDue) }
}

function tailOf(log: Log): Term[] {
  const tail: Term[] = []
  for (let i = Math.max(1, log.length - TAIL + 1); i <= log.length; i++) tail.push(termAt(log, logIndex(i)))
  return tail
}

/** §5.3: where an AppendEntries that is on its way, and not out of date, conflicts with this log. */
function doomedFrom(server: Server, flights: readonly Flight[]): LogIndex | null {
  const { log } = server
  for (const { message, lost } of flights) {
    if (message.to !== server.id || message.kind !== 'AppendEntries' || lost !== null) continue
    if (message.term < server.currentTerm || message.prevLogIndex > log.length) continue
    if (termAt(log, message.prevLogIndex) !== message.prevLogTerm) continue
    for (const entry of message.entries) {
      if (entry.index > log.length) break
      if (termAt(log, entry.index) !== entry.term) return entry.index
    }
  }
  return null
}

function cutsOf(world: World): (readonly [ServerId, ServerId])[] {
  const cuts: (readonly [ServerId, ServerId])[] = []
  for (const { id: from } of world.hosts)
    for (const { id: to } of world.hosts) if (world.network.isCut(from, to)) cuts.push([from, to])
  return cuts
}

function linksOf(world: World): LinkFrame[] {
  const links: LinkFrame[] = []
  for (const { id: from } of world.hosts)
    for (const { id: to } of world.hosts) {
      const settings = world.network.settingsOf(from, to)
      if (settings !== null) links.push({ from, to, settings })
    }
  return links
}

function clientFrame(client: World['clients'][number]): ClientFrame {
  const { id, leader, open, done, nextAt } = client
  return { id, leader, open, done, nextAt }
}
