import { AssertionFailed } from '../base/assert.ts'
import {
  type ClientId,
  isServer,
  type LogIndex,
  logIndex,
  type Micros,
  NEVER,
  type ServerId,
  serverId,
} from '../base/ids.ts'
import { NO_CONFIGURATION } from '../raft/configuration.ts'
import { Impossible } from '../raft/effects.ts'
import type { Message } from '../raft/messages.ts'
import { firstConfiguration } from '../raft/server.ts'
import { type Input, step } from '../raft/step.ts'
import {
  type Client,
  type ClientContext,
  clientDue,
  copyClient,
  createClient,
  HAND,
  onClientTick,
  onReply,
  STEADY,
  setRate,
} from './clients.ts'
import { endWrite, holds } from './disk.ts'
import type { Fact, WhyLost } from './facts.ts'
import type { Flight } from './flight.ts'
import { causeOfTimer, copyHost, createHost, type Host, setWake } from './host.ts'
import { intervene } from './interventions.ts'
import { Network } from './network.ts'
import { rulesBroken } from './rules-broken.ts'
import type { ScriptItem, Setup } from './script.ts'
import { ServerContext } from './server-context.ts'
import type { Settings } from './settings.ts'
import type { Halt, Trace } from './trace.ts'
import type { WorldState } from './world-state.ts'

/**
 * With more messages than this on their way, the run stops. Nobody can follow so many, and under settings that make
 * them faster than they arrive there would be millions soon.
 */
const MOST_MESSAGES = 20_000

/**
 * A whole cluster under a virtual clock. `advance` executes one event: the next intervention, message, timer or
 * client step, in that order where they share a microsecond.
 */
export class World {
  readonly setup: Setup
  trace: Trace | null = null
  now = 0 as Micros
  /** How many events have been executed; while one is, it has this number − 1. */
  events = 0
  /** How many of them at exactly `now`. */
  eventsNow = 0
  settings: Settings
  hosts: Host[]
  clients: Client[]
  network: Network
  halted: Halt | null = null
  /** The last entry that a client was told has written each key. */
  acked = new Map<string, LogIndex>()
  /** The highest index that any server ever took for committed: a crash takes that knowledge, not the fact. */
  committed = logIndex(0)
  /** How many lines of the script are over. */
  scriptDone = 0
  /** What chance is keyed with: the setup's, unless this run goes on with other luck. */
  seed: number
  private readonly serverContext: ServerContext
  private readonly clientContext: ClientContext & {
    now: Micros
    event: number
    seed: number
    servers: number
    settings: Settings
  }

  constructor(setup: Setup) {
    this.setup = setup
    this.settings = setup.settings
    this.seed = setup.seed
    this.network = new Network(setup.seed)
    const ids = Array.from({ length: setup.servers }, (_, i) => serverId(i + 1))
    const first = firstConfiguration(ids)
    this.hosts = ids.map((id) => createHost(id, first, setup.initial?.[id - 1] ?? null))
    this.clients = [createClient(HAND), createClient(STEADY)]
    this.serverContext = new ServerContext(this)
    this.clientContext = {
      now: this.now,
      event: 0,
      seed: this.seed,
      servers: setup.servers,
      settings: this.settings,
      send: (request) => this.send(request),
      fact: (fact) => this.fact(fact),
      haveMembersChanged: () => {
        const done = this.setup.script.slice(0, this.scriptDone)
        return done.some(({ act }) => act.kind === 'ChangeMembers')
      },
      acknowledge: (key, index) => this.acked.set(key, logIndex(Math.max(index, this.acked.get(key) ?? 0))),
      acknowledged: (key) => this.acked.get(key) ?? logIndex(0),
    }
    for (const host of this.hosts) this.run(host, { kind: 'Started' })
    setRate(this.client(STEADY), this.forClient())
  }

  /** When the next event is; NEVER if there is none. */
  nextAt(): Micros {
    if (this.halted !== null) return NEVER
    const item = this.setup.script[this.scriptDone]
    const due = this.naturallyDue()
    return item !== undefined && item.at < due ? (Math.max(item.at, this.now) as Micros) : due
  }

