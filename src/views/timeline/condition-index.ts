import { countWhile } from '../../base/count-while.ts'
import type { Condition } from '../../simulation/columns.ts'
import type { Sign } from './signs.ts'

/** From `at` on, this is the highest term in the cluster. */
export interface Reign {
  readonly at: number
  readonly term: number
}

/** What is needed to draw the lanes and the band of a stretch of time. */
export interface LanesPart {
  /** The conditions by server id − 1, each list in the order of time. */
  readonly lanes: readonly (readonly Condition[])[]
  readonly reigns: readonly Reign[]
  readonly signs: readonly Sign[]
}

/** The conditions of each server in order, and the highest term so far, kept up with the growing record. */
export class ConditionIndex {
  readonly reigns: Reign[] = []
  private readonly lanes: Condition[][] = []
  private count = 0
  private last: Condition | undefined

  /** How many servers there ever are, as far as is known: a lane is there before its server comes. */
  get servers(): number {
    return Math.max(0, this.lanes.length - 1)
  }

  /** The conditions of one server in the order of time. */
  of(server: number): readonly Condition[] {
    return this.lanes[server] ?? NONE
  }

  /** All that shows from one time to another, with what holds at the first and what ends the last. */
  within(from: number, to: number, servers: number): Omit<LanesPart, 'signs'> {
    const cut = <T extends { readonly at: number }>(list: readonly T[]) =>
      list.slice(firstAt(list, from), firstAt(list, to) + 2)
    const lanes = Array.from({ length: servers }, (_, i) => cut(this.of(i + 1)))
    return { lanes, reigns: cut(this.reigns) }
  }

  /** Takes in what is new. Returns from when on something is different now: Infinity if nothing is. */
  update(conditions: readonly Condition[]): number {
    // Records are only ever cut off at the end: if the last one seen still stands, so do all before it.
    const isCut = conditions[this.count - 1] !== this.last
    if (isCut) this.clear()
    const changedFrom = isCut ? 0 : (conditions[this.count]?.at ?? Infinity)
    for (; this.count < conditions.length; this.count++) this.put(conditions[this.count] as Condition)
    this.last = conditions[this.count - 1]
    return changedFrom
  }

  private put(condition: Condition): void {
    const { server, at, term } = condition
    const lane = this.lanes[server]
    if (lane === undefined) this.lanes[server] = [condition]
    else lane.push(condition)
    const reign = this.reigns.at(-1)
    if (reign !== undefined && reign.term >= term) return
    if (reign?.at === at) this.reigns.pop()
    this.reigns.push({ at, term })
  }

  private clear(): void {
    this.lanes.length = 0
    this.reigns.length = 0
    this.count = 0
  }
}

const NONE: readonly Condition[] = []

/** Where to begin in a list ordered by time so as to cover all from `time` on: the last one at or before it. */
export function firstAt(list: readonly { readonly at: number }[], time: number): number {
  return Math.max(0, countWhile(list, ({ at }) => at <= time) - 1)
}
