import {
  type ClientId,
  clientId,
  type LogIndex,
  logIndex,
  type Micros,
  NEVER,
  type ServerId,
  serverId,
} from '../base/ids.ts'
import { draw, drawBetween, Purpose } from '../base/random.ts'
import { type Command, isCommand, type Request, type Result } from '../raft/commands.ts'
import type { ClientReply, ClientRequest } from '../raft/messages.ts'
import type { ClientWorldFact } from './facts.ts'
import type { Settings } from './settings.ts'

/** C1 sends what somebody types; C2 is the steady client. */
export const HAND = clientId(11)
export const STEADY = clientId(12)

/** The steady client waits while this many of its commands are open. */
const MOST_OPEN = 10
/** How many finished commands each client remembers for the page. */
const REMEMBERED = 12

/** One command of one client, from its first try to its answer. Never changed: each change makes another. */
export interface Operation {
  readonly serial: number
  readonly command: Request
  /** Its session, from the first try on (D 6.3); `null` outside sessions. */
  readonly session: LogIndex | null
  /** For a get: the last write of its key that had been answered to anybody when it was sent first. */
  readonly floor: LogIndex
  readonly issuedAt: Micros
  readonly attempt: number
  readonly sentAt: Micros
  readonly server: ServerId
  /**
   * `waiting` for an answer until `dueAt`, or `backing off` until then because no leader was known, or kept back until
   * there is a session (D 6.3).
   */
  readonly state: 'waiting' | 'backing off' | 'no session' | 'answered' | 'given up'
  readonly dueAt: Micros
  readonly result: Result | null
  /** The event that led to the present state. */
  readonly cause: number
}

export interface Client {
  readonly id: ClientId
  /** Whom it believes to lead. */
  leader: ServerId | null
  /** Its session, while it knows of one (D 6.3). */
  session: LogIndex | null
  lastSerial: number
  open: Operation[]
  /** The latest finished ones, oldest first. */
  done: Operation[]
  /** When it sends its next steady command; NEVER for a client that sends none. */
  nextAt: Micros
  ticks: number
}

/** What a client can do to the world. */
export interface ClientContext {
  readonly now: Micros
  readonly event: number
  readonly seed: number
  /** How many servers there are to try. */
  readonly servers: number
  readonly settings: Settings
  send(request: ClientRequest): void
  fact(fact: ClientWorldFact): void
  /** Whether a change of members has been asked for. */
  haveMembersChanged(): boolean
  /** A client has been answered that an entry wrote a key. */
  acknowledge(key: string, index: LogIndex): void
  /** The latest such entry; 0 if there is none. */
  acknowledged(key: string): LogIndex
}

export function createClient(id: ClientId): Client {
  return { id, leader: null, session: null, lastSerial: 0, open: [], done: [], nextAt: NEVER, ticks: 0 }
}

export function copyClient(client: Client): Client {
  return { ...client, open: client.open.slice(), done: client.done.slice() }
}

/** When the client next has something to do by itself. */
export function clientDue(client: Client): Micros {
  let due = client.nextAt
  for (const operation of client.open) if (operation.dueAt < due) due = operation.dueAt
  return due
}

/** Starts, stops or re-times the steady stream after a change of its rate. */
export function setRate(client: Client, context: ClientContext): void {
  const gap = gapOf(context)
  client.nextAt = gap === NEVER ? NEVER : (Math.min(client.nextAt, context.now + gap) as Micros)
}

const gapOf = ({ settings }: ClientContext): Micros =>
  settings.clientRate > 0 ? (Math.max(1, Math.floor(1_000_000 / settings.clientRate)) as Micros) : NEVER

/** Sends a new request: to the given server, else to the leader as far as known, else to one drawn by chance. */
export function issue(client: Client, command: Request, to: ServerId | null, context: ClientContext): void {
  const serial = ++client.lastSerial
  const { now, settings } = context
  const server = to ?? client.leader ?? anyServer(client, serial, context)
  const floor = command.kind === 'Get' ? context.acknowledged(command.key) : logIndex(0)
  const fresh = { serial, command, session: null, floor, issuedAt: now, attempt: 0, sentAt: now, server }
  const operation: Operation = { ...fresh, result: null, state: 'waiting', dueAt: now, cause: context.event }
  client.open.push(operation)
  if (needsSession(command, settings) && client.session === null) {
    const dueAt = (now + settings.clientPatience) as Micros
    replace(client, operation, { ...operation, state: 'no session', dueAt })
    context.fact({ kind: 'ClientNeedsSession', client: client.id, command })
    askForSession(client, server, context)
    return
  }
  transmit(client, operation, server, context)
  context.fact({ kind: 'ClientSent', client: client.id, command, server, attempt: 1 })
}

