import type { Hash } from '../base/hash.ts'
import { Heap } from '../base/heap.ts'
import { type Address, isServer, type Micros } from '../base/ids.ts'
import { drawBetween, drawChance, Purpose } from '../base/random.ts'
import type { Message } from '../raft/messages.ts'
import { type Flight, isNamed, knowingOf, placeAt, planned, WHOLE_WAY } from './flight.ts'
import type { MessageName } from './script.ts'
import type { LinkSettings } from './settings.ts'

/** Addresses go from 1 to 16, so a directed link is a place in a square of this side. */
const SIDE = 17
const linkOf = (from: number, to: number): number => from * SIDE + to

const LINK_SETTINGS = ['latencyMin', 'latencyMax', 'loss', 'duplicate', 'reorder'] as const

/** A message on its way, and its copy if the network doubled it by chance. */
export interface Sent {
  readonly flight: Flight
  readonly duplicate: Flight | null
}

/** All directed links and what is on its way on them. */
export class Network {
  /** On its way, earliest event first. */
  readonly flights: Heap<Flight>
  private seed: number
  /** How many messages each link has carried. */
  private readonly sent: Uint32Array
  /** When the last message of each link arrives: the next does not overtake it. */
  private readonly lastArrival: Float64Array
  private readonly cuts: Uint8Array
  /** Settings of single links; where there are none, the cluster's hold. Replaced, never changed. */
  private own: readonly (LinkSettings | null)[]
  private seq = 0
  private serial = 0

  /** An idle network, or a copy of another. */
  constructor(seed: number, from: Network | null = null) {
    const links = SIDE * SIDE
    this.seed = seed
    this.flights = from?.flights.copy() ?? new Heap()
    this.sent = from?.sent.slice() ?? new Uint32Array(links)
    this.lastArrival = from?.lastArrival.slice() ?? new Float64Array(links)
    this.cuts = from?.cuts.slice() ?? new Uint8Array(links)
    this.own = from?.own ?? new Array<null>(links).fill(null)
    this.seq = from?.seq ?? 0
    this.serial = from?.serial ?? 0
  }

  copy(): Network {
    return new Network(this.seed, this)
  }

  /** What is sent from now on is drawn with another seed. */
  reseed(seed: number): void {
    this.seed = seed
  }

  /** Takes up everything that can influence what becomes of messages, except the flights themselves. */
  hashInto(hash: Hash): void {
    hash.number(this.seq).number(this.serial)
    for (let link = 0; link < this.sent.length; link++) {
      const own = this.own[link] ?? null
      if (this.sent[link] === 0 && this.cuts[link] === 0 && own === null) continue
      hash
        .number(link)
        .number(this.sent[link] as number)
        .number(this.lastArrival[link] as number)
      hash.number(this.cuts[link] as number)
      if (own !== null) for (const key of LINK_SETTINGS) hash.number(own[key])
    }
  }

  /** Puts a message on its way: its latency, loss and duplication are draws keyed by its link and number. */
  send(message: Message, base: LinkSettings, now: Micros, cause: number): Sent {
    const { from, to } = message
    const link = linkOf(from, to)
    const settings = this.own[link] ?? base
    const n = ((this.sent[link] as number) + 1) | 0
    this.sent[link] = n
    const arrivesAt = this.arrival(link, n, settings, now)
    const lost = drawChance(this.seed, Purpose.Loss, link, n, settings.loss)
    const lossPlace = lost ? drawBetween(this.seed, Purpose.LossPlace, link, n, 250_000, 750_000) : 0
    const copies = drawChance(this.seed, Purpose.Duplicate, link, n, settings.duplicate) ? 1 : 0
    const flight = this.launch({ from, to, n, copy: 0 }, copies, message, now, cause, arrivesAt, lossPlace)
    if (copies === 0) return { flight, duplicate: null }
    const again = (now + this.latency(Purpose.DuplicateLatency, link, n, settings)) as Micros
    return { flight, duplicate: this.launch({ from, to, n, copy: 1 }, copies, message, now, cause, again, 0) }
  }

  /** A message back on its way to a server that was paused, to be taken in now. */
  redeliver(flight: Flight, now: Micros): void {
    this.flights.push({ ...flight, at: now, seq: this.seq++, arrivesAt: now, lost: null })
  }

