import { type ClientOperation, effectOf, IMPOSSIBLE, type Value } from './client-operation.ts'
import { KeyStates } from './key-states.ts'
import { linearize, type Start, type Step } from './wing-gong.ts'

/** Why what clients saw of a key cannot be, in as few operations as were found to do. */
export interface Evidence {
  readonly key: string
  /** Its answer is the first that nothing can explain: a get, or a compare-and-set. */
  readonly operation: ClientOperation
  /** What that answer says the key held. */
  readonly found: Value
  /** All that the key can have held while it waited; empty if that was not worked out. */
  readonly possible: readonly Value[]
  /** The latest write of what was found that was asked for before the answer; `null` if there was none. */
  readonly source: ClientOperation | null
  /**
   * What contradicts itself, `operation` included, in order of invocation. Other operations may have taken effect or
   * not: what they saw and when they were answered is not held against anybody.
   */
  readonly operations: readonly ClientOperation[]
  /** What may be assumed of the key at the place where `operations` begin. */
  readonly before: { readonly place: number; readonly values: readonly Value[] | 'any' }
}

/** What one search may cost, and all of them together. */
const MOST_STEPS = 20_000
const MOST_STEPS_IN_ALL = 100_000

/**
 * Makes evidence of one key's operations, the last of whose answers, that of `last`, cannot be explained.
 * `possible` are the values that can be.
 *
 * An operation is never simply left out: without a write, a get that it explains would look wrong. What is not
 * needed becomes one that may have taken effect at any time or never, so whatever contradicts itself among the rest
 * contradicts itself in the whole.
 */
export function evidenceOf(
  operations: readonly ClientOperation[],
  last: ClientOperation,
  possible: readonly Value[],
): Evidence {
  const { key } = last.command
  const known = upTo(operations, last)
  const { needs } = effectOf(last.command, last.answered?.result ?? null)
  const found = needs === IMPOSSIBLE || needs === undefined ? null : needs
  const writes = known.filter(({ command }) => command.kind !== 'Get')
  const source = writes.findLast((write) => write !== last && effectOf(write.command, null).sets === found)
  const { core, place, values } = new Shrink(known, last).run()
  const before = { place, values }
  return { key, operation: last, found, possible, source: source ?? null, operations: core, before }
}

/** What was asked and known when `last` was answered, in order of invocation. */
export function upTo(operations: readonly ClientOperation[], last: ClientOperation): ClientOperation[] {
  const end = last.answered?.place ?? Infinity
  return operations
    .filter(({ invoked }) => invoked.place < end)
    .map((one) => (one.answered !== null && one.answered.place > end ? { ...one, answered: null } : one))
    .sort((a, b) => a.invoked.place - b.invoked.place)
}

interface Contradiction {
  readonly core: readonly ClientOperation[]
  readonly place: number
  readonly values: readonly Value[] | 'any'
}

/**
 * Whether some operations contradict themselves, if the key may hold `values` at `place`, and all others of the
 * history that may have taken effect after it may have done so or not.
 */
export class Contradictions {
  private readonly firm: ReadonlyMap<ClientOperation, Step>
  private readonly free: readonly {
    readonly operation: ClientOperation
    readonly step: Step
    readonly until: number
  }[]

  constructor(operations: readonly ClientOperation[]) {
    this.firm = new Map(operations.map((operation) => [operation, stepOf(operation)]))
    this.free = [...this.firm].flatMap(([operation, step]) => {
      if (step.sets === undefined) return []
      return [{ operation, step: { ...step, answered: Infinity }, until: step.answered }]
    })
  }

  isWrite(operation: ClientOperation): boolean {
    return this.firm.get(operation)?.sets !== undefined
  }

  has(
    { core, place, values }: Contradiction,
    most = MOST_STEPS,
  ): { readonly is: boolean; readonly steps: number } {
    const held = new Set(core)
    const firm = core.map((one) => this.firm.get(one) as Step)
    const end = firm.reduce((latest, { answered }) => Math.max(latest, answered), 0)
    const writes = this.free.filter(
      ({ operation, step, until }) => until > place && step.invoked < end && !held.has(operation),
    )
    const steps = [
      ...firm,
      ...usefulOf(
        firm,
        writes.map(({ step }) => step),
      ),
    ]
    const named = new Set<Start>(steps.flatMap(({ needs }) => (typeof needs === 'symbol' ? [] : [needs])))
    const result = linearize(steps, values === 'any' ? [...named.add(undefined)] : values, most)
    return { is: result.kind === 'no', steps: result.steps }
  }
}