function askForSession(client: Client, server: ServerId, context: ClientContext): void {
  const asks = client.open.some(({ command }) => command.kind === 'OpenSession')
  if (!asks) issue(client, { kind: 'OpenSession' }, server, context)
}

/** D 6.3: what changes the store is applied once per session; a get outside the log changes nothing. */
const needsSession = (command: Request, { sessions, reads }: Settings): boolean =>
  sessions && isCommand(command) && (command.kind !== 'Get' || reads === 'log')

function anyServer(client: Client, serial: number, { seed, servers }: ClientContext): ServerId {
  return serverId(drawBetween(seed, Purpose.ClientChoice, client.id, serial, 1, servers))
}

/**
 * The servers in turn; and once that has led nowhere, any: where members have changed, the old word of one that is none
 * can lead round in a circle, past those who know better.
 */
function nextServer(client: Client, operation: Operation, context: ClientContext): ServerId {
  const { server, serial, attempt } = operation
  const { seed, servers } = context
  if (attempt < 3 * servers || !context.haveMembersChanged()) return serverId((server % servers) + 1)
  return serverId(drawBetween(seed, Purpose.ClientRound, client.id, serial * 1000 + attempt, 1, servers))
}

function transmit(client: Client, old: Operation, server: ServerId, context: ClientContext): void {
  const { now, settings, event } = context
  const dueAt = (now + settings.clientTimeout) as Micros
  const attempt = old.attempt + 1
  const { serial, command } = old
  const isFirst = old.attempt === 0 && needsSession(command, settings)
  const session = isFirst ? client.session : old.session
  const sent = { session, server, attempt, sentAt: now, dueAt, cause: event }
  replace(client, old, { ...old, ...sent, state: 'waiting' })
  context.send({
    kind: 'ClientRequest',
    from: client.id,
    to: server,
    leader: client.leader,
    serial,
    session,
    firstOpen: Math.min(...client.open.map((open) => open.serial)),
    command,
  })
}

/** An answer, or word of another leader, or that there is none (§8). */
export function onReply(client: Client, reply: ClientReply, context: ClientContext): void {
  const { from: server, leader, result } = reply
  const operation = client.open.find((open) => open.serial === reply.serial)
  if (operation === undefined) {
    context.fact({ kind: 'ClientReplyIgnored', client: client.id, serial: reply.serial, server })
  } else if (result !== null) answered(client, operation, reply, result, context)
  else if (operation.server !== server || operation.state !== 'waiting') {
    context.fact({ kind: 'ClientReplyIgnored', client: client.id, serial: reply.serial, server })
  } else if (leader !== null && leader !== server) sendOn(client, operation, server, leader, context)
  else backOff(client, operation, server, leader, context)
}

function answered(
  client: Client,
  operation: Operation,
  { from: server, upTo }: ClientReply,
  result: Result,
  context: ClientContext,
): void {
  client.leader = server
  const { command, session, issuedAt, floor } = operation
  if (result.kind === 'SessionExpired') return loseSession(client, operation, server, context)
  finish(client, { ...operation, state: 'answered', result, dueAt: context.now, cause: context.event })
  const took = (context.now - issuedAt) as Micros
  const stale = command.kind === 'Get' && upTo < floor
  context.fact({ kind: 'ClientAnswered', client: client.id, command, server, result, took, stale })
  if (result.kind === 'Done' && isCommand(command)) context.acknowledge(command.key, upTo)
  if (result.kind === 'SessionOpened' && session === null) takeSession(client, result.session, context)
}

