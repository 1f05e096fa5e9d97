import { unreachable } from '../../base/assert.ts'
import { countWhile } from '../../base/count-while.ts'
import type { MessageRecord } from '../../simulation/columns.ts'
import type { Flight } from '../../simulation/flight.ts'
import type { Layout } from './geometry.ts'
import { pointOnWay } from './geometry.ts'

/** The share of its way, 0 to 1, that a message has behind it at a time in µs. */
export const progress = ({ legAt, legFrom, arrivesAt }: Flight, now: number): number =>
  share(legAt, legFrom, arrivesAt, now)

/** The same from a flight's leg alone. */
export function share(legAt: number, legFrom: number, arrivesAt: number, now: number): number {
  if (arrivesAt <= legAt) return 1
  const ofLeg = (now - legAt) / (arrivesAt - legAt)
  return Math.max(0, Math.min(1, legFrom / 1e6 + (1 - legFrom / 1e6) * ofLeg))
}

/** What a message looks like, whatever its kind is called. */
export const LOOKS = [
  'vote',
  'append',
  'beat',
  'accept',
  'refuse',
  'client',
  'preVote',
  'preAccept',
  'preRefuse',
  'snapshot',
  'timeoutNow',
] as const
export type Look = (typeof LOOKS)[number]

export function lookOf({ message }: Flight): Look {
  switch (message.kind) {
    case 'RequestVote':
      return 'vote'
    case 'RequestVoteReply':
      return message.voteGranted ? 'accept' : 'refuse'
    case 'PreVote':
      return 'preVote'
    case 'PreVoteReply':
      return message.voteGranted ? 'preAccept' : 'preRefuse'
    case 'InstallSnapshot':
      return 'snapshot'
    case 'InstallSnapshotReply':
      return 'accept'
    case 'TimeoutNow':
      return 'timeoutNow'
    case 'AppendEntries':
      return message.entries.length === 0 ? 'beat' : 'append'
    case 'AppendEntriesReply':
      return message.success ? 'accept' : 'refuse'
    case 'ClientRequest':
      return 'client'
    case 'ClientReply':
      return message.result === null ? 'refuse' : 'accept'
    default:
      return unreachable(message)
  }
}

/** Messages lost within the last `span` µs: they still burst. */
export function lostWithin(span: number, messages: readonly MessageRecord[], now: number): MessageRecord[] {
  const found: MessageRecord[] = []
  for (let i = lastSentBy(messages, now); i >= 0 && found.length < MOST_BURSTS; i--) {
    const record = messages[i]
    if (record === undefined || record.sentAt < now - span - LONGEST_WAY) break
    if (record.lost && record.endsAt <= now && record.endsAt > now - span) found.push(record)
  }
  return found
}

const MOST_BURSTS = 40
/** Messages that are longer on their way get no burst: nobody looks that far back. */
const LONGEST_WAY = 1_000_000

const lastSentBy = (messages: readonly MessageRecord[], now: number): number =>
  countWhile(messages, ({ sentAt }) => sentAt <= now) - 1

/** The flight whose glyph is nearest to a point, within `reach` pixels. */
export function flightAt(
  flights: readonly Flight[],
  layout: Layout,
  now: number,
  x: number,
  y: number,
  reach: number,
): Flight | null {
  let best: Flight | null = null
  let least = reach
  for (const flight of flights) {
    const { from, to } = flight.message
    const at = pointOnWay(layout, from, to, progress(flight, now))
    const distance = Math.hypot(at.x - x, at.y - y)
    if (distance < least) {
      least = distance
      best = flight
    }
  }
  return best
}
