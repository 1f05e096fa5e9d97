import type { Command, Result } from '../raft/commands.ts'
import { type Effect, effectOf, IMPOSSIBLE, type Value } from './client-operation.ts'

/** A command on the key that has no answer yet. */
export interface Waiting {
  readonly id: number
  readonly command: Command
  readonly invoked: number
  /** What it does if it takes effect. */
  readonly effect: Effect
  /** Whether that is known from an answer that is still to come. */
  readonly foreseen: boolean
}

/** A value that the key has had, and until when. */
interface Held {
  readonly value: Value
  readonly until: number
}

/** One way in which everything answered so far can have come about. */
export interface Possibility {
  readonly state: Value
  /** Those without an answer that took effect. */
  readonly taken: readonly number[]
  /** What gets that still wait can have seen, beside `state`. */
  readonly held: readonly Held[]
  /** When a put or delete last took effect: any other that waited then may have done so right before it, unseen. */
  readonly coveredAt: number
}

/** What one answer may cost. */
export const MOST_TRIED = 3000

/** The ways on from a configuration to one in which an operation, answered now, has taken effect. */
export class Ways {
  tried = 0
  private readonly answered: Waiting
  private readonly now: number
  private readonly writes: readonly Waiting[]
  private readonly swaps: readonly Waiting[]
  private readonly lost: ReadonlySet<number>

  constructor(waiting: readonly Waiting[], lost: readonly Waiting[], answered: Waiting, now: number) {
    this.answered = answered
    this.now = now
    const rest = waiting.filter(({ id }) => id !== answered.id)
    const others = [...rest, ...usefulOf(lost, [...rest, answered])]
    this.writes = others.filter(({ effect }) => effect.needs === undefined && effect.sets !== undefined)
    this.swaps = others.filter(({ effect }) => effect.needs !== undefined && effect.sets !== undefined)
    this.lost = new Set(lost.map((other) => other.id))
  }

  explain(from: Possibility, { needs, sets }: Effect, into: Possibility[]): void {
    this.tried++
    if (needs === IMPOSSIBLE || this.tried > MOST_TRIED) return
    const isTaken = from.taken.includes(this.answered.id)
    if (sets === undefined) {
      if (!isTaken) this.explainRead(from, needs as Value, into)
    } else if (isTaken) into.push(without(from, this.answered.id))
    else if (needs === undefined) this.explainWrite(from, sets, into)
    else this.explainSwap(from, needs, sets, into)
  }

  /** All values that the answered operation can have found, had it only answered so. */
  possible(possibilities: readonly Possibility[]): Value[] {
    const { command } = this.answered
    const values = possibilities.flatMap((from) => [from.state, ...from.held.map(({ value }) => value)])
    for (const { effect } of [...this.writes, ...this.swaps]) values.push(effect.sets as Value)
    if (command.kind === 'CompareAndSet') values.push(command.expected)
    return [...new Set(values)].filter((value) => {
      this.tried = 0
      const ways: Possibility[] = []
      const effect = effectOf(command, answerOf(command, value))
      for (const from of possibilities) this.explain(from, effect, ways)
      return ways.length > 0
    })
  }

  private explainRead(from: Possibility, value: Value, into: Possibility[]): void {
    const { invoked } = this.answered
    const saw = (way: Possibility) => way.held.some((held) => held.value === value && held.until > invoked)
    if (from.state === value || saw(from)) {
      into.push(from)
      return
    }
    for (const way of this.written(from, value))
      for (const after of this.swapped(way, from.coveredAt)) into.push(...[covered(after, from)].filter(saw))
    into.push(...this.waysTo(from, value))
  }

  private explainWrite(from: Possibility, value: Value, into: Possibility[]): void {
    const { coveredAt } = from
    if (this.answered.invoked < coveredAt)
      for (const way of this.swapped({ ...from, state: value }, coveredAt)) into.push(covered(way, from))
    for (const way of this.swapped(from, this.now)) into.push(this.apply(way, null, value, true, this.now))
  }

  private explainSwap(from: Possibility, needs: Value, sets: Value, into: Possibility[]): void {
    const { now } = this
    const { coveredAt } = from
    for (const way of this.waysTo(from, needs)) into.push(this.apply(way, null, sets, false, now))
    for (const way of this.written(from, needs)) {
      for (const before of this.swapped(way, coveredAt)) {
        if (before.state !== needs) continue
        const after = this.apply(before, null, sets, false, coveredAt)
        for (const last of this.swapped(after, coveredAt)) into.push(covered(last, from))
      }
    }
  }

  /** All ways in which the key comes to hold a value now. */
  private waysTo(from: Possibility, value: Value): Possibility[] {
    const ways: Possibility[] = []
    for (const way of this.swapped(from, this.now)) {
      if (way.state === value) ways.push(way)
      for (const { id, effect } of this.bases(way, this.now, value)) {
        const written = this.apply(way, id, effect.sets as Value, true, this.now)
        ways.push(...this.swapped(written, this.now).filter(({ state }) => state === value))
      }
    }
    return ways
  }

