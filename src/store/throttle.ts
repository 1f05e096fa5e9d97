import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { type AppState, app, mirror } from './state.ts'

/** How far apart frames come to the panels of words while time runs: nobody reads faster. */
const EVERY_MS = 100
/** As far apart they come when there is more to tell than anybody reads. */
const EVERY_MS_CROWDED = 400
/** So many new facts in a second of real time are more than anybody reads. */
const CROWDED = 8

/**
 * The page's state, but with new frames at most ten times a second, or four times where much happens; everything else
 * comes at once.
 */
export const calm = createStore<AppState>()(() => app.getState())

let lastFrameAt = -EVERY_MS_CROWDED
let factsThen = 0
let crowded = false
let waiting: ReturnType<typeof setTimeout> | null = null

app.subscribe((state, before) => {
  if (!differsOnlyInFrame(state, before)) return follow()
  const every = isCrowded() ? EVERY_MS_CROWDED : EVERY_MS
  const wait = lastFrameAt + every - performance.now()
  if (wait <= 0) followFrame()
  else waiting ??= setTimeout(followFrame, wait)
})

/** Whether time runs so fast that nobody can read all that happens. */
export const isCrowded = (): boolean => crowded && app.getState().playing

function followFrame(): void {
  const now = performance.now()
  const facts = mirror.factsUpTo(app.getState().frame?.events ?? 0)
  crowded = (facts - factsThen) * 1000 > CROWDED * (now - lastFrameAt)
  factsThen = facts
  lastFrameAt = now
  follow()
}

function follow(): void {
  if (waiting !== null) clearTimeout(waiting)
  waiting = null
  calm.setState(app.getState(), true)
}

/** The player sets the status anew with each frame, so it counts only if its kind changed. */
function differsOnlyInFrame(a: AppState, b: AppState): boolean {
  if (a.status.kind !== b.status.kind || (a.frame === null) !== (b.frame === null)) return false
  for (const key of Object.keys(a) as (keyof AppState)[]) {
    if (key !== 'frame' && key !== 'status' && a[key] !== b[key]) return false
  }
  return true
}

/** As `useApp`, for what is read rather than watched. */
export function useCalm<T>(selector: (state: AppState) => T): T {
  return useStore(calm, selector)
}
