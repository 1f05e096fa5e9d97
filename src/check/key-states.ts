import type { Command, Result } from '../raft/commands.ts'
import { type Effect, effectOf, IMPOSSIBLE, type Value } from './client-operation.ts'

/** A command on the key that has no answer yet. */
interface Waiting {
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
interface Configuration {
  readonly state: Value
  /** Those without an answer that took effect. */
  readonly taken: readonly number[]
  /** What gets that still wait can have seen, beside `state`. */
  readonly held: readonly Held[]
  /** When a put or delete last took effect: any other that waited then may have done so right before it, unseen. */
  readonly coveredAt: number
}

const START: Configuration = { state: null, taken: [], held: [], coveredAt: -1 }
/** More ways than this, and nobody can tell. */
const MOST_CONFIGURATIONS = 200
/** What one answer may cost. */
const MOST_TRIED = 3000

/** What can be said of a key once its latest answer is in. */
export type KeyVerdict =
  | { readonly kind: 'yes' }
  /** The latest answer is the first that nothing can explain; the key can only have held these then. */
  | { readonly kind: 'no'; readonly possible: readonly Value[] }
  | { readonly kind: 'unknown' }

/**
 * All ways in which one key's operations can have taken effect, kept up with as clients see them. After Lowe (2017),
 * "Testing for linearizability", just-in-time linearization: nothing takes effect before an answer needs it to. Beyond
 * that, gets and puts that are overwritten at once are not enumerated, but allowed for after the fact. Never changed:
 * each step makes another.
 */
export class KeyStates {
  readonly verdict: KeyVerdict
  private readonly waiting: readonly Waiting[]
  /** Writes that nobody waits for any more; latest first, as those are of the least use later. */
  private readonly lost: readonly Waiting[]
  private readonly configurations: readonly Configuration[]

  private constructor(
    verdict: KeyVerdict,
    waiting: readonly Waiting[],
    lost: readonly Waiting[],
    configurations: readonly Configuration[],
  ) {
    this.verdict = verdict
    this.waiting = waiting
    this.lost = lost
    this.configurations = configurations
  }

  static readonly start = new KeyStates({ kind: 'yes' }, [], [], [START])

  /** The values it can hold if nothing that waits has taken effect but what had to; `null` if that is not known. */
  values(): readonly Value[] | null {
    if (this.verdict.kind !== 'yes') return null
    return [...new Set(this.configurations.map(({ state }) => state))]
  }

  /** Where the answer is known beforehand, there is less to keep in mind. */
  invoke(id: number, command: Command, invoked: number, result: Result | null = null): KeyStates {
    if (this.verdict.kind !== 'yes') return this
    const fresh = { id, command, invoked, effect: effectOf(command, result), foreseen: result !== null }
    return new KeyStates(this.verdict, [...this.waiting, fresh], this.lost, this.configurations)
  }

  /** Its client will never see an answer. */
  abandon(id: number): KeyStates {
    if (this.verdict.kind !== 'yes') return this
    const gone = this.waiting.find((other) => other.id === id)
    const waiting = this.waiting.filter((other) => other.id !== id)
    if (gone === undefined) return this
    const writes = gone.effect.sets !== undefined
    const lost = writes ? [gone, ...this.lost].sort((a, b) => b.invoked - a.invoked) : this.lost
    return new KeyStates(this.verdict, waiting, lost, best(this.configurations, waiting))
  }

