import type { Command, Result } from '../raft/commands.ts'
import { type Effect, effectOf, type Value } from './client-operation.ts'
import { isReader, MOST_TRIED, mayFindAnything, type Possibility, type Waiting, Ways } from './ways.ts'

const START: Possibility = { state: null, taken: [], held: [], coveredAt: -1 }
/** More ways than this, and nobody can tell. */
const MOST_CONFIGURATIONS = 200
/** What can be said of a key once its latest answer is in. */
type KeyVerdict =
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
  private readonly possibilities: readonly Possibility[]

  private constructor(
    verdict: KeyVerdict,
    waiting: readonly Waiting[],
    lost: readonly Waiting[],
    possibilities: readonly Possibility[],
  ) {
    this.verdict = verdict
    this.waiting = waiting
    this.lost = lost
    this.possibilities = possibilities
  }

  static readonly start = new KeyStates({ kind: 'yes' }, [], [], [START])

  /** The values it can hold if nothing that waits has taken effect but what had to; `null` if that is not known. */
  values(): readonly Value[] | null {
    if (this.verdict.kind !== 'yes') return null
    return [...new Set(this.possibilities.map(({ state }) => state))]
  }

  /** Where the answer is known beforehand, there is less to keep in mind. */
  invoke(id: number, command: Command, invoked: number, result: Result | null = null): KeyStates {
    if (this.verdict.kind !== 'yes') return this
    const fresh = { id, command, invoked, effect: effectOf(command, result), foreseen: result !== null }
    return new KeyStates(this.verdict, [...this.waiting, fresh], this.lost, this.possibilities)
  }

  /** Its client will never see an answer. */
  abandon(id: number): KeyStates {
    if (this.verdict.kind !== 'yes') return this
    const gone = this.waiting.find((other) => other.id === id)
    const waiting = this.waiting.filter((other) => other.id !== id)
    if (gone === undefined) return this
    const writes = gone.effect.sets !== undefined
    const lost = writes ? [gone, ...this.lost].sort((a, b) => b.invoked - a.invoked) : this.lost
    return new KeyStates(this.verdict, waiting, lost, best(this.possibilities, waiting, lost))
  }

  answer(id: number, result: Result, now: number): KeyStates {
    const answered = this.waiting.find((other) => other.id === id)
    if (this.verdict.kind !== 'yes' || answered === undefined) return this
    const { waiting, lost } = this
    const effect = effectOf(answered.command, result)
    if (waiting.length === 1 && lost.length === 0) {
      const alone = this.afterAlone(answered, effect)
      if (alone !== null) return alone
    }
    const ways = new Ways(waiting, lost, { ...answered, effect, foreseen: true }, now)
    const next: Possibility[] = []
    for (const from of this.possibilities) ways.explain(from, effect, next)
    const left = waiting.filter((other) => other.id !== id)
    if (ways.tried > MOST_TRIED) return new KeyStates({ kind: 'unknown' }, [], [], [])
    if (next.length === 0) {
      const all = new Ways(waiting, lost, answered, now)
      return new KeyStates({ kind: 'no', possible: all.possible(this.possibilities) }, [], [], [])
    }
    const kept = best(next, left, lost)
    if (kept.length > MOST_CONFIGURATIONS) return new KeyStates({ kind: 'unknown' }, [], [], [])
    return new KeyStates(this.verdict, left, lost, kept)
  }

  /** What is left where nothing else went on meanwhile, as is so most of the time; `null` if it is not that plain. */
  private afterAlone({ invoked }: Waiting, { needs, sets }: Effect): KeyStates | null {
    const [only] = this.possibilities
    if (only === undefined || this.possibilities.length > 1 || only.taken.length > 0) return null
    if ((needs !== undefined && needs !== only.state) || (sets !== undefined && invoked < only.coveredAt))
      return null
    return new KeyStates(this.verdict, [], [], [{ ...START, state: sets === undefined ? only.state : sets }])
  }
}

/** Forgets what can make no difference any more, and the ways that allow for nothing that another does not. */
function best(
  ways: readonly Possibility[],
  waiting: readonly Waiting[],
  lost: readonly Waiting[],
): readonly Possibility[] {
  const tidy = tidier(waiting, lost)
  const [only] = ways
  if (ways.length === 1 && only !== undefined) return [tidy(only)]
  const groups = new Map<string, Possibility[]>()
  for (const way of ways) {
    const tidied = tidy(way)
    const owed = way.taken.filter((id) => waiting.some((other) => other.id === id))
    const key = JSON.stringify([way.state, owed])
    const group = groups.get(key) ?? []
    groups.set(key, group)
    if (group.some((other) => isAsGood(other, tidied))) continue
    const better = group.filter((other) => !isAsGood(tidied, other))
    group.splice(0, group.length, ...better, tidied)
    if (groups.size > MOST_CONFIGURATIONS) break
  }
  return [...groups.values()].flat()
}

/** What is left of a possibility once all is forgotten that those who wait, or were lost, cannot tell apart. */
function tidier(waiting: readonly Waiting[], lost: readonly Waiting[]): (way: Possibility) => Possibility {
  const readers = waiting.filter(isReader)
  const sought = readers.some(mayFindAnything) ? null : new Set(readers.map(({ effect }) => effect.needs))
  const oldest = waiting[0]?.invoked ?? Infinity
  return (way) => {
    const held = way.held.flatMap(({ value, until }) => {
      if (sought !== null && !sought.has(value)) return []
      const since = latestBefore(until, readers)
      return since === -1 ? [] : [{ value, until: since }]
    })
    const latest = Math.max(latestBefore(way.coveredAt, waiting), latestBefore(way.coveredAt, lost))
    return { ...way, held, coveredAt: way.coveredAt > oldest ? latest : -1 }
  }
}

/** All that matters of a time is what had been invoked by then: right after the latest of that. −1 if there is none. */
function latestBefore(place: number, operations: readonly Waiting[]): number {
  let latest = -1
  for (const { invoked } of operations) if (invoked < place && invoked + 0.5 > latest) latest = invoked + 0.5
  return latest
}

function isAsGood(a: Possibility, b: Possibility): boolean {
  return (
    a.coveredAt >= b.coveredAt &&
    a.taken.every((id) => b.taken.includes(id)) &&
    b.held.every(({ value, until }) => a.held.some((other) => other.value === value && other.until >= until))
  )
}
