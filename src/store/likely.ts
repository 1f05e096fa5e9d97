import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { unreachable } from '../base/assert.ts'
import type { Micros } from '../base/ids.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { Moment } from '../search/course.ts'
import { Curve, type Point } from '../search/curve.ts'
import type { Batch } from '../search/futures.ts'
import type { Outcome } from '../search/outcome.ts'
import { type Turn, turnOf } from '../search/turn.ts'
import type { FuturesJob, FuturesReport } from '../worker/futures-session.ts'
import { background } from './background.ts'
import { type Crew, crewSize, startCrew } from './crew.ts'
import { crewPort } from './crew-port.ts'
import { player } from './player.ts'
import { app, mirror } from './state.ts'

/** What is known of how likely an outcome is, moment by moment. */
export interface Likely {
  readonly outcome: Outcome
  /** `outdated`: the scenario was edited, and what was found is gone. */
  readonly phase: 'none' | 'running' | 'stopped' | 'done' | 'failed' | 'outdated'
  readonly points: readonly Point[]
  readonly turn: Turn | null
  /** How many futures have been tried, and for how long, in real time. */
  readonly tried: number
  readonly seconds: number
  /** Up to when each future is followed. */
  readonly horizon: Micros
  /** What workers that were lost said last. */
  readonly failure: string | null
}

const NOTHING = {
  points: [],
  turn: null,
  tried: 0,
  seconds: 0,
  horizon: 0 as Micros,
  failure: null,
} as const

export const likely = createStore<Likely>()(() => ({ outcome: 'violation', phase: 'none', ...NOTHING }))

export function useLikely<T>(selector: (state: Likely) => T): T {
  return useStore(likely, selector)
}

/** A history that nobody has looked at yet is looked at so far, in µs. */
const LEAST = 1_000_000
/** How far apart the page is told what was found, in ms. */
const TOLD_EVERY = 100

/** The futures that are being tried just now, and by whom. */
class Trying {
  private readonly setup: Scenario
  private readonly startedAt = performance.now()
  private readonly idle = new Set<number>()
  private readonly given = new Map<number, Batch>()
  private readonly crew: Crew<FuturesJob>
  private curve: Curve | null = null
  private telling: ReturnType<typeof setTimeout> | null = null
  private isOver = false

  constructor(setup: Scenario, outcome: Outcome, make: NonNullable<typeof background.futures>) {
    this.setup = setup
    const until = Math.max(LEAST, mirror.knownTo, Math.floor(player.now)) as Micros
    const { seed, servers, settings, initial, script } = setup
    const bare = { seed, servers, settings, initial, script }
    this.crew = startCrew<FuturesJob, FuturesReport>({
      make: () => crewPort(make()),
      size: crewSize(),
      job: () => ({ kind: 'begin', setup: bare, outcome, until }),
      onReport: (report, who) => this.take(report, who),
      onFail: (message, who, left) => this.lose(message, who, left),
    })
  }

  isOf({ seed, servers, settings, initial, script }: Scenario): boolean {
    const { setup } = this
    return (
      seed === setup.seed &&
      servers === setup.servers &&
      settings === setup.settings &&
      initial === setup.initial &&
      script === setup.script
    )
  }

  look(moment: Moment): void {
    this.curve?.look(moment)
    this.handOut()
  }

  stop(): void {
    this.isOver = true
    if (this.telling !== null) clearTimeout(this.telling)
    this.crew.stop()
  }

  private take(report: FuturesReport, who: number): void {
    switch (report.kind) {
      case 'course':
        if (this.curve === null) likely.setState({ horizon: report.course.horizon })
        this.curve ??= new Curve(report.course)
        break
      case 'tally':
        this.given.delete(who)
        this.curve?.take(report.tally)
        break
      default:
        return unreachable(report)
    }
    this.idle.add(who)
    this.handOut()
    this.telling ??= setTimeout(() => this.tell(), TOLD_EVERY)
  }

  private lose(message: string, who: number, left: number): void {
    const batch = this.given.get(who)
    this.given.delete(who)
    this.idle.delete(who)
    if (batch !== undefined) this.curve?.giveBack(batch)
    likely.setState({ failure: message })
    if (left === 0) this.isOver = true
    if (left === 0) likely.setState({ phase: 'failed' })
    else this.handOut()
  }

  private handOut(): void {
    for (const who of this.idle) {
      const batch = this.curve?.next() ?? null
      if (batch === null) return
      this.idle.delete(who)
      this.given.set(who, batch)
      this.crew.tell(who, { kind: 'try', batch })
    }
  }

  tell(): void {
    this.telling = null
    const { curve } = this
    if (curve === null || this.isOver) return
    const isDone = curve.isDone && this.given.size === 0
    const points = curve.points()
    const seconds = (performance.now() - this.startedAt) / 1000
    likely.setState(({ phase, seconds: before }) => ({
      points,
      turn: curve.isWhole ? turnOf(points) : null,
      tried: curve.tried,
      seconds: phase === 'running' ? seconds : before,
      phase: isDone ? 'done' : phase,
    }))
  }
}

let trying: Trying | null = null

/** Begins to try futures of the scenario on the screen. */
export function startLikely(): void {
  const { scenario } = app.getState()
  trying?.stop()
  trying = null
  likely.setState({ ...NOTHING, phase: 'running' })
  app.setState({ curve: true })
  if (background.futures === null) likely.setState({ phase: 'failed', failure: null })
  else trying = new Trying(scenario, likely.getState().outcome, background.futures)
}

/** Leaves it at what was found so far. */
export function stopLikely(): void {
  trying?.tell()
  trying?.stop()
  const { phase, points } = likely.getState()
  if (phase !== 'running') return
  if (points.length === 0) forgetLikely()
  else likely.setState({ phase: 'stopped' })
}

/** Takes the curve off the timeline. */
export function forgetLikely(phase: 'none' | 'outdated' = 'none'): void {
  trying?.stop()
  trying = null
  likely.setState({ ...NOTHING, phase })
  app.setState({ curve: false })
}

/** Asks of something else. What was found of the other is gone; while it is being looked for, this is instead. */
export function askOf(outcome: Outcome): void {
  const { phase } = likely.getState()
  likely.setState({ outcome })
  if (phase === 'running' || phase === 'done') startLikely()
  else if (phase !== 'none') forgetLikely()
}

/** Has one more moment tried, as long as somebody is there to do it. */
export function lookAt(moment: Moment): void {
  const { phase } = likely.getState()
  if (phase === 'running' || phase === 'done') trying?.look(moment)
}

app.subscribe(({ scenario }) => {
  if (trying !== null && !trying.isOf(scenario)) forgetLikely('outdated')
})
