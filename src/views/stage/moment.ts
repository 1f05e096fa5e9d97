import type { MessageRecord } from '../../simulation/columns.ts'
import type { Flight } from '../../simulation/flight.ts'
import type { Settings } from '../../simulation/settings.ts'
import type { ServerFrame } from '../../worker/protocol.ts'
import { cellsOf } from './cells.ts'
import { LOOKS, lookOf } from './flights.ts'

/** All that moves on the stage, as numbers: they reach the painter's thread in no time. */
export interface Moment {
  readonly flights: Float64Array<ArrayBuffer>
  /** Which of the flights is selected; −1 if none is. */
  readonly selected: number
  readonly timers: Float64Array<ArrayBuffer>
  readonly losses: Float64Array<ArrayBuffer>
  /** How long a lost message bursts, in µs. */
  readonly span: number
}

/** How many numbers there are to a flight: from, to, look, legAt, legFrom, arrivesAt, cells. */
export const FLIGHT = 7
/** To a timer: which, server, whether it is paused, its term, when it was set, when it is due. */
export const TIMER = 6
/** An election timer, a leader's lease, a leader's look whether it hears a majority, a write to a disk. */
export const TIMERS = ['election', 'lease', 'quorum', 'write'] as const
/** To a lost message: from, to, the place where it is lost, when. */
export const LOSS = 4

/** Packs the messages on their way, those that wait for a server to resume among them. */
export function packFlights(flights: readonly Flight[]): Moment['flights'] {
  const packed = new Float64Array(flights.length * FLIGHT)
  let i = 0
  for (const flight of flights) {
    const { message, legAt, legFrom, arrivesAt } = flight
    packed[i++] = message.from
    packed[i++] = message.to
    packed[i++] = LOOKS.indexOf(lookOf(flight))
    packed[i++] = legAt
    packed[i++] = legFrom
    packed[i++] = arrivesAt
    packed[i++] = cellsOf(message)
  }
  return packed
}

/** Packs the timers that run. */
export function packTimers(servers: readonly ServerFrame[], settings: Settings): Moment['timers'] {
  const numbers: number[] = []
  for (const server of servers) {
    const { id, state, currentTerm, electionSetAt, electionDue, clockRate, office, writing } = server
    if (state === 'down') continue
    const put = (which: (typeof TIMERS)[number], from: number, to: number) => {
      if (to < Infinity && to > from)
        numbers.push(TIMERS.indexOf(which), id, state === 'paused' ? 1 : 0, currentTerm, from, to)
    }
    put('election', electionSetAt, electionDue)
    const timeout = (settings.electionTimeoutMin * 1000) / clockRate
    if (office?.leaseUntil != null) put('lease', office.leaseUntil - timeout, office.leaseUntil)
    if (office !== null) put('quorum', office.quorumDue - timeout, office.quorumDue)
    const latency = server.diskLatency ?? settings.diskLatency
    if (writing !== null) put('write', writing.until - latency, writing.until)
  }
  return Float64Array.from(numbers)
}

/** Packs where messages were lost. */
export function packLosses(lost: readonly MessageRecord[]): Moment['losses'] {
  return Float64Array.from(lost.flatMap(({ from, to, place, endsAt }) => [from, to, place, endsAt]))
}