  isCut(from: number, to: number): boolean {
    return this.cuts[linkOf(from, to)] === 1
  }

  /** Sets which directed links between servers are cut; what is on its way meets the new walls. */
  setCuts(isCut: (from: Address, to: Address) => boolean, servers: readonly Address[], now: Micros): void {
    for (const from of servers)
      for (const to of servers) this.cuts[linkOf(from, to)] = from !== to && isCut(from, to) ? 1 : 0
    this.flights.rewrite((flight) => {
      const { from, to } = flight.name
      const between = isServer(flight.message.from) && isServer(flight.message.to)
      return between ? planned(flight, this.isCut(from, to), now) : flight
    })
  }

  setLink(from: Address, to: Address, settings: LinkSettings | null): void {
    this.own = this.own.map((old, link) => (link === linkOf(from, to) ? settings : old))
  }

  settingsOf(from: Address, to: Address): LinkSettings | null {
    return this.own[linkOf(from, to)] ?? null
  }

  find(name: MessageName): Flight | undefined {
    return this.flights.all().find((flight) => isNamed(flight, name))
  }

  /** Takes a message off its way. */
  remove(flight: Flight): void {
    this.flights.rewrite((other) => (other === flight ? null : other))
  }

  /** Lets it arrive later: it goes on from where it is, more slowly. */
  delay(flight: Flight, by: Micros, now: Micros): void {
    const legFrom = Math.min(placeAt(flight, now), WHOLE_WAY - 1)
    const arrivesAt = (flight.arrivesAt + by) as Micros
    const later = { ...flight, legAt: now, legFrom, arrivesAt }
    this.replace(flight, planned(later, this.isCut(flight.name.from, flight.name.to), now))
  }

  /** Sends a second copy along, from where the first is. */
  duplicate(flight: Flight, base: LinkSettings, now: Micros, cause: number): Flight {
    const { from, to, n } = flight.name
    const copy = flight.copies + 1
    const link = linkOf(from, to)
    const more = this.latency(Purpose.DuplicateLatency, link, n * 16 + copy, this.own[link] ?? base)
    const arrivesAt = (Math.max(flight.arrivesAt, now) + more) as Micros
    const legFrom = Math.min(placeAt(flight, now), WHOLE_WAY - 1)
    const twin = { ...flight, name: { from, to, n, copy }, copies: copy, cause }
    const ready = {
      ...twin,
      serial: this.serial++,
      seq: this.seq++,
      legAt: now,
      legFrom,
      arrivesAt,
      lossPlace: 0,
    }
    const made = planned(ready, this.isCut(from, to), now)
    this.flights.rewrite((other) => knowingOf(other, made))
    this.flights.push(made)
    return made
  }

  private launch(
    name: MessageName,
    copies: number,
    message: Message,
    now: Micros,
    cause: number,
    arrivesAt: Micros,
    lossPlace: number,
  ): Flight {
    const flight: Flight = {
      at: arrivesAt,
      seq: this.seq++,
      name,
      message,
      sentAt: now,
      cause,
      serial: this.serial++,
      copies,
      legAt: now,
      legFrom: 0,
      arrivesAt,
      lossPlace,
      lost: null,
    }
    const cut = this.isCut(name.from, name.to)
    const ready = cut || lossPlace > 0 ? planned(flight, cut, now) : flight
    this.flights.push(ready)
    return ready
  }

  private arrival(link: number, n: number, settings: LinkSettings, now: Micros): Micros {
    const arrives = now + this.latency(Purpose.Latency, link, n, settings)
    if (drawChance(this.seed, Purpose.Reorder, link, n, settings.reorder)) {
      const most = 3 * settings.latencyMax
      return (arrives + drawBetween(this.seed, Purpose.ReorderDelay, link, n, most >> 2, most)) as Micros
    }
    const inOrder = Math.max(arrives, (this.lastArrival[link] as number) + 1)
    this.lastArrival[link] = inOrder
    return inOrder as Micros
  }

  private latency(purpose: Purpose, link: number, n: number, settings: LinkSettings): number {
    const low = Math.max(1, settings.latencyMin)
    return drawBetween(this.seed, purpose, link, n, low, Math.max(low, settings.latencyMax))
  }

  private replace(old: Flight, by: Flight): void {
    this.flights.rewrite((flight) => (flight === old ? by : flight))
  }
}
