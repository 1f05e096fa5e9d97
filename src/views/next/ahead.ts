import { unreachable } from '../../base/assert.ts'
import type { Flight } from '../../simulation/flight.ts'
import type { ScriptItem } from '../../simulation/script.ts'
import type { Ahead } from '../../words/upcoming.ts'
import type { Upcoming } from '../../worker/protocol.ts'

/** What words need of something that is due. `null` where the script has just lost the line that was due. */
export function aheadOf(next: Upcoming, script: readonly ScriptItem[]): Ahead | null {
  if (next.kind !== 'Act') return next
  const act = script[next.index]?.act
  return act === undefined ? null : { kind: 'Act', act }
}

/** The same for the same thing as long as it is due, so that its row stays. */
export function keyOf(next: Upcoming): string {
  switch (next.kind) {
    case 'Arrival':
    case 'Loss':
      return `message ${next.flight.serial}`
    case 'Election':
      return `election ${next.server}`
    case 'Heartbeat':
      return `heartbeat ${next.server} ${next.to.join()}`
    case 'Retry':
      return `retry ${next.server} ${next.peer}`
    case 'Written':
    case 'Snapshot':
    case 'QuorumCheck':
    case 'Batch':
    case 'TransferEnd':
    case 'CatchUpEnd':
      return `${next.kind} ${next.server}`
    case 'ClientWait':
      return `wait ${next.client} ${next.operation.serial}`
    case 'ClientCommand':
      return `command ${next.client}`
    case 'Act':
      return `act ${next.index}`
    default:
      return unreachable(next)
  }
}

/** Whether two are the same thing, due at the same time: one of the same name may have been changed meanwhile. */
export function isSameAhead(a: Upcoming, b: Upcoming): boolean {
  if (a.kind !== b.kind || a.at !== b.at || keyOf(a) !== keyOf(b)) return false
  if ('flight' in a && 'flight' in b) return isSameFlight(a.flight, b.flight)
  if (a.kind === 'CatchUpEnd' && b.kind === a.kind) return a.learners.join() === b.learners.join()
  if (a.kind === 'TransferEnd' && b.kind === a.kind) return a.to === b.to
  return a.kind !== 'ClientWait' || b.kind !== 'ClientWait' || a.operation.cause === b.operation.cause
}

/** After an edit, another message may have the place of one that was on its way. */
export const isSameFlight = (a: Flight, b: Flight): boolean =>
  a.serial === b.serial && a.at === b.at && a.legAt === b.legAt && a.cause === b.cause && a.lost === b.lost
