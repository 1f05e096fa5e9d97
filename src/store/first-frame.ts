import { logIndex, NEVER, type ServerId, serverId, term } from '../base/ids.ts'
import type { Entry } from '../raft/log.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { InitialServer } from '../simulation/script.ts'
import type { Frame, ServerFrame } from '../worker/protocol.ts'

/** How much of a log is shown before the worker has been told how much there is room for. */
const COLUMNS = 12

/**
 * The moment before anything happens, which needs no simulation: every server a follower that knows what its disk
 * knows. It is on the screen while the worker starts; the timers, which are drawn by chance, come with its first answer.
 */
export function firstFrame({ servers, initial, settings }: Scenario): Frame {
  const zero = 0 as Frame['time']
  return {
    epoch: -1,
    events: 0,
    time: zero,
    until: zero,
    eventsNow: 0,
    committed: logIndex(0),
    at: zero,
    scriptDone: 0,
    servers: startingServers(servers, initial),
    flights: [],
    flightCount: 0,
    cuts: [],
    links: [],
    clients: [],
    settings,
    firstLogIndex: logIndex(1),
    happened: null,
    upcoming: [],
    end: null,
    violation: null,
    safety: { held: 5, notes: [], broken: [], stops: [], faulty: [], unjudged: false },
    more: NO_RECORDS,
  }
}

const NO_RECORDS: Frame['more'] = {
  messagesFrom: 0,
  messages: [],
  changed: [],
  conditionsFrom: 0,
  conditions: [],
  factsFrom: 0,
  facts: [],
  knownTo: 0 as Frame['time'],
  unfinished: false,
}

export function startingServers(count: number, initial: Scenario['initial']): ServerFrame[] {
  const all = Array.from({ length: count }, (_, i) => serverId(i + 1))
  return all.map((id, i) => startingServer(id, all, initial?.[i]))
}

function startingServer(
  id: ServerId,
  voters: readonly ServerId[],
  disk: InitialServer | undefined,
): ServerFrame {
  const log: readonly Entry[] = (disk?.log ?? []).map((entry, i) => ({
    ...entry,
    index: logIndex(i + 1),
    request: null,
  }))
  return {
    id,
    state: 'up',
    role: 'follower',
    currentTerm: disk?.currentTerm ?? term(0),
    votedFor: disk?.votedFor ?? null,
    leaderId: null,
    commitIndex: logIndex(0),
    lastApplied: logIndex(0),
    lastIndex: logIndex(log.length),
    lastTerm: log.at(-1)?.term ?? term(0),
    electionDue: NEVER,
    electionSetAt: 0 as Frame['time'],
    clockRate: 1000,
    peers: [],
    store: [],
    entries: log.slice(0, COLUMNS),
    tail: log.slice(-COLUMNS).map((entry) => entry.term),
    doomedFrom: null,
    waiting: [],
    waitingCount: 0,
    snapshot: null,
    incoming: null,
    members: { index: logIndex(0), voters, next: null, committed: true },
    sessions: [],
    heardAt: 0 as Frame['time'],
    diskLatency: null,
    writing: null,
    office: null,
  }
}
