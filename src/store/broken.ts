import type { Frame } from '../worker/protocol.ts'
import { type AppState, app } from './state.ts'

/** Of the moments that were on the screen, the last at which a promise was broken or the run ended. */
let last: Frame | null = null

function look({ frame, playing }: AppState): void {
  if (frame === null) return
  const isBehind = last !== null && last.epoch === frame.epoch && frame.events < last.events
  // Who plays again wants to see it come.
  if (isBehind && playing) last = null
  else if (!isBehind && (frame.violation !== null || frame.end !== null)) last = frame
}
app.subscribe(look)
look(app.getState())

/**
 * The moments to be told of as broken: that on the screen, and the one that somebody has gone back from to see how it
 * came about.
 */
export function brokenOnes(frame: Frame): readonly Frame[] {
  const isHere = frame.violation !== null || frame.end !== null
  const isBehind = last !== null && last.epoch === frame.epoch && frame.events < last.events
  return [...(isHere ? [frame] : []), ...(isBehind && last !== null ? [last] : [])]
}
