import { type Effect, IMPOSSIBLE, type Value } from './client-operation.ts'

/** An operation on one key, as far as the search cares. */
export interface Step extends Effect {
  readonly invoked: number
  /** `Infinity` where it has no answer, so that it may be left out. */
  readonly answered: number
}

/** A value that no operation names. */
export type Start = Value | undefined

/** `order` is as far as it came, if it was not given the steps to finish. */
export type Found<S extends Step> =
  | { readonly kind: 'yes' | 'unknown'; readonly order: readonly S[]; readonly steps: number }
  | { readonly kind: 'no'; readonly steps: number }

/**
 * Looks for an order of the operations on one key in which each has the effect that its client saw, and none comes
 * before one that was answered before it was invoked. After Wing & Gong (1993), "Testing and verifying concurrent
 * objects", with the memory of Lowe (2017), "Testing for linearizability". `starts` are what the key may hold at first.
 */
export function linearize<S extends Step>(
  operations: readonly S[],
  starts: readonly Start[],
  most: number,
): Found<S> {
  const search = new Search(operations, most)
  for (const start of starts) {
    const kind = search.run(start)
    if (kind !== 'no') return { kind, order: search.order(), steps: search.steps }
  }
  return { kind: 'no', steps: search.steps }
}

const ANYTHING = -1
const NOTHING = -1
const NO_STATE = -2

/** A choice that was made, to be taken back if it leads nowhere. */
interface Choice {
  readonly operation: number
  readonly state: number
  /** It cannot have been wrong, so nothing else is tried in its place. */
  readonly forced: boolean
}

class Search<S extends Step> {
  steps = 0
  private readonly operations: readonly S[]
  private readonly most: number
  private readonly needs: Int32Array
  private readonly sets: Int32Array
  /** Two entries for an answered operation `i`: its invocation `2i`, its answer `2i + 1`; the last is the end. */
  private readonly next: Int32Array
  private readonly previous: Int32Array
  private readonly end: number
  private readonly places: Float64Array
  /** Those without an answer, in order of invocation. */
  private readonly open: readonly number[]
  /** The one before it of the same effect, for open operations: either serves, so they are taken in turn. */
  private readonly twin: Int32Array
  private readonly taken: Uint32Array
  private readonly memory = new Map<number, Uint32Array[]>()
  private readonly ids = new Map<Start, number>()
  private hash = 0
  private state = 0
  private left = 0
  private readonly chosen: Choice[] = []

  constructor(operations: readonly S[], most: number) {
    this.operations = operations
    this.most = most
    const idOf = (value: Start) => this.idOf(value)
    const need = ({ needs }: S) =>
      needs === undefined ? ANYTHING : needs === IMPOSSIBLE ? NO_STATE : idOf(needs)
    this.needs = Int32Array.from(operations, need)
    this.sets = Int32Array.from(operations, ({ sets }) => (sets === undefined ? NOTHING : idOf(sets)))
    this.end = 2 * operations.length
    this.places = Float64Array.from(operations.flatMap(({ invoked, answered }) => [invoked, answered]))
    this.next = new Int32Array(this.end + 1).fill(this.end)
    this.previous = new Int32Array(this.end + 1).fill(this.end)
    this.taken = new Uint32Array((operations.length >> 5) + 2)
    this.twin = new Int32Array(operations.length).fill(-1)
    this.open = this.link()
  }

  /** Chains the entries of what was answered, and returns the rest. */
  private link(): number[] {
    const { operations, end, next, previous } = this
    const all = operations.map((_, i) => i)
    const answered = all.filter((i) => this.at(i).answered !== Infinity)
    this.left = answered.length
    const entries = Uint32Array.from(answered.flatMap((i) => [2 * i, 2 * i + 1]))
    entries.sort((a, b) => this.placeOf(a) - this.placeOf(b))
    let last = end
    for (const entry of entries) {
      next[last] = entry
      previous[entry] = last
      last = entry
    }
    next[last] = end
    previous[end] = last
    const open = all.filter((i) => this.at(i).answered === Infinity && this.sets[i] !== NOTHING)
    open.sort((a, b) => this.at(a).invoked - this.at(b).invoked)
    const latest = new Map<string, number>()
    for (const i of open) {
      const effect = `${this.needs[i]} ${this.sets[i]}`
      this.twin[i] = latest.get(effect) ?? -1
      latest.set(effect, i)
    }
    return open
  }

  /** From one start after the other: where it led nowhere, all is as before, and remembered. */
  run(start: Start): Found<S>['kind'] {
    const { end } = this
    this.state = this.idOf(start)
    this.takeReads()
    // Where to go on among the candidates: first those that were answered, in order, then the open ones.
    let entry = this.next[end] as number
    let open = 0
    while (this.left > 0) {
      if (this.steps > this.most) return 'unknown'
      const candidate = entry !== end && (entry & 1) === 0 ? entry >> 1 : this.openAt(open, entry)
      if (candidate === -1) {
        const back = this.takeBack()
        if (back === -1) return 'no'
        const wasOpen = this.at(back).answered === Infinity
        entry = wasOpen ? this.firstAnswer() : (this.next[2 * back] as number)
        open = wasOpen ? this.open.indexOf(back) + 1 : 0
      } else if (this.mayTake(candidate) && this.take(candidate, false)) {
        this.takeReads()
        entry = this.next[end] as number
        open = 0
      } else if (this.at(candidate).answered === Infinity) open++
      else entry = this.next[entry] as number
    }
    return 'yes'
  }

