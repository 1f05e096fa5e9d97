import { afterEach, expect, test, vi } from 'vitest'
import { CURRENT, opensFresh } from './opens-fresh.ts'

afterEach(() => vi.unstubAllGlobals())

test.for([
  ['', null, true, 'nothing'],
  ['#', null, true, 'an empty fragment'],
  ['#/elsewhere', null, true, 'a fragment that is no link'],
  ['#w1.abc', null, false, 'a link'],
  ['', '{}', false, 'work that was left here'],
] as const)('%s: %s: opens fresh: %s: %s', ([hash, work, fresh]) => {
  vi.stubGlobal('location', { hash })
  vi.stubGlobal('localStorage', { getItem: (key: string) => (key === CURRENT ? work : 'something else') })
  expect(opensFresh()).toBe(fresh)
})

test('a browser that lets nothing be kept opens links all the same', () => {
  vi.stubGlobal('localStorage', {
    getItem: () => {
      throw new Error('forbidden')
    },
  })
  vi.stubGlobal('location', { hash: '' })
  expect(opensFresh()).toBe(true)
  vi.stubGlobal('location', { hash: '#w1.abc' })
  expect(opensFresh()).toBe(false)
})
