import type { Scenario } from '../scenario/scenario.ts'
import type { Store } from './storage.ts'

/** A scenario that somebody changed here, as it is kept between visits. */
export interface Work {
  /** Stays the same from the first change to the last, in every tab. */
  readonly id: string
  readonly name: string
  readonly servers: number
  /** When it was last saved, in ms since 1970. */
  readonly savedAt: number
  /** The link that it came from. */
  readonly link: string | null
  /** The scenario as a file, with the moment and the speed it was left at. */
  readonly file: string
}

export const CURRENT = 'whitewater.current'
export const SHELF = 'whitewater.shelf'
export const MOST_ON_SHELF = 10

/** A file in one line, for storing: written at once, without the writer of pretty ones. */
export const compactFile = (scenario: Scenario): string => JSON.stringify({ whitewater: 1, ...scenario })

/** The work in progress; `null` if there is none that can be read. */
export const readCurrent = (store: Store): Work | null => {
  const found = parsed(store.get(CURRENT))
  return isWork(found) ? found : null
}

/** Earlier works, the latest first. */
export function readShelf(store: Store): Work[] {
  const found = parsed(store.get(SHELF))
  return Array.isArray(found) ? found.filter(isWork).slice(0, MOST_ON_SHELF) : []
}

/** Saves the work in progress. Another one found there, from another tab, goes to the shelf. False if it cannot last. */
export function saveCurrent(store: Store, work: Work): boolean {
  const before = readCurrent(store)
  if (before !== null && before.id !== work.id) shelve(store, before)
  takeOffShelf(store, work.id)
  return store.set(CURRENT, JSON.stringify(work))
}

/** Puts a work on top of the shelf; the oldest falls off when it is full. */
export function shelve(store: Store, work: Work): void {
  const others = readShelf(store).filter(({ id }) => id !== work.id)
  writeShelf(store, [work, ...others].slice(0, MOST_ON_SHELF))
  if (readCurrent(store)?.id === work.id) store.remove(CURRENT)
}

export function takeOffShelf(store: Store, id: string): void {
  const works = readShelf(store)
  const left = works.filter((work) => work.id !== id)
  if (left.length < works.length) writeShelf(store, left)
}

/** Where there is no room for all, the oldest give way. */
function writeShelf(store: Store, works: readonly Work[]): void {
  for (let count = works.length; count > 1; count--) {
    if (store.set(SHELF, JSON.stringify(works.slice(0, count)))) return
  }
  store.set(SHELF, JSON.stringify(works))
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return null
  }
}

function isWork(value: unknown): value is Work {
  if (typeof value !== 'object' || value === null) return false
  const { id, name, servers, savedAt, link, file } = value as Record<string, unknown>
  return (
    [id, name, file].every((part) => typeof part === 'string') &&
    [servers, savedAt].every((part) => typeof part === 'number') &&
    (link === null || typeof link === 'string')
  )
}
