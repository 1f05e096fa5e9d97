import type { Flight } from '../simulation/flight.ts'
import type { Answers, Frame, Reply, ServerFrame, Upcoming } from './protocol.ts'

/** A message on its way, or just its serial, if it is the very one that was sent with the frame before. */
type Sent = Flight | number
type WithFlight = Extract<Upcoming, { flight: Flight }>
type SentUpcoming = Exclude<Upcoming, WithFlight> | (Omit<WithFlight, 'flight'> & { readonly flight: Sent })
type SentServer = Omit<ServerFrame, 'waiting'> & { readonly waiting: readonly Sent[] }
type SentFrame = Omit<Frame, 'flights' | 'servers' | 'upcoming'> & {
  readonly flights: readonly Sent[]
  readonly servers: readonly SentServer[]
  readonly upcoming: readonly SentUpcoming[]
}

type SentAnswer = Exclude<Answers[keyof Answers], Frame> | SentFrame

/** A reply as it crosses from the worker to the page. */
export type SentReply =
  | Exclude<Reply, { kind: 'answer' }>
  | { readonly id: number; readonly kind: 'answer'; readonly answer: SentAnswer }

const isFrame = (answer: Answers[keyof Answers]): answer is Frame => 'flights' in answer
const isSentFrame = (answer: SentAnswer): answer is SentFrame => 'flights' in answer

/** The worker's end: flights never change, so each is sent once for as long as it is on its way. */
export class Sender {
  private sent = new Map<number, Flight>()

  pack(reply: Reply): SentReply {
    if (reply.kind !== 'answer') return reply
    const { answer: frame } = reply
    if (!isFrame(frame)) return { ...reply, answer: frame }
    const next = new Map<number, Flight>()
    const pack = (flight: Flight): Sent => {
      next.set(flight.serial, flight)
      return this.sent.get(flight.serial) === flight ? flight.serial : flight
    }
    const packed: SentFrame = {
      ...frame,
      flights: frame.flights.map(pack),
      servers: frame.servers.map((server) => ({ ...server, waiting: server.waiting.map(pack) })),
      upcoming: frame.upcoming.map((it) => ('flight' in it ? { ...it, flight: pack(it.flight) } : it)),
    }
    this.sent = next
    return { ...reply, answer: packed }
  }
}

/** The page's end. */
export class Receiver {
  private received = new Map<number, Flight>()

  unpack(reply: SentReply): Reply {
    if (reply.kind !== 'answer') return reply
    const { answer: frame } = reply
    if (!isSentFrame(frame)) return { ...reply, answer: frame }
    const next = new Map<number, Flight>()
    const unpack = (sent: Sent): Flight => {
      const flight = typeof sent === 'number' ? this.received.get(sent) : sent
      if (flight === undefined) throw new Error('a message is not known here')
      next.set(flight.serial, flight)
      return flight
    }
    const answer: Frame = {
      ...frame,
      flights: frame.flights.map(unpack),
      servers: frame.servers.map((server) => ({ ...server, waiting: server.waiting.map(unpack) })),
      upcoming: frame.upcoming.map((it) => ('flight' in it ? { ...it, flight: unpack(it.flight) } : it)),
    }
    this.received = next
    return { ...reply, answer }
  }
}
