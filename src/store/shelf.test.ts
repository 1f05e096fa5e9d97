import { describe, expect, test } from 'vitest'
import { fromFile } from '../scenario/file.ts'
import { fresh } from '../scenario/fresh.ts'
import { CURRENT } from './opens-fresh.ts'
import {
  compactFile,
  MOST_ON_SHELF,
  readCurrent,
  readShelf,
  SHELF,
  saveCurrent,
  shelve,
  takeOffShelf,
  type Work,
} from './shelf.ts'
import { lastingStore } from './storage.ts'

/** A browser's storage, with room for so many characters in one value. */
function storage(room = Infinity) {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    removeItem: (key: string) => void kept.delete(key),
    setItem(key: string, value: string) {
      if (value.length > room) throw new DOMException('full', 'QuotaExceededError')
      kept.set(key, value)
    },
  }
}

const work = (id: string, file = 'a file'): Work => ({
  id,
  name: id,
  servers: 5,
  savedAt: 1,
  link: null,
  file,
})

const names = (works: readonly Work[]) => works.map(({ id }) => id).join(' ')

describe('the work in progress', () => {
  test('is what was saved last', () => {
    const store = lastingStore(() => storage())
    const real = lastingStore(
      (
        (one) => () =>
          one
      )(storage()),
    )
    expect(readCurrent(store)).toBe(null)
    saveCurrent(real, work('a', 'first'))
    saveCurrent(real, work('a', 'second'))
    expect(readCurrent(real)).toEqual(work('a', 'second'))
    expect(readShelf(real)).toEqual([])
  })

  test('of another tab goes to the shelf, and comes off it when that tab saves again', () => {
    const disk = storage()
    const store = lastingStore(() => disk)
    saveCurrent(store, work('a'))
    saveCurrent(store, work('b'))
    expect([readCurrent(store)?.id, names(readShelf(store))]).toEqual(['b', 'a'])
    saveCurrent(store, work('a', 'newer'))
    expect([readCurrent(store)?.file, names(readShelf(store))]).toEqual(['newer', 'b'])
  })

  test('is put on the shelf only once, and is no longer in progress', () => {
    const disk = storage()
    const store = lastingStore(() => disk)
    saveCurrent(store, work('a'))
    shelve(store, work('a', 'newer'))
    expect([readCurrent(store), readShelf(store)]).toEqual([null, [work('a', 'newer')]])
  })
})

describe('the shelf', () => {
  test('has the latest first, and loses the oldest when it is full', () => {
    const disk = storage()
    const store = lastingStore(() => disk)
    for (let i = 0; i <= MOST_ON_SHELF; i++) shelve(store, work(`${i}`))
    expect(names(readShelf(store))).toBe('10 9 8 7 6 5 4 3 2 1')
    shelve(store, work('3'))
    takeOffShelf(store, '9')
    expect(names(readShelf(store))).toBe('3 10 8 7 6 5 4 2 1')
  })

  test('keeps what there is room for, the latest', () => {
    const disk = storage(500)
    const store = lastingStore(() => disk)
    for (const id of ['a', 'b', 'c']) shelve(store, work(id, 'x'.repeat(120)))
    expect(names(readShelf(store))).toBe('c b')
    expect(disk.kept.get(SHELF)?.length).toBeLessThanOrEqual(500)
  })

  test('holds all it was given where the browser keeps nothing', () => {
    const store = lastingStore(() => {
      throw new DOMException('no', 'SecurityError')
    })
    expect(saveCurrent(store, work('now'))).toBe(false)
    for (const id of ['a', 'b', 'c']) shelve(store, work(id))
    expect([readCurrent(store)?.id, names(readShelf(store))]).toEqual(['now', 'c b a'])
  })
})

describe('what cannot be read is passed over', () => {
  test.for(['', '{', '[', 'null', '3', '[]', '{"id":"a"}', '{"id":1,"name":"a"}'])('%j', (text) => {
    const disk = storage()
    disk.kept.set(CURRENT, text)
    disk.kept.set(SHELF, text)
    const store = lastingStore(() => disk)
    expect([readCurrent(store), readShelf(store)]).toEqual([null, []])
    expect(saveCurrent(store, work('a'))).toBe(true)
    expect(readCurrent(store)).toEqual(work('a'))
  })

  test('one bad work among good ones, which stays where it is', () => {
    const disk = storage()
    disk.kept.set(SHELF, JSON.stringify([work('a'), { id: 'b' }, work('c')]))
    const store = lastingStore(() => disk)
    expect(names(readShelf(store))).toBe('a c')
    shelve(store, work('d'))
    takeOffShelf(store, 'a')
    expect(names(readShelf(store))).toBe('d c')
    expect(JSON.parse(disk.kept.get(SHELF) ?? '')).toContainEqual({ id: 'b' })
  })

  test.for([
    ['a time that no date has', { savedAt: 1e300 }],
    ['a time before time', { savedAt: -1 }],
    ['no time', { savedAt: null }],
    ['a time in words', { savedAt: 'yesterday' }],
    ['no servers', { servers: 0 }],
    ['half a server', { servers: 2.5 }],
    ['a billion servers', { servers: 1e9 }],
    ['a name of 100 kB', { name: 'x'.repeat(100_000) }],
    ['a number for a link', { link: 7 }],
    ['a file that is no text', { file: { whitewater: 1 } }],
    ['an id that is no text', { id: ['a'] }],
  ] as const)('a work with %s', ([, change]) => {
    const disk = storage()
    const bad = { ...work('b'), ...change }
    disk.kept.set(SHELF, JSON.stringify([bad, work('a')]))
    disk.kept.set(CURRENT, JSON.stringify(bad))
    const store = lastingStore(() => disk)
    expect([names(readShelf(store)), readCurrent(store)]).toEqual(['a', null])
    for (const { savedAt } of readShelf(store)) expect(new Date(savedAt).toString()).not.toMatch(/Invalid/)
  })

  test('and gives way to works where there is no room for both', () => {
    const disk = storage(500)
    disk.kept.set(SHELF, JSON.stringify([work('a'), { strange: 'x'.repeat(300) }]))
    const store = lastingStore(() => disk)
    shelve(store, work('b', 'x'.repeat(120)))
    expect(names(readShelf(store))).toBe('b a')
    expect(disk.kept.get(SHELF)).not.toContain('strange')
  })
})

test('a work is a file like any other', () => {
  expect(fromFile(compactFile(fresh))).toEqual({ ok: true, scenario: fresh })
})