  order(): S[] {
    return this.chosen.map(({ operation }) => this.at(operation))
  }

  private idOf(value: Start): number {
    const id = this.ids.get(value) ?? this.ids.size
    this.ids.set(value, id)
    return id
  }

  private at(operation: number): S {
    return this.operations[operation] as S
  }

  private placeOf(entry: number): number {
    return this.places[entry] as number
  }

  /** The entry up to which operations are candidates: all that were invoked before the first answer. */
  private firstAnswer(): number {
    let entry = this.next[this.end] as number
    while (entry !== this.end && (entry & 1) === 0) entry = this.next[entry] as number
    return entry
  }

  private openAt(position: number, answer: number): number {
    const operation = this.open[position]
    if (operation === undefined || answer === this.end) return -1
    return this.at(operation).invoked < this.placeOf(answer) ? operation : -1
  }

  private has(operation: number): boolean {
    return (((this.taken[operation >> 5] as number) >>> (operation & 31)) & 1) === 1
  }

  private mayTake(operation: number): boolean {
    const needs = this.needs[operation]
    if (needs !== ANYTHING && needs !== this.state) return false
    if (this.at(operation).answered !== Infinity) return true
    if (this.has(operation)) return false
    const twin = this.twin[operation] as number
    return (twin === -1 || this.has(twin)) && this.isNeeded(operation)
  }

  /** What may as well never happen is taken only for one that comes right after it. */
  private isNeeded(operation: number): boolean {
    const value = this.sets[operation]
    if (value === this.state) return false
    const last = this.firstAnswer()
    for (let entry = this.next[this.end] as number; entry !== last; entry = this.next[entry] as number)
      if (this.needs[entry >> 1] === value) return true
    const before = this.placeOf(last)
    return this.open.some(
      (other) => this.needs[other] === value && !this.has(other) && this.at(other).invoked < before,
    )
  }

  /** A get that fits now can only be hindered by waiting. */
  private takeReads(): void {
    let entry = this.next[this.end] as number
    while (entry !== this.end && (entry & 1) === 0) {
      const operation = entry >> 1
      const isRead = this.sets[operation] === NOTHING
      entry = this.next[entry] as number
      if (isRead && this.needs[operation] === this.state) {
        this.take(operation, true)
        // Its answer may have been the first.
        if (entry === 2 * operation + 1) entry = this.next[this.end] as number
      }
    }
  }

  /** False if the search has been in the same situation before. */
  private take(operation: number, forced: boolean): boolean {
    this.steps++
    const { state } = this
    const sets = this.sets[operation] as number
    this.flip(operation)
    if (sets !== NOTHING) this.state = sets
    if (!forced && !this.isNew()) {
      this.flip(operation)
      this.state = state
      return false
    }
    if (this.at(operation).answered !== Infinity) {
      this.left--
      this.unlink(2 * operation)
      this.unlink(2 * operation + 1)
    }
    this.chosen.push({ operation, state, forced })
    return true
  }

  /** Takes back the last choice that had alternatives; −1 if there is none. */
  private takeBack(): number {
    for (let choice = this.chosen.pop(); choice !== undefined; choice = this.chosen.pop()) {
      const { operation } = choice
      this.flip(operation)
      this.state = choice.state
      if (this.at(operation).answered !== Infinity) {
        this.left++
        this.relink(2 * operation + 1)
        this.relink(2 * operation)
      }
      if (!choice.forced) return operation
    }
    return -1
  }

  private unlink(entry: number): void {
    const next = this.next[entry] as number
    const previous = this.previous[entry] as number
    this.next[previous] = next
    this.previous[next] = previous
  }

  private relink(entry: number): void {
    this.next[this.previous[entry] as number] = entry
    this.previous[this.next[entry] as number] = entry
  }

  private flip(operation: number): void {
    const word = operation >> 5
    this.taken[word] = (this.taken[word] as number) ^ (1 << (operation & 31))
    this.hash ^= mix(operation)
  }

  private isNew(): boolean {
    const { taken, state } = this
    const hash = this.hash ^ mix(-1 - state)
    const here = taken.slice()
    here[here.length - 1] = state
    const known = this.memory.get(hash)
    if (known === undefined) this.memory.set(hash, [here])
    else if (known.some((other) => other.every((word, i) => word === here[i]))) return false
    else known.push(here)
    return true
  }
}

/** Spreads small numbers over 32 bits. */
function mix(n: number): number {
  let h = Math.imul(n ^ 0x9e3779b9, 0x85ebca6b)
  h ^= h >>> 15
  h = Math.imul(h, 0xc2b2ae35)
  return h ^ (h >>> 13)
}
