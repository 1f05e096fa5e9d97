import { player } from './player.ts'
import { app } from './state.ts'

/** Tells a step that it came too late: the viewer has gone elsewhere since. */
type IsVoid = () => boolean

let last: Promise<void> = Promise.resolve()
let leaps = 0

/** The viewer goes to some moment, wherever they are: steps that still wait for their turn are void. */
export function leap(): void {
  leaps++
}

/**
 * Makes a step from where the viewer has asked to be, which need not be on the screen yet: each waits for those before
 * it. `step` is given how many events are over there.
 */
export function inTurn(step: (events: number, isVoid: IsVoid) => unknown): Promise<void> {
  const leapsThen = leaps
  const { scenario } = app.getState()
  const isVoid = () => leaps !== leapsThen || app.getState().scenario !== scenario
  last = last.then(async () => {
    const events = isVoid() ? null : await eventsThere()
    if (events !== null && !isVoid()) await step(events, isVoid)
  })
  return last
}

async function eventsThere(): Promise<number | null> {
  if (player.goal?.kind === 'events') return player.goal.events
  await player.settled()
  return app.getState().frame?.events ?? null
}
