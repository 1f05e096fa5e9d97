import { MOST_SERVERS } from '../base/ids.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { LONGEST_NAME } from '../scenario/scenario.ts'
import { CURRENT } from './opens-fresh.ts'
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
export const readShelf = (store: Store): Work[] => allOn(store).filter(isWork).slice(0, MOST_ON_SHELF)

/** Saves the work in progress. Another one found there, from another tab, goes to the shelf. False if it cannot last. */
export function saveCurrent(store: Store, work: Work): boolean {
  const before = parsed(store.get(CURRENT))
  if (isWork(before) && before.id !== work.id) shelve(store, before)
  else if (isStrange(before)) writeShelf(store, readShelf(store), [before, ...strangeOn(store)])
  takeOffShelf(store, work.id)
  return store.set(CURRENT, JSON.stringify(work))
}

/** Puts a work on top of the shelf; the oldest falls off when it is full. */
export function shelve(store: Store, work: Work): void {
  const others = readShelf(store).filter(({ id }) => id !== work.id)
  writeShelf(store, [work, ...others].slice(0, MOST_ON_SHELF), strangeOn(store))
  if (readCurrent(store)?.id === work.id) store.remove(CURRENT)
}

export function takeOffShelf(store: Store, id: string): void {
  const works = readShelf(store)
  const left = works.filter((work) => work.id !== id)
  if (left.length < works.length) writeShelf(store, left, strangeOn(store))
}

/**
 * How a work stands to what is kept of it, which another tab may have changed since this one last kept or opened it, as
 * `base`: `ahead` of it; `behind` it, with nothing new of its own; or `apart` from it, both changed.
 */
export function standingOf(store: Store, work: Work, base: Work | null): 'ahead' | 'behind' | 'apart' {
  const kept = [readCurrent(store), ...readShelf(store)].find((one) => one?.id === work.id) ?? null
  if (kept === null || base === null || kept.savedAt === base.savedAt) return 'ahead'
  const [theirs, before, ours] = [kept, base, work].map(contentOf)
  if (theirs === before || theirs === ours) return 'ahead'
  return ours === before ? 'behind' : 'apart'
}

/** What makes a work another one: all but where it is looked at. */
function contentOf({ file }: Work): string {
  const { view: _, ...content } = (parsed(file) ?? { file }) as Record<string, unknown>
  return JSON.stringify(content, (_, value: unknown) => (isPlain(value) ? inOrder(value) : value))
}

const inOrder = (value: object): object =>
  Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))

/** Where there is no room for all, the strange things give way first, and then the oldest works. */
function writeShelf(store: Store, works: readonly Work[], strange: readonly unknown[]): void {
  const all = [...works, ...strange.slice(0, MOST_ON_SHELF)]
  if (all.length > works.length && store.set(SHELF, JSON.stringify(all))) return
  for (let count = works.length; count > 1; count--) {
    if (store.set(SHELF, JSON.stringify(works.slice(0, count)))) return
  }
  store.set(SHELF, JSON.stringify(works))
}

function allOn(store: Store): readonly unknown[] {
  const found = parsed(store.get(SHELF))
  return Array.isArray(found) ? found : [found]
}

/** What cannot be read here may be of another version of the program: it is passed over, and left where it is. */
const isStrange = (value: unknown): boolean => isPlain(value) && !isWork(value)

const strangeOn = (store: Store): readonly unknown[] => allOn(store).filter(isStrange)

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return null
  }
}

const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const LATEST_DATE = 8.64e15

function isWork(value: unknown): value is Work {
  if (!isPlain(value)) return false
  const { id, name, servers, savedAt, link, file } = value as Record<string, unknown>
  return (
    [id, name, file].every((part) => typeof part === 'string') &&
    (name as string).length <= LONGEST_NAME &&
    isWholeFrom(1, MOST_SERVERS, servers) &&
    isWholeFrom(0, LATEST_DATE, savedAt) &&
    (link === null || typeof link === 'string')
  )
}

const isWholeFrom = (least: number, most: number, value: unknown): boolean =>
  typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