function stepOf({ command, invoked, answered }: ClientOperation): Step {
  const effect = effectOf(command, answered?.result ?? null)
  return { ...effect, invoked: invoked.place, answered: answered?.place ?? Infinity }
}

/** What may as well not happen is of use only if it writes what another needs. */
function usefulOf(firm: readonly Step[], writes: readonly Step[]): Step[] {
  const needed = new Set(firm.map(({ needs }) => needs))
  let useful: Step[] = []
  for (;;) {
    const more = writes.filter(({ sets }) => needed.has(sets))
    if (more.length === useful.length) return useful
    useful = more
    for (const { needs } of useful) needed.add(needs)
  }
}

class Shrink {
  private readonly known: readonly ClientOperation[]
  private readonly last: ClientOperation
  private readonly contradictions: Contradictions
  private left = MOST_STEPS_IN_ALL

  constructor(known: readonly ClientOperation[], last: ClientOperation) {
    this.known = known
    this.contradictions = new Contradictions(known)
    this.last = known.find(({ invoked }) => invoked.place === last.invoked.place) as ClientOperation
  }

  /** The latest beginning that will do, without gets if it can be; then nothing in between that is not needed. */
  run(): Contradiction {
    const from = this.unwritten() ??
      this.begin('any', 'writes') ??
      this.begin('any', 'all') ??
      this.begin('known', 'all') ?? { core: this.answeredSince(0, 'all'), place: 0, values: [null] }
    const { place, values } = from
    let { core } = from
    for (let size = 1 << 9; size >= 1; size >>= 1) {
      for (let i = 0; i < core.length; i += size) {
        const fewer = core.filter((one, j) => j < i || j >= i + size || one === this.last)
        if (fewer.length === core.length || !this.holds({ core: fewer, place, values })) continue
        core = fewer
        i -= size
      }
    }
    if (values !== 'any') return { core, place, values }
    // Whatever came before the first that is left may have made the key anything.
    return { core, place: Math.min(...core.map(({ invoked }) => invoked.place)), values }
  }

  /** What nobody has written needs no more than that to be wrong. */
  private unwritten(): Contradiction | null {
    const from = { core: [this.last], place: 0, values: [null] }
    return this.holds(from) ? from : null
  }

  private begin(values: 'any' | 'known', what: 'writes' | 'all'): Contradiction | null {
    const { known, last } = this
    const end = known.indexOf(last)
    for (let size = 1; ; size *= 2) {
      const index = Math.max(0, end - size + 1)
      const place = known[index]?.invoked.place ?? 0
      const there = values === 'any' ? values : this.valuesAt(place)
      if (there === null) return null
      const core = this.answeredSince(place, what)
      if (this.holds({ core, place, values: there })) return { core, place, values: there }
      if (index === 0) return null
    }
  }

  private answeredSince(place: number, what: 'writes' | 'all'): ClientOperation[] {
    return this.known.filter((one) => {
      if (one.answered === null || one.invoked.place < place) return false
      return what === 'all' || one === this.last || this.contradictions.isWrite(one)
    })
  }

  private holds(contradiction: Contradiction): boolean {
    if (this.left <= 0) return false
    const { is, steps } = this.contradictions.has(contradiction, Math.min(this.left, MOST_STEPS))
    // To look at all there is costs something, too, however soon the search is over.
    this.left -= steps + this.known.length / 10
    return is
  }

  private valuesAt(place: number): readonly Value[] | null {
    return replay(this.known, false, place).states.values()
  }
}

/**
 * What can be said after all that happened before a place; and the answer after which it was first wrong. With
 * foresight, answers that are still to come help to leave out what will turn out not to have been.
 */
export function replay(
  operations: readonly ClientOperation[],
  foresight: boolean,
  place = Infinity,
): { readonly states: KeyStates; readonly wrong: ClientOperation | null } {
  const moments = operations.flatMap(({ invoked, answered }, id) =>
    [invoked, ...(answered === null ? [] : [answered])].map((moment) => ({ place: moment.place, id })),
  )
  moments.sort((a, b) => a.place - b.place)
  let states = KeyStates.start
  for (const moment of moments) {
    if (moment.place >= place) break
    const operation = operations[moment.id] as ClientOperation
    const { command, invoked, answered } = operation
    if (moment.place === invoked.place) {
      const result = foresight && answered !== null ? answered.result : null
      states = states.invoke(moment.id, command, invoked.place, result)
      // That no answer comes can as well be known from the start.
      if (answered === null) states = states.abandon(moment.id)
    } else if (answered !== null) states = states.answer(moment.id, answered.result, answered.place)
    if (states.verdict.kind === 'no') return { states, wrong: operation }
  }
  return { states, wrong: null }
}
