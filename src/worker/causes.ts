import { micros } from '../base/ids.ts'
import { captionsOf } from '../search/chain.ts'
import type { Answers } from './protocol.ts'
import { type Judged, violationIn } from './safety-frame.ts'

/** How what was broken in an event came about; nothing if nothing was. */
export function causesOf(history: Judged, event: number): Answers['causes'] {
  const violation = violationIn(history, event)
  if (violation !== null) return { links: captionsOf(history, { ...violation, violation }) }
  const fact = history.end?.event === event ? history.end.fact : null
  if (fact?.kind !== 'Impossible') return { links: [] }
  const at = micros(history.times[event] ?? 0)
  const { server, what } = fact
  return { links: captionsOf(history, { kind: what.kind, at, event, servers: [server], violation: null }) }
}
