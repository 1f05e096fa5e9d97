import type { FactRecord } from '../../simulation/columns.ts'
import type { Fact } from '../../simulation/facts.ts'

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
    if (!('server' in fact) || fact.server !== server) continue
    if (appends(fact, index)) return event
  }
  return null
}

function appends(fact: Fact, index: number): boolean {
  if (fact.kind === 'EntriesAppended') return fact.first <= index && index <= fact.last
  const isLeaders =
    fact.kind === 'CommandAppended' || fact.kind === 'NoOpAppended' || fact.kind === 'ConfigurationAppended'
  return isLeaders && fact.index === index
}

/** The event in which a server took, or was sent, the snapshot that ends with this entry; `null` if its disk had it. */
export function compactedIn(
  facts: readonly FactRecord[],
  upTo: number,
  server: number,
  last: number,
): number | null {
  for (let i = Math.min(upTo, facts.length) - 1; i >= 0; i--) {
    const { fact, event } = facts[i] as FactRecord
    if (fact.kind !== 'SnapshotTaken' && fact.kind !== 'SnapshotInstalled') continue
    const index = fact.kind === 'SnapshotTaken' ? fact.last : fact.lastIncludedIndex
    if (fact.server === server && index === last) return event
  }
  return null
}
