import type { FactRecord } from '../../simulation/columns.ts'

/**
 * The event in which a server got the entry it now has at `index`, among the first `upTo` facts; `null` if its disk
 * had it at the start.
 */
export function appendedIn(
  facts: readonly FactRecord[],
  upTo: number,
  server: number,
  index: number,
): number | null {
  for (let i = Math.min(upTo, facts.length) - 1; i >= 0; i--) {
    const { fact, event } = facts[i] as FactRecord
    if (fact.kind === 'CommandAppended') {
      if (fact.server === server && fact.index === index) return event
    } else if (fact.kind === 'EntriesAppended') {
      if (fact.server === server && fact.first <= index && index <= fact.last) return event
    }
  }
  return null
}
