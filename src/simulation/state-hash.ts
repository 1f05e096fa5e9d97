import { Hash } from '../base/hash.ts'
import type { Log } from '../raft/log.ts'
import type { Client } from './clients.ts'
import type { Flight } from './flight.ts'
import type { Host } from './host.ts'
import { LATER_SETTINGS, section5Defaults } from './settings.ts'
import type { WorldState } from './world-state.ts'

/** How many log entries or messages are hashed in one step. */
const STEP = 500

/** A 32-bit hash of everything that can influence what comes next: equal histories have equal hashes. */
export function stateHash(world: WorldState): number {
  const steps = hashing(world)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** The same in small steps, for those who have other things to see to meanwhile. What is hashed must not change. */
export function* hashing(world: WorldState): Generator<void, number> {
  const hash = new Hash()
    .number(world.now)
    .number(world.events)
    .number(world.eventsNow)
    .number(world.scriptDone)
  hashValue(hash, world.settings)
  for (const host of world.hosts) yield* hashHost(hash, host)
  for (const client of world.clients) hashClient(hash, client)
  const flights = [...world.network.flights.all()].sort((a, b) => a.at - b.at || a.seq - b.seq)
  yield* hashFlights(hash, flights)
  world.network.hashInto(hash)
  return hash.boolean(world.halted === null).value()
}

function* hashHost(hash: Hash, host: Host): Generator<void> {
  const { server, clock } = host
  hash.boolean(host.up).boolean(host.paused).number(host.timeouts).number(host.wakeAt)
  hash.number(clock.local).number(clock.global).number(clock.rate)
  hash.string(server.role).number(server.currentTerm).number(server.votedFor).number(server.leaderId)
  hash.number(server.commitIndex).number(server.lastApplied).number(server.lastRpcId)
  hash.number(server.electionDue).number(server.electionSetAt)
  for (const peer of server.peers) hashValue(hash, peer)
  hashBeyond(hash, host)
  yield* hashLog(hash, server.log)
  for (const key of [...server.store.keys()].sort()) hash.string(key).string(server.store.get(key) ?? '')
  yield* hashFlights(hash, host.inbox)
}

/** What only features beyond §5 use, where they are in use: links from before them have hashes without it. */
function hashBeyond(hash: Hash, { server, writing, disk }: Host): void {
  const { snapshot, sessions, transfer, change, reads, incoming, durableIndex, log, compactDue } = server
  const { configurations, currentTerm, durableTerm, quorumDue, batchDue, byTransfer, leaseOver, oldVotes } =
    server
  const beyond: readonly (readonly [unknown, boolean])[] = [
    [snapshot?.lastIncludedIndex, snapshot !== null],
    [[...sessions], sessions.size > 0],
    [[transfer, leaseOver, byTransfer], transfer !== null || leaseOver || byTransfer],
    [change, change !== null],
    [reads, reads.length > 0],
    [[incoming?.snapshot.lastIncludedIndex, incoming?.received], incoming !== null],
    [[durableIndex, durableTerm], durableIndex !== log.length || durableTerm !== currentTerm],
    [configurations, configurations.length > 1],
    [[quorumDue, batchDue], quorumDue !== Infinity || batchDue !== Infinity],
    [compactDue, compactDue !== Infinity],
    [
      [writing.doneAt, writing.asked, writing.latency, disk.log.length],
      writing.asked > 0 || writing.latency !== null,
    ],
    [oldVotes, oldVotes.length > 0],
  ]
  for (const [i, [value, isUsed]] of beyond.entries()) {
    if (!isUsed) continue
    hash.number(i)
    hashValue(hash, value)
  }
}

function* hashLog(hash: Hash, log: Log): Generator<void> {
  hash.number(log.length)
  for (let i = 0; i < log.length - log.base; i++) {
    hashValue(hash, log.buffer[i])
    if (i % STEP === 0) yield
  }
}

function* hashFlights(hash: Hash, flights: readonly Flight[]): Generator<void> {
  // How many copies there were decides the name of the next one alone, and links have hashes without it.
  for (const [i, { copies, ...flight }] of flights.entries()) {
    hashValue(hash, flight)
    if (i % STEP === 0) yield
  }
}

function hashClient(hash: Hash, client: Client): void {
  if (client.session !== null) hash.string('session').number(client.session)
  hash.number(client.leader).number(client.lastSerial).number(client.nextAt).number(client.ticks)
  for (const operation of client.open) hashValue(hash, operation)
  for (const operation of client.done) hashValue(hash, operation)
}

/** Plain data of any shape: objects field by field in the order of their names. */
function hashValue(hash: Hash, value: unknown): void {
  if (value === null || value === undefined) hash.number(null)
  else if (typeof value === 'number') hash.number(value)
  else if (typeof value === 'string') hash.string(value)
  else if (typeof value === 'boolean') hash.boolean(value)
  else if (Array.isArray(value)) {
    hash.number(value.length)
    for (const item of value) hashValue(hash, item)
  } else {
    const record = value as Readonly<Record<string, unknown>>
    for (const key of Object.keys(record).sort()) {
      if (isLater(key, record[key])) continue
      hash.string(key)
      hashValue(hash, record[key])
    }
  }
}

/** Fields that follow from the rest of a history, and came to be after links had hashes without them. */
const DERIVED = new Set(['heardAt', 'ackedRpc', 'ackedSentAt', 'firstOpen', 'upTo', 'floor'])
/** Fields and settings that came later, with the value that they have where they are not in use. */
const UNUSED: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['mode', 'probe'],
  ['sending', null],
  ['session', null],
  ['transfer', false],
  ...LATER_SETTINGS.map((key) => [key, section5Defaults[key]] as const),
])

function isLater(key: string, value: unknown): boolean {
  if (DERIVED.has(key) || (key === 'inFlight' && Array.isArray(value) && value.length === 0)) return true
  return UNUSED.has(key) && UNUSED.get(key) === value
}
