import { type LogIndex, logIndex, type Micros, type ServerId } from '../base/ids.ts'
import type { World } from '../simulation/world.ts'
import type { ClientFrame, Frame, LinkFrame, LogWindow, Records } from './protocol.ts'
import { type Judged, safetyOf, violationIn } from './safety-frame.ts'
import { serverFrame } from './server-frame.ts'
import { upcomingOf } from './upcoming.ts'

/** How many messages on their way are told one by one. */
const MOST_FLIGHTS = 600

/** Everything that is drawn of the moment at which the history's cursor stands. */
export function frameOf(
  history: Judged,
  epoch: number,
  unjudged: boolean,
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
    committed: world.committed,
    at: world.now,
    scriptDone: world.scriptDone,
    servers: world.hosts.map((host) => serverFrame(host, world, flights, { first, columns: window.columns })),
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
    violation: violationIn(history, world.events - 1),
    safety: safetyOf(history, unjudged),
    more,
  }
}

function firstIndexOf({ first, columns }: LogWindow, world: World): LogIndex {
  if (first !== 'head') return first
  const longest = Math.max(...world.hosts.map((host) => host.server.log.length))
  // One free column at the end, for nextIndex to stand in.
  return logIndex(Math.max(1, longest + 2 - columns))
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
