import { type ClientOperation, effectOf, type Value } from './client-operation.ts'
import { type Evidence, evidenceOf, replay, upTo } from './evidence.ts'
import { linearize, type Step } from './wing-gong.ts'

/** Whether clients could tell the cluster from one store that does one thing at a time. */
export type Linearizability =
  /** With an order that explains every answer, for each key for which one was written down. */
  | { readonly kind: 'yes'; readonly orders: ReadonlyMap<string, readonly ClientOperation[]> }
  | { readonly kind: 'no'; readonly evidence: Evidence }
  /** It was given up after so many steps. */
  | { readonly kind: 'unknown'; readonly steps: number }

const MOST_STEPS = 200_000

interface Wrong {
  readonly ofKey: readonly ClientOperation[]
  readonly last: ClientOperation
  readonly possible: readonly Value[]
}

interface KeyStep extends Step {
  readonly operation: ClientOperation
}

/**
 * Judges a whole history, key by key, in two ways of which either will do: keeping up with it, where many
 * operations at the same time are no difficulty, and searching, which finds an order. A history is linearizable if
 * what it has of each object is (Herlihy & Wing 1990, "Linearizability", Theorem 1). Every key is absent at first.
 */
export function judgeLinearizability(
  operations: readonly ClientOperation[],
  most = MOST_STEPS,
): Linearizability {
  const orders = new Map<string, readonly ClientOperation[]>()
  let unknown = 0
  let first: Wrong | null = null
  for (const [key, ofKey] of byKey(operations)) {
    const kept = replay(ofKey, true).states.verdict.kind
    const found = kept === 'no' ? null : linearize(ofKey.map(stepOf), [null], most)
    if (found === null || found.kind === 'no') {
      const wrong = firstWrong(ofKey, most)
      if (first === null || answeredAt(wrong.last) < answeredAt(first.last)) first = wrong
    } else if (found.kind === 'yes') {
      orders.set(
        key,
        found.order.map(({ operation }) => operation),
      )
    } else if (kept === 'unknown') unknown += found.steps
  }
  if (first !== null) return { kind: 'no', evidence: evidenceOf(first.ofKey, first.last, first.possible) }
  return unknown > 0 ? { kind: 'unknown', steps: unknown } : { kind: 'yes', orders }
}

function byKey(operations: readonly ClientOperation[]): Map<string, ClientOperation[]> {
  const keys = new Map<string, ClientOperation[]>()
  for (const operation of operations) {
    const ofKey = keys.get(operation.command.key)
    if (ofKey === undefined) keys.set(operation.command.key, [operation])
    else ofKey.push(operation)
  }
  return keys
}

function stepOf(operation: ClientOperation): KeyStep {
  const { command, invoked, answered } = operation
  const effect = effectOf(command, answered?.result ?? null)
  return { ...effect, operation, invoked: invoked.place, answered: answeredAt(operation) }
}

const answeredAt = ({ answered }: ClientOperation): number => answered?.place ?? Infinity

/** The first answer that nothing can explain. */
function firstWrong(ofKey: readonly ClientOperation[], most: number): Wrong {
  const { states, wrong } = replay(ofKey, false)
  if (states.verdict.kind === 'no' && wrong !== null)
    return { ofKey, last: wrong, possible: states.verdict.possible }
  // What is wrong stays wrong with every further answer, so the first that is wrong can be found by halving.
  const answers = ofKey.filter(({ answered }) => answered !== null)
  answers.sort((a, b) => answeredAt(a) - answeredAt(b))
  let low = 0
  let high = answers.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (isWrong(upTo(ofKey, answers[middle] as ClientOperation), most)) high = middle
    else low = middle + 1
  }
  return { ofKey, last: answers[high] as ClientOperation, possible: [] }
}

/** Foresight goes no further than the operations given. */
function isWrong(known: readonly ClientOperation[], most: number): boolean {
  const kept = replay(known, true).states.verdict.kind
  return kept === 'no' || (kept === 'unknown' && linearize(known.map(stepOf), [null], most).kind === 'no')
}