  answer(id: number, result: Result, now: number): KeyStates {
    const answered = this.waiting.find((other) => other.id === id)
    if (this.verdict.kind !== 'yes' || answered === undefined) return this
    const { waiting, lost } = this
    const effect = effectOf(answered.command, result)
    const ways = new Ways(waiting, lost, { ...answered, effect, foreseen: true }, now)
    const next: Configuration[] = []
    for (const from of this.configurations) ways.explain(from, effect, next)
    const left = waiting.filter((other) => other.id !== id)
    if (ways.tried > MOST_TRIED) return new KeyStates({ kind: 'unknown' }, [], [], [])
    if (next.length === 0) {
      const all = new Ways(waiting, lost, answered, now)
      return new KeyStates({ kind: 'no', possible: all.possible(this.configurations) }, [], [], [])
    }
    const kept = best(next, left)
    if (kept.length > MOST_CONFIGURATIONS) return new KeyStates({ kind: 'unknown' }, [], [], [])
    return new KeyStates(this.verdict, left, lost, kept)
  }
}

/** The ways on from a configuration to one in which an operation, answered now, has taken effect. */
class Ways {
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

  explain(from: Configuration, { needs, sets }: Effect, into: Configuration[]): void {
    this.tried++
    if (needs === IMPOSSIBLE || this.tried > MOST_TRIED) return
    const isTaken = from.taken.includes(this.answered.id)
    if (sets === undefined) {
      if (!isTaken) this.explainRead(from, needs as Value, into)
    } else if (isTaken) into.push(without(from, this.answered.id))
    else if (needs === undefined) this.explainWrite(from, sets, into)
    else for (const way of this.waysTo(from, needs)) into.push(this.apply(way, null, sets, false))
  }

  /** All values that the answered operation can have found, had it only answered so. */
  possible(configurations: readonly Configuration[]): Value[] {
    const values = configurations.flatMap((from) => [
      ...this.swapped(from).map(({ state }) => state),
      ...from.held.map(({ value }) => value),
    ])
    const { command } = this.answered
    for (const { effect } of this.writes) if (effect.sets !== undefined) values.push(effect.sets)
    if (command.kind === 'CompareAndSet') values.push(command.expected)
    return [...new Set(values)].filter((value) => {
      this.tried = 0
      const ways: Configuration[] = []
      const effect = effectOf(command, answerOf(command, value))
      for (const from of configurations) this.explain(from, effect, ways)
      return ways.length > 0
    })
  }

  private explainRead(from: Configuration, value: Value, into: Configuration[]): void {
    const { invoked } = this.answered
    if (from.state === value || from.held.some((held) => held.value === value && held.until > invoked)) {
      into.push(from)
      return
    }
    if (invoked < from.coveredAt) {
      for (const { id } of this.available(this.writesOf(value), from, from.coveredAt))
        into.push(held(taking(from, id), value, from.coveredAt))
    }
    into.push(...this.waysTo(from, value))
  }

  private explainWrite(from: Configuration, value: Value, into: Configuration[]): void {
    if (this.answered.invoked < from.coveredAt) into.push(held(from, value, from.coveredAt))
    for (const way of this.swapped(from)) into.push(this.apply(way, null, value, true))
  }

  /** All ways in which the key comes to hold a value now. */
  private waysTo(from: Configuration, value: Value): Configuration[] {
    const ways: Configuration[] = []
    for (const way of this.swapped(from)) {
      if (way.state === value) ways.push(way)
      for (const { id } of this.available(this.writesOf(value), way, this.now))
        ways.push(this.apply(way, id, value, true))
    }
    return ways
  }

  /** The configuration itself, and those that compare-and-sets lead to, each with the write that it needs. */
  private swapped(from: Configuration): Configuration[] {
    const found = [from]
    const known = new Set<string>()
    for (let i = 0; i < found.length && this.tried <= MOST_TRIED; i++) {
      const way = found[i] as Configuration
      for (const swap of this.available(this.swaps, way, this.now)) {
        const { needs, sets } = swap.effect as { needs: Value; sets: Value }
        const ready = way.state === needs ? [way] : []
        for (const { id } of this.available(this.writesOf(needs), way, this.now))
          ready.push(this.apply(way, id, needs, true))
        for (const before of ready) {
          this.tried++
          const after = this.apply(before, swap.id, sets, false)
          const key = JSON.stringify(after)
          if (!known.has(key)) found.push(after)
          known.add(key)
        }
      }
    }
    return found
  }

