import { fresh } from '../scenario/fresh.ts'
import { LIBRARY, type LibraryEntry } from '../scenario/library.ts'
import type { Scenario } from '../scenario/scenario.ts'

interface LibraryGroup {
  readonly name: string
  readonly entries: readonly LibraryEntry[]
}

const GROUPS: readonly { readonly name: string; readonly ids: readonly string[] }[] = [
  { name: 'Leader election', ids: ['fresh', 'first-election', 'split-vote', 'leader-crash'] },
  { name: 'Log replication', ids: ['minority-leader', 'figure-7', 'figure-8', 'figure-8-overwritten'] },
]

/** The built-in scenarios, by what they are about. */
export const libraryGroups: readonly LibraryGroup[] = [
  ...GROUPS.map(({ name, ids }) => ({ name, entries: LIBRARY.filter(({ id }) => ids.includes(id)) })),
  {
    name: 'Unreliable networks',
    entries: LIBRARY.filter(({ id }) => !GROUPS.some(({ ids }) => ids.includes(id))),
  },
]

/** A cluster with the usual settings and nothing in its script. */
export function newCluster(servers: number, seed: number): Scenario {
  return { ...fresh, name: servers === 1 ? 'A single server' : `A cluster of ${servers}`, servers, seed }
}

/** What somebody typed as a seed; `null` if it is none. */
export function seedFrom(text: string): number | null {
  const plain = text.trim()
  return /^\d+$/.test(plain) && Number(plain) <= 0xffff_ffff ? Number(plain) : null
}
