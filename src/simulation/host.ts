import { logIndex, type Micros, NEVER, type ServerId } from '../base/ids.ts'
import type { ConfigurationAt } from '../raft/configuration.ts'
import { append, emptyLog, sliceOf } from '../raft/log.ts'
import {
  copyServer,
  emptyPersistent,
  nextDue,
  type Persistent,
  type Server,
  startServer,
} from '../raft/server.ts'
import { type Clock, toGlobal, toLocal, trueClock } from './clock.ts'
import { idleDisk, type Writing } from './disk.ts'
import type { Flight } from './flight.ts'
import type { InitialServer } from './script.ts'

/** The machine that a server runs on: its process, its disk, its clock. */
export interface Host {
  readonly id: ServerId
  /** The process; after a crash, what it will start with. */
  server: Server
  /** What the cluster was set up as, in the server's own settings file. */
  readonly first: ConfigurationAt
  disk: Persistent
  /** What the disk is still writing. */
  writing: Writing
  /** How many times it has lost something that Raft needs it to keep. */
  losses: number
  up: boolean
  /** A frozen process: its timers do nothing, and messages wait for it. */
  paused: boolean
  /** What arrived while it was paused, in order. */
  inbox: Flight[]
  clock: Clock
  /** How many election timeouts it has drawn, over all its lives. */
  timeouts: number
  /** The true time of the server's next deadline; NEVER while it is down or paused. */
  wakeAt: Micros
  /** The event that set the election timer, and those that last sent to each other server, by id. */
  electionCause: number
  sendCauses: number[]
}

export function createHost(id: ServerId, first: ConfigurationAt, initial: InitialServer | null): Host {
  const disk = initial === null ? emptyPersistent() : diskOf(initial)
  return {
    id,
    server: startServer(id, first, disk),
    first,
    disk,
    writing: idleDisk(),
    losses: 0,
    up: true,
    paused: false,
    inbox: [],
    clock: trueClock,
    timeouts: 0,
    wakeAt: NEVER,
    electionCause: -1,
    sendCauses: [],
  }
}

function diskOf(initial: InitialServer): Persistent {
  const log = emptyLog()
  initial.log.forEach((given, i) => {
    append(log, { index: logIndex(i + 1), term: given.term, command: given.command, request: null })
  })
  return { currentTerm: initial.currentTerm, votedFor: initial.votedFor, log, snapshot: null }
}

/** Works out anew when the server next has something to do by itself. */
export function setWake(host: Host, now: Micros): void {
  if (!host.up || host.paused) host.wakeAt = NEVER
  else {
    const due = Math.min(toGlobal(host.clock, nextDue(host.server)), host.writing.doneAt)
    host.wakeAt = Math.max(now, due) as Micros
  }
}

/** The event that set the timer which has run out. */
export function causeOfTimer(host: Host, now: Micros): number {
  const { server, clock } = host
  const local = toLocal(clock, now)
  if (server.electionDue <= local) return host.electionCause
  const due = server.peers.find((peer) => peer.heartbeatDue <= local || peer.retryDue <= local)
  return due === undefined ? -1 : (host.sendCauses[due.id] ?? -1)
}

/** §5.1: everything that is not on the disk is gone; what remains is what the server will start with. */
export function crash(host: Host): void {
  host.up = false
  host.paused = false
  host.inbox = []
  host.writing = idleDisk(host.writing.latency)
  host.server = startServer(host.id, host.first, host.disk)
}

/** What a faulty disk forgets while the server is down. */
export function loseStorage(host: Host, loses: 'vote' | 'disk'): void {
  host.losses++
  if (loses === 'disk') host.disk = emptyPersistent()
  else host.disk.votedFor = null
  host.server = startServer(host.id, host.first, host.disk)
}

export function copyHost(host: Host): Host {
  return {
    ...host,
    server: copyServer(host.server),
    disk: { ...host.disk, log: sliceOf(host.disk.log) },
    writing: { ...host.writing },
    inbox: host.inbox.slice(),
    sendCauses: host.sendCauses.slice(),
  }
}
