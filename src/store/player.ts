import type { Micros } from '../base/ids.ts'
import type { Frame, LogWindow, Position } from '../worker/protocol.ts'
import type { Engine } from './engine.ts'
import { app, mirror } from './state.ts'
import { inWords } from './words.ts'

/** Called once an animation frame with the displayed time in µs (a fraction too) and the moment it belongs to. */
export type OnTick = (now: number, frame: Frame) => void

/** The longest step of one animation frame, so that a page that was hidden does not leap ahead. */
const LONGEST_STEP_MS = 100

/**
 * Turns real time into simulated time, and pulls frames from the worker: at most one question is open, and of several
 * wishes only the last counts. All motion on the page comes from the one loop here.
 */
class Player {
  /** The time on display, in µs; between two events it moves on by itself. */
  now = 0
  /** The moment that was asked for last; `null` once it is on the screen. */
  goal: Position | null = null
  /** How much slower than asked for time runs, so that what is told can be read. */
  pace: (() => number) | null = null
  private engine: Engine | null = null
  private epoch = 0
  private busy = false
  /** The present moment has to be asked for again: with other logs in view, or for the records still missing. */
  private stale = false
  /** The moment that was asked for last because play goes on. */
  private played: Position | null = null
  private window: LogWindow = { first: 'head', columns: 10 }
  private lastTick = 0
  private readonly listeners = new Set<OnTick>()
  private arrived: (() => void)[] = []

  /** Connects a worker that has been given a scenario of this epoch. */
  connect(engine: Engine, epoch: number): void {
    // A question that is still open in the same worker gets its answer; one put to another never does.
    if (engine !== this.engine) this.busy = false
    this.engine = engine
    this.epoch = epoch
  }

  start(): void {
    const loop = (time: number) => {
      this.tick(time)
      requestAnimationFrame(loop)
    }
    requestAnimationFrame(loop)
  }

  /** Registers a drawer; returns how to take it off again. It is called at once if there is something to draw. */
  onTick(listener: OnTick): () => void {
    this.listeners.add(listener)
    const { frame } = app.getState()
    if (frame !== null) listener(this.now, frame)
    return () => this.listeners.delete(listener)
  }

  /** Shows another moment. Resolves when it, or a later wish, is on the screen. */
  show(position: Position): Promise<void> {
    this.goal = position
    this.pump()
    return this.settled()
  }

  /** Resolves when the moment that was asked for last is on the screen, or never will be since the worker failed. */
  settled(): Promise<void> {
    if (this.goal === null || app.getState().status.kind === 'failed') return Promise.resolve()
    return new Promise((resolve) => this.arrived.push(resolve))
  }

  /** The part of the logs that the page has room for. */
  setWindow(window: LogWindow): void {
    if (window.first === this.window.first && window.columns === this.window.columns) return
    this.window = window
    this.stale = true
    this.pump()
  }

  /** The present moment as a position. */
  here(frame: Frame): Position {
    const at = Math.floor(this.now) as Micros
    return { kind: 'time', at, skip: frame.at === at ? frame.eventsNow : null }
  }

  private tick(time: number): void {
    const elapsed = Math.min(time - this.lastTick, LONGEST_STEP_MS)
    this.lastTick = time
    // Nothing ticks in a hidden tab or a sleeping machine: this is time that the viewer has waited.
    this.engine?.passTime(elapsed)
    const { playing, slowdown, frame } = app.getState()
    if (frame === null) return
    if (playing && frame.epoch === this.epoch && this.goal === null)
      this.move(frame, ((elapsed * 1000) / slowdown) * (this.pace?.() ?? 1))
    for (const listener of this.listeners) listener(this.now, app.getState().frame ?? frame)
  }

  private move(frame: Frame, by: number): void {
    const goal = this.now + by
    if (frame.end !== null) {
      app.setState({ playing: false })
    } else if (goal < frame.until) {
      this.now = goal
    } else {
      this.now = Math.max(this.now, frame.until - 1)
      this.played = { kind: 'time', at: Math.floor(goal) as Micros, skip: null }
      void this.show(this.played)
    }
  }

  private pump(): void {
    const { engine, goal, stale, busy, window } = this
    const { frame } = app.getState()
    const position = goal ?? (stale && frame !== null ? this.here(frame) : null)
    if (engine === null || position === null || busy) return
    this.busy = true
    this.stale = false
    const onAnswer = (answer: Frame) => {
      if (this.engine !== engine) return
      this.busy = false
      // Records are told once, so they are taken even where the moment is no longer wanted.
      mirror.take(answer.epoch, answer.more)
      if (answer.epoch === this.epoch) this.take(answer, goal)
      if (this.goal === null) this.arrive()
      this.pump()
    }
    const onFailure = () => {
      // Whoever started the worker says so.
      if (this.engine === engine) this.arrive()
    }
    engine
      .ask({ kind: 'frame', position, window, have: mirror.have() })
      .then(inWords)
      .then(onAnswer, onFailure)
  }

  /** Takes what was asked for: the moment `wish`, or the present one once more. */
  private take(frame: Frame, wish: Position | null): void {
    const stop = wish === this.played && wish === this.goal && wish !== null ? this.brokenBefore(frame) : null
    if (stop !== null) {
      app.setState({ playing: false })
      if (stop < frame.events || frame.time > frame.at) {
        this.goal = { kind: 'events', events: stop }
        return
      }
    }
    // Time may have gone on since the present was asked for, though not past its next event.
    if (wish !== null) this.now = stop === null ? frame.time : frame.at
    app.setState({ frame, status: { kind: 'ready' } })
    // A far moment takes more than one answer, and so do many records: what is there is shown meanwhile.
    const isShort = wish?.kind === 'time' && frame.time < wish.at && frame.end === null
    if (wish === this.goal && !isShort) this.goal = null
    if (frame.more.unfinished) this.stale = true
  }

  /** Behind which event play has to stop, since a promise is first broken there. */
  private brokenBefore({ events, safety }: Frame): number | null {
    const { frame, walk } = app.getState()
    const from = frame?.events ?? events
    const end = walk?.steps.at(-1)?.event ?? -1
    // A walk leads past what was broken on the way.
    const stops = end < from ? safety.stops : [end]
    const first = stops.find((event) => event >= from && event < events)
    return first === undefined ? null : first + 1
  }

  private arrive(): void {
    const waiting = this.arrived
    this.arrived = []
    for (const resolve of waiting) resolve()
  }
}

export const player = new Player()