  /** Executes the next event. False if there is none, or if the run has stopped. */
  advance(): boolean {
    if (this.halted !== null) return false
    const due = this.naturallyDue()
    const item = this.setup.script[this.scriptDone]
    if (item !== undefined && this.isItemsTurn(item, due)) this.onItem(item)
    else if (due === NEVER) return false
    else this.onDue(due)
    if (this.messages() > MOST_MESSAGES) this.halt({ kind: 'TooManyMessages', most: MOST_MESSAGES })
    return true
  }

  /** How many messages are on their way, those that wait at a paused server among them. */
  messages(): number {
    let count = this.network.flights.size
    for (const host of this.hosts) count += host.inbox.length
    return count
  }

  /** The event that is being executed; −1 while the cluster is set up. */
  get event(): number {
    return this.events - 1
  }

  hostOf(id: ServerId): Host | undefined {
    return this.hosts[id - 1]
  }

  /** A server that does not exist yet starts, empty and outside the configuration (§6); so do those before it. */
  ensureServer(id: ServerId): void {
    while (this.hosts.length < id) {
      const server = serverId(this.hosts.length + 1)
      const host = createHost(server, { index: logIndex(0), configuration: NO_CONFIGURATION }, null)
      this.hosts.push(host)
      this.fact({ kind: 'ServerAdded', server })
      this.run(host, { kind: 'Started' })
    }
  }

  client(id: ClientId): Client {
    return id === STEADY ? (this.clients[1] as Client) : (this.clients[0] as Client)
  }

  forClient(): ClientContext {
    this.clientContext.now = this.now
    this.clientContext.event = this.event
    this.clientContext.seed = this.seed
    this.clientContext.settings = this.settings
    this.clientContext.servers = this.hosts.length
    return this.clientContext
  }

  fact(fact: Fact): void {
    if (this.trace !== null) this.trace.fact(fact)
  }

  /** Hands a message to the network, unless it has to wait for its sender's disk. */
  send(message: Message): void {
    if (isServer(message.from) && holds(this.hosts[message.from - 1] as Host, message, this.settings)) return
    this.transmit(message)
  }

  private transmit(message: Message): void {
    const { flight, duplicate } = this.network.send(message, this.settings, this.now, this.event)
    if (isServer(message.from)) (this.hosts[message.from - 1] as Host).sendCauses[message.to] = this.event
    if (this.trace === null) return
    this.trace.sent(flight)
    if (duplicate === null) return
    this.trace.sent(duplicate)
    const { from, to, kind } = message
    this.trace.fact({ kind: 'MessageDuplicated', from, to, message: kind, byHand: false })
  }

  /** One transition of one server. */
  run(host: Host, input: Input): void {
    const { server } = host
    const electionDue = server.electionDue
    try {
      step(server, input, this.serverContext.of(host))
    } catch (error) {
      if (!(error instanceof AssertionFailed) || !rulesBroken(this)) throw error
      throw new Impossible(server, { kind: 'Contradiction', assumed: error.assumed })
    }
    if (server.electionDue !== electionDue) host.electionCause = this.event
    if (server.commitIndex > this.committed) this.committed = server.commitIndex
    setWake(host, this.now)
  }

  /** A message has come to the end of its way. */
  arrive(flight: Flight): void {
    const { message } = flight
    if (message.kind === 'ClientReply') {
      this.trace?.ended(flight, 'arrived')
      onReply(this.client(message.to), message, this.forClient())
      return
    }
    const host = this.hosts[message.to - 1] as Host
    if (!host.up) return this.lose(flight, 'ServerDown')
    if (host.paused) {
      host.inbox.push(flight)
      const { from, to, kind } = message
      this.fact({ kind: 'MessageHeld', from, to, message: kind })
      return
    }
    this.trace?.ended(flight, 'arrived')
    this.run(host, { kind: 'Message', message })
  }

  lose(flight: Flight, why: WhyLost): void {
    const { from, to, kind } = flight.message
    this.trace?.ended(flight, 'lost')
    this.fact({ kind: 'MessageLost', from, to, message: kind, why })
  }

  /** Stops the run at this event. What stopped it first is what counts. */
  halt(fact: Fact): void {
    if (this.halted !== null) return
    this.fact(fact)
    this.halted = { at: this.now, event: this.event, fact }
  }

  /**
   * From now on, other luck: whatever is yet to be drawn is drawn anew. What has been drawn stays as it is: timers that
   * run, messages on their way. So does the script.
   */
  reseed(seed: number): void {
    this.seed = seed
    this.network.reseed(seed)
  }

