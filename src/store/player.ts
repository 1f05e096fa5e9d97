import type { Micros } from '../base/ids.ts'
import type { Frame, LogWindow, Position } from '../worker/protocol.ts'
import type { Engine } from './engine.ts'
import { app, mirror } from './state.ts'

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
  private engine: Engine | null = null
  private epoch = 0
  private busy = false
  private wanted: Position | null = null
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
    this.wanted = position
    const shown = new Promise<void>((resolve) => this.arrived.push(resolve))
    this.pump()
    return shown
  }

  /** The part of the logs that the page has room for. */
  setWindow(window: LogWindow): void {
    if (window.first === this.window.first && window.columns === this.window.columns) return
    this.window = window
    this.refresh()
  }

  /** Asks for the present moment again. */
  refresh(): void {
    const { frame } = app.getState()
    if (frame !== null && this.wanted === null) void this.show(this.here(frame))
  }

  /** The present moment as a position. */
  here(frame: Frame): Position {
    const at = Math.floor(this.now) as Micros
    return { kind: 'time', at, skip: frame.at === at ? frame.eventsNow : null }
  }

  private tick(time: number): void {
    const elapsed = Math.min(time - this.lastTick, LONGEST_STEP_MS)
    this.lastTick = time
    const { playing, slowdown, frame } = app.getState()
    if (frame === null) return
    if (playing && frame.epoch === this.epoch && this.wanted === null && !this.busy)
      this.move(frame, (elapsed * 1000) / slowdown)
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
      void this.show({ kind: 'time', at: Math.floor(goal) as Micros, skip: null })
    }
  }

  private pump(): void {
    const { engine, wanted, busy, window } = this
    if (engine === null || wanted === null || busy) return
    this.busy = true
    this.wanted = null
    const waiting = this.arrived
    this.arrived = []
    const question = { kind: 'frame', position: wanted, window, have: mirror.have() } as const
    const onAnswer = (frame: Frame) => {
      if (this.engine !== engine) return
      this.busy = false
      // Records are told once, so they are taken even where the moment is no longer wanted.
      mirror.take(frame.epoch, frame.more)
      if (frame.epoch === this.epoch) this.take(frame, question.position)
      for (const resolve of waiting) resolve()
      this.pump()
    }
    // If the worker has failed, whoever started it says so.
    engine.ask(question).then(onAnswer, () => undefined)
  }

  private take(frame: Frame, asked: Position): void {
    this.now = frame.time
    app.setState({ frame, status: { kind: 'ready' } })
    // A far moment takes more than one answer, and so do many records: what is there is shown meanwhile.
    const isShort = asked.kind === 'time' && frame.time < asked.at && frame.end === null
    if (isShort && this.wanted === null) this.wanted = asked
    else if (frame.more.unfinished) this.refresh()
  }
}

export const player = new Player()
