import type { FactRecord } from '../simulation/columns.ts'
import type { Frame } from '../worker/protocol.ts'
import { type AppState, app, mirror } from './state.ts'
import type { Walk } from './walk.ts'

/** Whether Raft, as it is set up, promises what is broken at a moment. */
export const isPromisedIn = ({ end, safety, events }: Frame): boolean =>
  end !== null || safety.stops.includes(events - 1)

/**
 * Whether something is broken at a moment that is to be told of. What nobody has promised would only get in the way of a
 * walk to something else.
 */
export function isTold(frame: Frame, walk: Walk | null): boolean {
  if (frame.violation === null && frame.end === null) return false
  return walk === null || isPromisedIn(frame) || walk.steps.at(-1)?.event === frame.events - 1
}

/** How it came about where rules are broken on purpose: when one was last, before a moment; `null` if none was. */
export const lastBreachBefore = ({ events }: Frame): FactRecord | null =>
  mirror.facts.findLast(({ event, fact }) => event < events && fact.kind === 'RuleBroken') ?? null

/** Of the moments that were on the screen, the last at which a promise was broken or the run ended. */
let last: Frame | null = null

function look({ frame, walk, playing }: AppState): void {
  if (frame === null) return
  const isBehind = last !== null && last.epoch === frame.epoch && frame.events < last.events
  // Who plays again wants to see it come.
  if (isBehind && playing) last = null
  else if (!isBehind && isTold(frame, walk)) last = frame
}
app.subscribe(look)
look(app.getState())

/**
 * The moments to be told of as broken: that on the screen, and the one that somebody has gone back from to see how it
 * came about.
 */
export function brokenOnes(frame: Frame, walk: Walk | null): readonly Frame[] {
  const isBehind =
    last !== null && last.epoch === frame.epoch && frame.events < last.events && isTold(last, walk)
  return [...(isTold(frame, walk) ? [frame] : []), ...(isBehind && last !== null ? [last] : [])]
}
