import { fresh } from '../scenario/fresh.ts'
import { CHAPTERS } from '../scenario/library/entry.ts'
import { LIBRARY, type LibraryEntry } from '../scenario/library.ts'
import type { Scenario } from '../scenario/scenario.ts'

interface LibraryGroup {
  readonly name: string
  readonly entries: readonly LibraryEntry[]
}

/** The built-in scenarios, by what they are about. */
export const libraryGroups: readonly LibraryGroup[] = CHAPTERS.map((name) => ({
  name,
  entries: LIBRARY.filter(({ chapter }) => chapter === name),
}))

/** A cluster with the usual settings and nothing in its script. */
export function newCluster(servers: number, seed: number): Scenario {
  return { ...fresh, name: servers === 1 ? 'A single server' : `A cluster of ${servers}`, servers, seed }
}

/** What somebody typed as a seed; `null` if it is none. */
export function seedFrom(text: string): number | null {
  const plain = text.trim()
  return /^\d+$/.test(plain) && Number(plain) <= 0xffff_ffff ? Number(plain) : null
}
