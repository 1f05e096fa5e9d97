import type { Timed } from '../base/heap.ts'
import type { Micros } from '../base/ids.ts'
import type { Message } from '../raft/messages.ts'
import type { MessageName } from './script.ts'

/** The whole way from sender to receiver, in the units that places on the way are told in. */
export const WHOLE_WAY = 1_000_000
/** Where a partition's wall stands on every link. */
export const WALL = WHOLE_WAY / 2

/**
 * A message on its way. Never changed: an intervention replaces it. It moves evenly from place `legFrom` at `legAt`
 * to the whole way at `arrivesAt`; a message that is delayed starts a new leg where it is.
 */
export interface Flight extends Timed {
  /** When its next event is: it arrives, or it is lost on the way. */
  readonly at: Micros
  readonly name: MessageName
  readonly message: Message
  readonly sentAt: Micros
  /** The event in which it was sent. */
  readonly cause: number
  /** Counts all messages of a run, in the order of sending. */
  readonly serial: number
  /** How many copies of it have been made, by chance or by hand: the number of the latest. */
  readonly copies: number
  readonly legAt: Micros
  readonly legFrom: number
  readonly arrivesAt: Micros
  /** The place where chance loses it; 0 if it does not. */
  readonly lossPlace: number
  /** Why `at` is a loss; `null` if it is the arrival. */
  readonly lost: 'Loss' | 'Cut' | null
}

/** When a flight reaches a place on its way that it has not passed. */
export function reaches(flight: Flight, place: number): Micros {
  const { legAt, legFrom, arrivesAt } = flight
  if (place >= WHOLE_WAY) return arrivesAt
  const share = Math.floor(((arrivesAt - legAt) * (place - legFrom)) / (WHOLE_WAY - legFrom))
  return (legAt + share) as Micros
}

/** How far a flight has come at a time between its leg's start and its arrival. */
export function placeAt(flight: Flight, now: Micros): number {
  const { legAt, legFrom, arrivesAt } = flight
  if (now >= arrivesAt) return WHOLE_WAY
  return legFrom + Math.floor(((WHOLE_WAY - legFrom) * (now - legAt)) / (arrivesAt - legAt))
}

/** The flight with its next event settled, given whether its link is cut now: the wall stops what has not passed it. */
export function planned(flight: Flight, cut: boolean, now: Micros): Flight {
  const wall = cut && placeAt(flight, now) < WALL ? reaches(flight, WALL) : Infinity
  const loss = flight.lossPlace > 0 ? reaches(flight, flight.lossPlace) : Infinity
  if (wall < loss) return meeting(flight, wall as Micros, 'Cut')
  if (loss < Infinity) return meeting(flight, loss as Micros, 'Loss')
  return meeting(flight, flight.arrivesAt, null)
}

/** Most walls concern few messages: the others stay the objects they are. */
function meeting(flight: Flight, at: Micros, lost: Flight['lost']): Flight {
  return flight.at === at && flight.lost === lost ? flight : { ...flight, at, lost }
}

/** The flight, which knows how many copies there are if `copy` is one of its message. */
export function knowingOf(flight: Flight, copy: Flight): Flight {
  const { from, to, n } = copy.name
  const isSame = flight.name.from === from && flight.name.to === to && flight.name.n === n
  return isSame ? { ...flight, copies: copy.copies } : flight
}

export const isNamed = (flight: Flight, name: MessageName): boolean =>
  flight.name.from === name.from &&
  flight.name.to === name.to &&
  flight.name.n === name.n &&
  flight.name.copy === name.copy
