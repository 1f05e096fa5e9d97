import { describe, expect, it } from 'vitest'
import { serverId } from '../base/ids.ts'
import {
  hasQuorum,
  isSameConfiguration,
  isVoter,
  majorityOf,
  NO_CONFIGURATION,
  quorumValue,
  votersOf,
} from './configuration.ts'
import { members } from './members-kit.ts'

const ids = (list: readonly number[]) => list.map(serverId)

it.each([
  [1, 1],
  [2, 2],
  [3, 2],
  [4, 3],
  [5, 3],
  [9, 5],
])('of %i servers, %i make a majority', (servers, majority) => {
  expect(majorityOf(ids(Array.from({ length: servers }, (_, i) => i + 1)))).toBe(majority)
})

describe('who decides (§6)', () => {
  it.each([
    { voters: [1, 2, 3], next: null, agree: [1, 2], quorum: true, why: 'a majority' },
    { voters: [1, 2, 3], next: null, agree: [1, 4, 5], quorum: false, why: 'those outside do not count' },
    { voters: [1, 2, 3, 4], next: null, agree: [1, 2], quorum: false, why: 'half is no majority' },
    {
      voters: [1, 2, 3],
      next: [1, 4, 5],
      agree: [1, 4, 5],
      quorum: false,
      why: 'a majority of the union only',
    },
    { voters: [1, 2, 3], next: [1, 4, 5], agree: [1, 2, 3], quorum: false, why: 'all the old ones, no more' },
    { voters: [1, 2, 3], next: [1, 4, 5], agree: [1, 2, 4], quorum: true, why: 'majorities of both' },
    {
      voters: [1, 2, 3],
      next: [4, 5, 6],
      agree: [1, 2, 4, 5],
      quorum: true,
      why: 'of two that share nobody',
    },
    { voters: [1, 2, 3], next: [4], agree: [1, 2, 3], quorum: false, why: 'without the only new one' },
    {
      voters: [1, 2, 3, 4],
      next: [1, 2],
      agree: [1, 2],
      quorum: false,
      why: 'all the new ones, half the old',
    },
    { voters: [], next: null, agree: [1, 2, 3], quorum: false, why: 'nobody is a member' },
  ])('of $voters and $next agree $agree: $quorum, $why', ({ voters, next, agree, quorum }) => {
    expect(hasQuorum(members(voters, next), (id) => agree.includes(id))).toBe(quorum)
  })

  it.each([
    { values: [5, 4, 3, 9, 9], voters: [1, 2, 3], next: null, value: 4 },
    { values: [5, 4, 3, 2, 9], voters: [1, 2, 3, 4], next: null, value: 3 },
    { values: [5, 4, 0, 9, 0], voters: [1, 2, 3], next: [1, 4, 5], value: 4 },
    { values: [9, 9, 0, 1, 0], voters: [1, 2, 3], next: [1, 4, 5], value: 1 },
    { values: [9, 0, 0, 9, 9], voters: [1, 2, 3], next: [1, 4, 5], value: 0 },
    { values: [9, 9, 9, 9, 9], voters: [], next: null, value: 0 },
  ])(
    '$values by server, of $voters and $next: a quorum has reached $value',
    ({ values, voters, next, value }) => {
      expect(quorumValue(members(voters, next), (id) => values[id - 1] ?? 0)).toBe(value)
    },
  )

  it('the two ways to count are one: a value is reached if a quorum has at least as much', () => {
    const sets = [[1], [1, 2], [1, 2, 3], [2, 3, 4], [1, 2, 3, 4], [3, 4]]
    const differences: unknown[] = []
    let compared = 0
    for (const voters of sets)
      for (const next of [null, ...sets])
        for (let code = 0; code < 81; code++) {
          const amountOf = (id: number) => Math.floor(code / 3 ** (id - 1)) % 3
          const configuration = members(voters, next)
          const reached = [2, 1, 0].find((value) => hasQuorum(configuration, (id) => amountOf(id) >= value))
          if (quorumValue(configuration, amountOf) !== reached) differences.push([voters, next, code])
          compared++
        }
    expect(differences).toEqual([])
    expect(compared).toBe(6 * 7 * 81)
  })
})

describe('who is a member', () => {
  it.each([
    { voters: [1, 2], next: null, all: [1, 2] },
    { voters: [2, 3], next: [1, 3, 5], all: [1, 2, 3, 5] },
    { voters: [10], next: [2], all: [2, 10] },
  ])('of $voters and $next: $all, by id', ({ voters, next, all }) => {
    const configuration = members(voters, next)
    expect(votersOf(configuration)).toEqual(all)
    for (let id = 1; id <= 10; id++) expect(isVoter(configuration, serverId(id))).toBe(all.includes(id))
  })

  it.each([
    { one: members([1, 2]), two: members([1, 2]), same: true },
    { one: members([1, 2]), two: members([1, 3]), same: false },
    { one: members([1, 2]), two: members([1, 2, 3]), same: false },
    { one: members([1, 2], [3]), two: members([1, 2], [3]), same: true },
    { one: members([1, 2], [3]), two: members([1, 2]), same: false },
    { one: members([1, 2], [3]), two: members([1, 2], [4]), same: false },
    { one: NO_CONFIGURATION, two: members([]), same: true },
  ])('$one and $two: the same $same', ({ one, two, same }) => {
    expect([isSameConfiguration(one, two), isSameConfiguration(two, one)]).toEqual([same, same])
  })
})