  /** A write that was overwritten at once when the key was last covered, while the answered operation waited. */
  private written(from: Possibility, value: Value): Possibility[] {
    if (this.answered.invoked > from.coveredAt) return []
    return this.bases(from, from.coveredAt, value).map(({ id, effect }) => ({
      ...taking(from, id),
      state: effect.sets as Value,
    }))
  }

  /** Writes of a value, or of one that a compare-and-set can make something else of. */
  private bases(from: Possibility, before: number, value: Value): Waiting[] {
    const found = this.writes.filter(
      ({ effect }) => effect.sets === value || this.swaps.some((swap) => swap.effect.needs === effect.sets),
    )
    return this.available(found, from, before)
  }

  /**
   * The configuration itself, and those that compare-and-sets lead to, one upon the other, at a moment. What writes
   * before them is covered by what comes after, so it can be made up for later.
   */
  private swapped(from: Possibility, at: number): Possibility[] {
    if (this.swaps.length === 0) return [from]
    const found = [from]
    const known = new Set<string>()
    for (let i = 0; i < found.length && this.tried <= MOST_TRIED; i++) {
      const way = found[i] as Possibility
      for (const swap of this.available(this.swaps, way, at)) {
        if (way.state !== swap.effect.needs) continue
        this.tried++
        const after = this.apply(way, swap.id, swap.effect.sets as Value, false, at)
        const key = JSON.stringify(after)
        if (!known.has(key)) found.push(after)
        known.add(key)
      }
    }
    return found
  }

  /** Of those that were lost, and do the same, the latest serves best. */
  private available(among: readonly Waiting[], { taken }: Possibility, before: number): Waiting[] {
    const found = among.filter(({ id, invoked }) => invoked < before && !taken.includes(id))
    return found.filter(
      (one, i) =>
        !this.lost.has(one.id) ||
        !found.some((other, j) => j < i && this.lost.has(other.id) && isSame(one.effect, other.effect)),
    )
  }

  private apply(
    from: Possibility,
    id: number | null,
    state: Value,
    covers: boolean,
    at: number,
  ): Possibility {
    const { taken } = id === null ? from : taking(from, id)
    return { ...held(from, from.state, at), state, taken, coveredAt: covers ? at : from.coveredAt }
  }
}

/** What went on right before the key was covered was seen, and leaves it as it is. */
function covered(way: Possibility, { state, coveredAt }: Possibility): Possibility {
  return { ...held(way, way.state, coveredAt), state }
}

/** Of those that nobody waits for, the ones that others may see or build on: here, all puts and deletes. */
function usefulOf(lost: readonly Waiting[], waiting: readonly Waiting[]): Waiting[] {
  const isSwap = ({ effect }: Waiting) => effect.needs !== undefined
  let useful = lost.filter((one) => !isSwap(one))
  if (useful.length === lost.length || waiting.some(mayFindAnything)) return [...lost]
  const needed = new Set(waiting.map(({ effect }) => effect.needs))
  for (;;) {
    const more = lost.filter((one) => !isSwap(one) || needed.has(one.effect.sets))
    if (more.length === useful.length) return useful
    useful = more
    for (const { effect } of useful) needed.add(effect.needs)
  }
}

export const isReader = ({ command, effect }: Waiting): boolean =>
  effect.sets === undefined || command.kind === 'CompareAndSet'

export const mayFindAnything = (one: Waiting): boolean => isReader(one) && !one.foreseen

/** What is answered to one that finds a value. */
function answerOf(command: Command, value: Value): Result {
  if (command.kind === 'Get') return { kind: 'Found', value }
  if (command.kind !== 'CompareAndSet' || value === command.expected) return { kind: 'Done' }
  return { kind: 'Mismatch', value }
}

const isSame = (a: Effect, b: Effect): boolean => a.needs === b.needs && a.sets === b.sets

function taking(from: Possibility, id: number): Possibility {
  return { ...from, taken: [...from.taken, id].sort((a, b) => a - b) }
}

function without(from: Possibility, id: number): Possibility {
  return { ...from, taken: from.taken.filter((other) => other !== id) }
}

function held(from: Possibility, value: Value, until: number): Possibility {
  const before = from.held.find((other) => other.value === value)
  if (before !== undefined && before.until >= until) return from
  const others = from.held.filter((other) => other !== before)
  // In an order of their own, so that the same things come out the same.
  const after = others.findIndex((other) => (other.value ?? '') > (value ?? ''))
  const at = after === -1 ? others.length : after
  return { ...from, held: [...others.slice(0, at), { value, until }, ...others.slice(at)] }
}