  private writesOf(value: Value): Waiting[] {
    return this.writes.filter(({ effect }) => effect.sets === value)
  }

  /** Of those that were lost, and do the same, the latest serves best. */
  private available(among: readonly Waiting[], { taken }: Configuration, before: number): Waiting[] {
    const found = among.filter(({ id, invoked }) => invoked < before && !taken.includes(id))
    return found.filter(
      (one, i) =>
        !this.lost.has(one.id) ||
        !found.some((other, j) => j < i && this.lost.has(other.id) && isSame(one.effect, other.effect)),
    )
  }

  private apply(from: Configuration, id: number | null, state: Value, covers: boolean): Configuration {
    const { now } = this
    const { taken } = id === null ? from : taking(from, id)
    const coveredAt = covers ? now : from.coveredAt
    return { ...held(from, from.state, now), state, taken, coveredAt }
  }
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

const isReader = ({ command, effect }: Waiting): boolean =>
  effect.sets === undefined || command.kind === 'CompareAndSet'

const mayFindAnything = (one: Waiting): boolean => isReader(one) && !one.foreseen

/** What is answered to one that finds a value. */
function answerOf(command: Command, value: Value): Result {
  if (command.kind === 'Get') return { kind: 'Found', value }
  if (command.kind !== 'CompareAndSet' || value === command.expected) return { kind: 'Done' }
  return { kind: 'Mismatch', value }
}

const isSame = (a: Effect, b: Effect): boolean => a.needs === b.needs && a.sets === b.sets

function taking(from: Configuration, id: number): Configuration {
  return { ...from, taken: [...from.taken, id].sort((a, b) => a - b) }
}

function without(from: Configuration, id: number): Configuration {
  return { ...from, taken: from.taken.filter((other) => other !== id) }
}

function held(from: Configuration, value: Value, until: number): Configuration {
  const before = from.held.find((other) => other.value === value)
  if (before !== undefined && before.until >= until) return from
  const others = from.held.filter((other) => other !== before)
  // In an order of their own, so that the same things come out the same.
  const after = others.findIndex((other) => (other.value ?? '') > (value ?? ''))
  const at = after === -1 ? others.length : after
  return { ...from, held: [...others.slice(0, at), { value, until }, ...others.slice(at)] }
}

/** Forgets what nobody can have seen any more, and the ways that allow for nothing that another does not. */
function best(ways: readonly Configuration[], waiting: readonly Waiting[]): readonly Configuration[] {
  const readers = waiting.filter(isReader)
  const since = readers[0] === undefined ? Infinity : readers[0].invoked
  const sought = readers.some(mayFindAnything) ? null : new Set(readers.map(({ effect }) => effect.needs))
  const oldest = waiting[0] === undefined ? Infinity : waiting[0].invoked
  const groups = new Map<string, Configuration[]>()
  for (const way of ways) {
    const heldSince = way.held.filter(
      ({ value, until }) => until > since && (sought === null || sought.has(value)),
    )
    const coveredAt = way.coveredAt > oldest ? way.coveredAt : -1
    const tidy = { ...way, held: heldSince, coveredAt }
    const owed = way.taken.filter((id) => waiting.some((other) => other.id === id))
    const key = JSON.stringify([way.state, owed])
    const group = groups.get(key) ?? []
    groups.set(key, group)
    if (group.some((other) => isAsGood(other, tidy))) continue
    const better = group.filter((other) => !isAsGood(tidy, other))
    group.splice(0, group.length, ...better, tidy)
    if (groups.size > MOST_CONFIGURATIONS) break
  }
  return [...groups.values()].flat()
}

function isAsGood(a: Configuration, b: Configuration): boolean {
  return (
    a.coveredAt >= b.coveredAt &&
    a.taken.every((id) => b.taken.includes(id)) &&
    b.held.every(({ value, until }) => a.held.some((other) => other.value === value && other.until >= until))
  )
}