  snapshot(): WorldState {
    const { now, events, eventsNow, committed, scriptDone, seed, settings, halted } = this
    const hosts = this.hosts.map(copyHost)
    const clients = this.clients.map(copyClient)
    return {
      now,
      events,
      eventsNow,
      committed,
      scriptDone,
      seed,
      settings,
      hosts,
      clients,
      network: this.network.copy(),
      halted,
      acked: new Map(this.acked),
    }
  }

  /** Goes back, or on, to a moment of this world's own history. */
  restore(from: WorldState): void {
    this.now = from.now
    this.events = from.events
    this.eventsNow = from.eventsNow
    this.committed = from.committed
    this.scriptDone = from.scriptDone
    this.seed = from.seed
    this.settings = from.settings
    this.hosts = from.hosts.map(copyHost)
    this.clients = from.clients.map(copyClient)
    this.network = from.network.copy()
    this.halted = from.halted
    this.acked = new Map(from.acked)
  }

  /** The servers' ids, S1 first. */
  ids(): readonly ServerId[] {
    return this.hosts.map((host) => host.id)
  }

  /** When something happens without anybody's doing. */
  private naturallyDue(): Micros {
    let due = this.network.flights.peek()?.at ?? NEVER
    for (const host of this.hosts) if (host.wakeAt < due) due = host.wakeAt
    for (const client of this.clients) {
      const at = clientDue(client)
      if (at < due) due = at
    }
    return due
  }

  /** An intervention at T comes after `skip` of T's events, or after all of them if they are fewer. */
  private isItemsTurn(item: ScriptItem, due: Micros): boolean {
    if (item.at < due) return true
    if (item.at > due) return false
    return (this.now === due ? this.eventsNow : 0) >= item.skip
  }

  private begin(at: Micros): void {
    this.eventsNow = at === this.now ? this.eventsNow + 1 : 1
    this.now = at
    this.events++
  }

  private onItem(item: ScriptItem): void {
    this.begin(Math.max(item.at, this.now) as Micros)
    this.scriptDone++
    this.trace?.event(this.event, this.now, -1, { kind: 'Act', item })
    this.guarded(() => intervene(this, item.act))
  }

  private onDue(due: Micros): void {
    this.begin(due)
    const flight = this.network.flights.peek()
    if (flight !== undefined && flight.at === due) this.onFlight(flight)
    else if (!this.onTimer(due)) this.onClient(due)
  }

  private onFlight(flight: Flight): void {
    this.network.flights.pop()
    const { cause } = flight
    if (flight.lost !== null) {
      this.trace?.event(this.event, this.now, cause, { kind: 'Loss', flight })
      this.lose(flight, flight.lost)
      return
    }
    this.trace?.event(this.event, this.now, cause, { kind: 'Arrival', flight })
    this.guarded(() => this.arrive(flight))
  }

  private onTimer(due: Micros): boolean {
    for (const host of this.hosts) {
      if (host.wakeAt !== due) continue
      if (host.writing.doneAt <= this.now) this.onDisk(host)
      else {
        const what = { kind: 'Timer', server: host.id } as const
        this.trace?.event(this.event, this.now, causeOfTimer(host, this.now), what)
        this.guarded(() => this.run(host, { kind: 'Tick' }))
      }
      return true
    }
    return false
  }

  /** What waited for the disk goes out, and the server learns what it has. */
  private onDisk(host: Host): void {
    this.trace?.event(this.event, this.now, host.writing.cause, { kind: 'Disk', server: host.id })
    const { released, written } = endWrite(host, this.settings, this.now, this.event)
    for (const message of released) this.transmit(message)
    if (written !== null) this.guarded(() => this.run(host, { kind: 'Written', ...written }))
  }

  private onClient(due: Micros): void {
    for (const client of this.clients) {
      if (clientDue(client) !== due) continue
      const cause = client.open.find((operation) => operation.dueAt === due)?.cause ?? -1
      this.trace?.event(this.event, this.now, cause, { kind: 'Client', client: client.id })
      onClientTick(client, this.forClient())
      return
    }
  }

  /** Runs a part of an event; where a server meets the impossible, the run stops there. */
  private guarded(act: () => void): void {
    try {
      act()
    } catch (error) {
      if (!(error instanceof Impossible)) throw error
      this.halt({ kind: 'Impossible', server: error.server.id, rule: 'Fig. 3', what: error.what })
    }
  }
}
