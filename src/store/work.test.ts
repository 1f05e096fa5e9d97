import { expect, test } from 'vitest'
import type { Work } from './shelf.ts'
import { beginning } from './work.ts'

const work: Work = { id: 'a', name: 'Mine', servers: 5, savedAt: 1, link: '#w1.abc', file: '' }
const own: Work = { ...work, link: null }

test.for([
  ['#w1.abc', work, 'work', 'the link that the work was made from'],
  ['#w1.xyz', work, 'link', 'another link'],
  ['#w1.abc', own, 'link', 'a link, and work of one’s own'],
  ['#w1.abc', null, 'link', 'a link alone'],
  ['#lorem', null, 'link', 'a bad link, which says so'],
  ['', work, 'work', 'work alone'],
  ['#', work, 'work', 'an empty fragment'],
  ['#/elsewhere', null, 'fresh', 'a fragment that is no link'],
  ['', null, 'fresh', 'nothing'],
] as const)('%s: %#: %s', ([fragment, kept, kind]) => {
  expect(beginning(fragment, kept).kind).toBe(kind)
})

test('work is still there under a link', () => {
  expect(beginning('#w1.xyz', work)).toEqual({ kind: 'link', link: '#w1.xyz', work })
})

test('the link that the work came from can still be opened', () => {
  expect(beginning('#w1.abc', work)).toEqual({ kind: 'work', work, sameLink: '#w1.abc' })
  expect(beginning('', work)).toEqual({ kind: 'work', work, sameLink: null })
})
