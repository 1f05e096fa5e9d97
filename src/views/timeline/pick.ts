import type { Layout } from './layout.ts'
import type { MessageIndex } from './message-index.ts'
import { distanceTo, lineOf } from './message-line.ts'

/** How near to a line the pointer has to be, in CSS pixels. */
const REACH = 5

/** The message whose line is nearest to a point; −1 if none is near. Of two as near, the one that is no routine. */
export function messageAt(
  messages: MessageIndex,
  layout: Layout,
  time: number,
  y: number,
  perPixel: number,
): number {
  let best = -1
  let least = REACH
  const reach = REACH * perPixel
  messages.between(time - reach, time + reach, (record, i) => {
    const distance = distanceTo(lineOf(record, layout), time, y, perPixel) + (messages.isRoutine(i) ? 1 : 0)
    if (distance > least) return
    least = distance
    best = i
  })
  return best
}