/** D 6.3: with a session, the commands that waited for one go out. */
function takeSession(client: Client, session: LogIndex, context: ClientContext): void {
  client.session = session
  for (const waiting of client.open.slice()) {
    if (waiting.state !== 'no session') continue
    const { command } = waiting
    const server = client.leader ?? waiting.server
    transmit(client, waiting, server, context)
    context.fact({ kind: 'ClientSent', client: client.id, command, server, attempt: 1 })
  }
}

/** D 6.3: nobody can tell any more whether the command took effect, so it is not tried again. */
function loseSession(client: Client, operation: Operation, server: ServerId, context: ClientContext): void {
  if (client.session === operation.session) client.session = null
  finish(client, { ...operation, state: 'given up', dueAt: context.now, cause: context.event })
  context.fact({ kind: 'ClientLostSession', client: client.id, command: operation.command, server })
}

function sendOn(
  client: Client,
  operation: Operation,
  server: ServerId,
  leader: ServerId,
  context: ClientContext,
): void {
  client.leader = leader
  const { command } = operation
  context.fact({ kind: 'ClientSentOn', client: client.id, command, server, leader })
  transmit(client, operation, leader, context)
}

/** No leader is known there, or it is the leader and cannot take this now. */
function backOff(
  client: Client,
  operation: Operation,
  server: ServerId,
  leader: ServerId | null,
  context: ClientContext,
): void {
  if (leader === null && client.leader === server) client.leader = null
  if (leader === server) client.leader = server
  const dueAt = (context.now + context.settings.clientBackoff) as Micros
  replace(client, operation, { ...operation, state: 'backing off', dueAt, cause: context.event })
  const kind = leader === server ? 'ClientToldToWait' : 'ClientToldNoLeader'
  context.fact({ kind, client: client.id, command: operation.command, server })
}

/** Does everything that is due now: retries elsewhere, and the next steady command. */
export function onClientTick(client: Client, context: ClientContext): void {
  for (const operation of client.open.slice()) {
    if (operation.dueAt <= context.now) waitIsOver(client, operation, context)
  }
  if (client.nextAt > context.now) return
  client.nextAt = (context.now + gapOf(context)) as Micros
  client.ticks++
  if (client.open.length < MOST_OPEN) issue(client, steadyCommand(client, context), null, context)
}

/** §8: no answer may mean that the server is down, or cut off, or slow; the client tries another. */
export function waitIsOver(client: Client, operation: Operation, context: ClientContext): void {
  const { now, settings } = context
  const { command, server } = operation
  const waited = (now - operation.issuedAt) as Micros
  if (waited >= settings.clientPatience) {
    finish(client, { ...operation, state: 'given up', dueAt: now, cause: context.event })
    context.fact({ kind: 'ClientGaveUp', client: client.id, command, waited })
    if (client.open.some(({ state }) => state === 'no session')) askForSession(client, server, context)
    return
  }
  if (operation.state === 'no session' && needsSession(command, settings)) {
    // The patience has been changed meanwhile.
    const dueAt = (operation.issuedAt + settings.clientPatience) as Micros
    replace(client, operation, { ...operation, dueAt })
    return
  }
  if (operation.state === 'waiting') {
    if (client.leader === server) client.leader = null
    const since = (now - operation.sentAt) as Micros
    context.fact({ kind: 'ClientTimedOut', client: client.id, command, server, waited: since })
  }
  const next = client.leader ?? nextServer(client, operation, context)
  transmit(client, operation, next, context)
  context.fact({
    kind: 'ClientSent',
    client: client.id,
    command,
    server: next,
    attempt: operation.attempt + 1,
  })
}

/** Mostly puts, some gets, over three keys. */
function steadyCommand(client: Client, { seed }: ClientContext): Command {
  const chance = draw(seed, Purpose.ClientCommand, client.id, client.ticks)
  const key = 'xyz'[chance % 3] as string
  if ((chance >>> 8) % 5 === 0) return { kind: 'Get', key }
  return { kind: 'Put', key, value: String((chance >>> 16) % 10) }
}

function replace(client: Client, old: Operation, by: Operation): void {
  client.open = client.open.map((operation) => (operation.serial === old.serial ? by : operation))
}

function finish(client: Client, operation: Operation): void {
  client.open = client.open.filter((open) => open.serial !== operation.serial)
  client.done.push(operation)
  if (client.done.length > REMEMBERED) client.done.shift()
}
