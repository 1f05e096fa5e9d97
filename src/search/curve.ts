import type { Micros } from '../base/ids.ts'
import type { Fact } from '../simulation/facts.ts'
import type { Course, Moment } from './course.ts'
import type { Batch, Tally } from './futures.ts'

/** How likely the outcome was at one moment: of so many futures from there, so many came to it. */
export interface Point {
  readonly events: number
  readonly at: Micros
  /** What the event before it told. */
  readonly facts: readonly Fact[]
  readonly tried: number
  readonly hits: number
  /** Of the futures those that came to it. */
  readonly share: number
  /** It has come about already: nothing is left to be tried. */
  readonly certain: boolean
}

/** How many futures each moment has by the end of each round. */
const ROUNDS = [40, 120, 300] as const
/** How many it is worth to have of any moment. */
export const IN_FULL = ROUNDS[2]
/** So many futures are handed out at a time. */
const BATCH = 10
const MOST_POINTS = 48
/** So many gaps are halved at a time. */
const MOST_GAPS = 4
/** A step between two shares that is worth a look at where it is. */
const STEP = 0.05
/** How many standard deviations make a step more than chance. */
const SURE = 2.5

/**
 * Plans which futures are to be tried so that the curve is soon there as a whole, then finer where it jumps, and then
 * surer. It does not matter who tries them, nor in which order they come back.
 */
export class Curve {
  private readonly byEvents = new Map<number, Point>()
  private readonly happened: Moment | null
  private waiting: Batch[] = []
  private open = 0
  private round = 0
  private whole = false
  private futures = 0

  constructor({ moments, happened }: Course) {
    this.happened = happened
    for (const moment of moments) if (this.isOpen(moment)) this.add(moment)
    if (happened !== null)
      this.byEvents.set(happened.events, { ...happened, tried: 0, hits: 0, share: 1, certain: true })
    this.askForMore(this.goal)
    if (this.waiting.length === 0) this.round = ROUNDS.length
  }

  /** In the order of events; those of which nothing is known yet are left out. */
  points(): readonly Point[] {
    const known = [...this.byEvents.values()].filter(({ tried, certain }) => tried > 0 || certain)
    return known.sort((a, b) => a.events - b.events)
  }

  /** How many futures have been tried. */
  get tried(): number {
    return this.futures
  }

  /** Whether something is known of the whole course of it. */
  get isWhole(): boolean {
    return this.whole
  }

  get isDone(): boolean {
    return this.round === ROUNDS.length
  }

  /** What is to be tried next; `null` where that depends on what is being tried just now, or if all is done. */
  next(): Batch | null {
    const batch = this.waiting.shift() ?? null
    if (batch !== null) this.open++
    return batch
  }

  take({ batch, at, facts, hits }: Tally): void {
    this.open--
    const { events, count } = batch
    const before = this.byEvents.get(events)
    if (before === undefined) return
    this.futures += count
    const tried = before.tried + count
    const all = before.hits + hits
    this.byEvents.set(events, { ...before, at, facts, tried, hits: all, share: all / tried })
    if (this.open === 0 && this.waiting.length === 0) this.goOn()
  }

  /** Whoever was to try it is lost: somebody else has to. */
  giveBack(batch: Batch): void {
    this.open--
    this.waiting.unshift(batch)
  }

  /** Has one more moment tried, in full and before the others. */
  look(moment: Moment): void {
    if (this.byEvents.has(moment.events) || !this.isOpen(moment)) return
    this.add(moment)
    this.waiting.unshift(...batchesOf(moment.events, 0, IN_FULL))
  }

  private get goal(): number {
    return ROUNDS[this.round] ?? 0
  }

  private goOn(): void {
    this.whole = true
    if (this.isDone) return
    this.halveGaps()
    this.askForMore(this.goal)
    while (this.waiting.length === 0 && !this.isDone) {
      this.round++
      this.askForMore(this.goal)
    }
  }

  private isOpen({ events }: Moment): boolean {
    return this.happened === null || events < this.happened.events
  }

  private add({ events, at }: Moment): void {
    this.byEvents.set(events, { events, at, facts: [], tried: 0, hits: 0, share: 0, certain: false })
  }

  /** Brings every moment up to so many futures, all of them evenly. */
  private askForMore(goal: number): void {
    for (const { events, tried, certain } of this.byEvents.values())
      if (!certain) this.waiting.push(...batchesOf(events, tried, goal))
    this.waiting.sort((a, b) => a.first - b.first)
  }

  /** Looks between the moments where the share makes its greatest steps. */
  private halveGaps(): void {
    const points = this.points()
    const gaps = points.slice(1).flatMap((b, i) => {
      const a = points[i] as Point
      return b.events - a.events > 1 && isStep(a, b) ? [{ a, b, step: Math.abs(a.share - b.share) }] : []
    })
    gaps.sort((one, other) => other.step - one.step)
    const room = Math.max(0, MOST_POINTS - points.length)
    for (const { a, b } of gaps.slice(0, Math.min(MOST_GAPS, room)))
      this.add({ events: (a.events + b.events) >> 1, at: a.at })
  }
}

function batchesOf(events: number, from: number, to: number): Batch[] {
  const batches: Batch[] = []
  for (let first = from; first < to; first += BATCH)
    batches.push({ events, first, count: Math.min(BATCH, to - first) })
  return batches
}

/** Whether two shares differ by more than chance makes them. */
export function isStep(a: Point, b: Point): boolean {
  const step = Math.abs(a.share - b.share)
  return step >= STEP && step * step > SURE * SURE * (varianceOf(a) + varianceOf(b))
}

/** Of the share; one more of each kind, so that few futures that agree are not taken for certainty. */
function varianceOf({ tried, hits, certain }: Point): number {
  if (certain) return 0
  const share = (hits + 1) / (tried + 2)
  return (share * (1 - share)) / (tried + 2)
}
