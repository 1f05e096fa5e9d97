import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { type AppState, app, mirror } from './state.ts'

/** How far apart frames come to the panels of words while time runs: nobody reads faster. */
const CALM_MS = 100
/** As far apart they come when there is more to tell than anybody reads. */
const CROWDED_MS = 700
/** How far apart they come to what is looked at beside the stage. */
const BRISK_MS = 50
/** So many new facts in a second of real time are more than anybody reads. */
const CROWDED = 8
/** Two parts of the page do not follow within the same frame of the screen. */
const APART_MS = 17

/** When a frame was last followed, by whichever part. */
let lastTurnAt = -APART_MS

/** The page's state, but with new frames only now and then; everything else comes at once. */
class Follower {
  readonly store = createStore<AppState>()(() => app.getState())
  private readonly every: () => number
  private readonly onTurn: (elapsed: number) => void
  private lastAt = -CROWDED_MS
  private waiting: ReturnType<typeof setTimeout> | null = null

  /** `every` tells how far apart frames are followed, in ms; `onTurn` is told how far apart they were. */
  constructor(every: () => number, onTurn: (elapsed: number) => void = () => undefined) {
    this.every = every
    this.onTurn = onTurn
    app.subscribe((state, before) => {
      if (differsOnlyInFrame(state, before)) this.waiting ??= this.await()
      else this.follow()
    })
  }

  private await(): ReturnType<typeof setTimeout> | null {
    const now = performance.now()
    const apart = app.getState().playing ? lastTurnAt + APART_MS : 0
    const wait = Math.max(this.lastAt + this.every(), apart) - now
    if (wait > 0) return setTimeout(this.takeTurn, wait)
    this.turn(now)
    return null
  }

  /** Somebody else may have been first meanwhile. */
  private readonly takeTurn = (): void => {
    this.waiting = this.await()
  }

  private turn(now: number): void {
    this.onTurn(now - this.lastAt)
    this.lastAt = now
    lastTurnAt = now
    this.follow()
  }

  private follow(): void {
    if (this.waiting !== null) clearTimeout(this.waiting)
    this.waiting = null
    this.store.setState(app.getState(), true)
  }
}

let factsThen = 0
let crowded = false

/** Whether time runs so fast that nobody can read all that happens. */
export const isCrowded = (): boolean => crowded && app.getState().playing

const words = new Follower(
  () => (isCrowded() ? CROWDED_MS : CALM_MS),
  (elapsed) => {
    const facts = mirror.factsUpTo(app.getState().frame?.events ?? 0)
    crowded = (facts - factsThen) * 1000 > CROWDED * elapsed
    factsThen = facts
  },
)
const pictures = new Follower(() => (app.getState().playing ? BRISK_MS : 0))

/** The state with new frames at most ten times a second, or less often where much happens. */
export const calm = words.store

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

/** As `useApp`, for what is looked at now and then, and need not move with the stage. */
export function useBrisk<T>(selector: (state: AppState) => T): T {
  return useStore(pictures.store, selector)
}
