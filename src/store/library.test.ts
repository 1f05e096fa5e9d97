import { expect, test } from 'vitest'
import { LIBRARY } from '../scenario/library.ts'
import { validate } from '../scenario/validate.ts'
import { libraryGroups, newCluster, seedFrom } from './library.ts'

test('every built-in scenario is in one group', () => {
  const grouped = libraryGroups.flatMap(({ entries }) => entries.map(({ id }) => id))
  expect(grouped.toSorted()).toEqual(LIBRARY.map(({ id }) => id).toSorted())
  for (const { entries } of libraryGroups) expect(entries.length).toBeGreaterThan(0)
})

test.for([1, 2, 3, 4, 5, 6, 7, 8, 9])('a new cluster of %d can be shared', (servers) => {
  const scenario = newCluster(servers, 0xffff_ffff)
  expect(validate(scenario)).toEqual({ ok: true, scenario })
})

test.for([
  ['0', 0],
  [' 42 ', 42],
  ['4294967295', 0xffff_ffff],
  ['4294967296', null],
  ['-1', null],
  ['1.5', null],
  ['0x10', null],
  ['', null],
] as const)('a seed typed as %j is %s', ([text, seed]) => {
  expect(seedFrom(text)).toBe(seed)
})
