import { type Address, type Micros, micros, type ServerId } from '../base/ids.ts'
import type { MessageKind } from '../raft/messages.ts'
import type { Role } from '../raft/server.ts'
import type { Fact } from './facts.ts'
import { type Flight, placeAt, WHOLE_WAY } from './flight.ts'

/** One message on the timeline, by the order of sending. */
export interface MessageRecord {
  readonly from: Address
  readonly to: Address
  readonly kind: MessageKind
  /** An AppendEntries without entries is a heartbeat; a reply may refuse. */
  readonly tone: 'plain' | 'heartbeat' | 'accepted' | 'refused'
  readonly sentAt: Micros
  /** When it arrives or is lost, as far as known. */
  readonly endsAt: Micros
  readonly lost: boolean
  /** Where it ends, as a share of the whole way in millionths. */
  readonly place: number
  /** The event in which it was sent. */
  readonly event: number
}

/** From this event on, a server is in this condition. */
export interface Condition {
  readonly event: number
  readonly at: Micros
  readonly server: ServerId
  readonly role: Role
  readonly term: number
  readonly state: 'up' | 'down' | 'paused'
}

/** A fact with its place in the history. */
export interface FactRecord {
  readonly event: number
  readonly at: Micros
  readonly cause: number
  readonly fact: Fact
}

/** The record of a flight as it stands: on its way, or at its end if `endedAt` is given. */
export function recordOf(
  flight: Flight,
  ended: { at: Micros; how: 'arrived' | 'lost' } | null,
): MessageRecord {
  const { message, sentAt, cause: event } = flight
  const endsAt = ended?.at ?? flight.at
  const lost = ended === null ? flight.lost !== null : ended.how === 'lost'
  const place = lost ? placeAt(flight, endsAt) : WHOLE_WAY
  const { from, to, kind } = message
  return { from, to, kind, tone: toneOf(flight), sentAt, endsAt: micros(endsAt), lost, place, event }
}

function toneOf({ message }: Flight): MessageRecord['tone'] {
  switch (message.kind) {
    case 'AppendEntries':
      return message.entries.length === 0 ? 'heartbeat' : 'plain'
    case 'AppendEntriesReply':
      return message.success ? 'accepted' : 'refused'
    case 'InstallSnapshotReply':
      return 'accepted'
    case 'RequestVoteReply':
    case 'PreVoteReply':
      return message.voteGranted ? 'accepted' : 'refused'
    case 'ClientReply':
      return message.result !== null ? 'accepted' : 'refused'
    default:
      return 'plain'
  }
}
