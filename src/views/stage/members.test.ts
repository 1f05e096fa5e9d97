import { describe, expect, test } from 'vitest'
import { logIndex, type Micros, serverId, term } from '../../base/ids.ts'
import type { Role } from '../../raft/server.ts'
import type { ServerFrame } from '../../worker/protocol.ts'
import { cellText, majorityText, setText, spokesman, standingOf } from './members.ts'
import { office } from './test-kit.ts'

type Part = Pick<
  ServerFrame,
  'id' | 'state' | 'role' | 'currentTerm' | 'lastIndex' | 'lastTerm' | 'members' | 'office'
>

const ids = (...numbers: number[]) => numbers.map(serverId)
const members = (index: number, voters: number[], next: number[] | null = null) => ({
  index: logIndex(index),
  voters: ids(...voters),
  next: next === null ? null : ids(...next),
  committed: true,
})
const server = (
  id: number,
  role: Role,
  in_: number,
  its: Part['members'],
  more: Partial<Part> = {},
): Part => ({
  id: serverId(id),
  state: 'up',
  role,
  currentTerm: term(in_),
  lastIndex: logIndex(1),
  lastTerm: term(1),
  members: its,
  office: role === 'leader' ? office : null,
  ...more,
})

const first = members(0, [1, 2, 3])
const joint = members(4, [1, 2, 3], [2, 3, 4])

describe('whose view of the members is shown (§6)', () => {
  test('the latest leader’s', () => {
    const servers = [
      server(1, 'leader', 1, first),
      server(2, 'leader', 3, joint),
      server(3, 'follower', 3, first),
    ]
    expect(spokesman(servers)?.id).toBe(2)
  })

  test('without a leader, that of the most up-to-date log; nobody’s who was told nothing', () => {
    const servers = [
      server(1, 'follower', 2, first, { lastIndex: logIndex(9) }),
      server(2, 'candidate', 2, joint, { lastTerm: term(2) }),
      server(3, 'leader', 2, first, { state: 'down' }),
      server(4, 'follower', 2, members(0, []), { lastTerm: term(5) }),
    ]
    expect(spokesman(servers)?.id).toBe(2)
  })
})

describe('what a server is to the cluster', () => {
  const change = {
    target: ids(1, 2, 3, 5),
    learners: ids(5),
    round: 2,
    upTo: logIndex(7),
    due: 0 as Micros,
  }
  const known = (judge: Part) => [
    judge,
    ...[1, 2, 3, 4, 5]
      .filter((id) => id !== judge.id)
      .map((id) => server(id, 'follower', 1, id <= 3 ? first : members(0, []))),
  ]
  const standings = (servers: readonly Part[]) =>
    [...servers]
      .sort((a, b) => a.id - b.id)
      .map((one) => Object.values(standingOf(servers, one)).filter(Boolean).join(' to '))

  test.for<[string, Part, readonly string[]]>([
    ['as set up', server(1, 'leader', 1, first), ['voter', 'voter', 'voter', 'outside', 'outside']],
    ['in joint consensus', server(1, 'leader', 1, joint), ['old', 'both', 'both', 'new', 'outside']],
    [
      'while one learns',
      server(1, 'leader', 1, first, { office: { ...office, change } }),
      ['voter', 'voter', 'voter', 'outside', 'learner'],
    ],
  ])('%s', ([, judge, expected]) => {
    expect(standings(known(judge))).toEqual(expected)
  })

  test('it counts itself until its removal is committed', () => {
    const removing = { ...members(4, [1, 2]), committed: false }
    expect(standings(known(server(1, 'leader', 1, removing)))[2]).toBe('voter to itself')
    expect(standings(known(server(1, 'leader', 1, { ...removing, committed: true })))[2]).toBe('outside')
  })

  test('without a leader the most up-to-date log decides, and nobody is out who counts itself by a later entry', () => {
    const ahead = server(1, 'follower', 1, members(4, [1, 2]), { lastIndex: logIndex(9) })
    const later = server(3, 'follower', 1, members(5, [1, 2, 3]))
    expect(standings([ahead, server(2, 'follower', 1, first), later])).toEqual([
      'voter',
      'voter',
      'voter to itself',
    ])
  })

  test('two leaders with other members: who counts is told of each (Figure 10)', () => {
    const [jumped, old] = [members(3, [1, 4, 5]), first]
    const all = (second: Role) => [
      server(1, 'leader', 1, jumped),
      server(2, 'follower', 2, old),
      server(3, second, 2, old),
      server(4, 'follower', 1, jumped),
      server(5, 'follower', 1, jumped),
    ]
    expect(standings(all('candidate'))).toEqual(['voter', 'outside', 'outside', 'voter', 'voter'])
    expect(standings(all('leader'))).toEqual([
      'voter',
      'voter to S3',
      'voter to itself',
      'voter to S1',
      'voter to S1',
    ])
  })

  test('another entry of the same index has not removed anybody (2015)', () => {
    const [added, removed] = [{ ...members(2, [1, 2, 3, 4, 5]), committed: false }, members(2, [2, 3, 4])]
    const servers = [
      server(1, 'candidate', 2, added),
      server(2, 'leader', 2, removed),
      server(3, 'follower', 2, removed),
      server(4, 'follower', 2, members(0, [1, 2, 3, 4])),
      server(5, 'follower', 2, added),
    ]
    expect(standings(servers)).toEqual(['voter to itself', 'voter', 'voter', 'voter', 'voter to itself'])
  })
})

describe('the majority that decides', () => {
  const three = (its: Part['members']) =>
    [1, 2, 3].map((id) => server(id, id === 1 ? 'leader' : 'follower', 1, its))

  test('is not told of a cluster that is as it was set up', () => {
    expect(majorityText(three(first))).toBe('')
  })

  test('is told when somebody stands outside, and after every change', () => {
    expect(majorityText([...three(first), server(4, 'follower', 0, members(0, []))])).toBe('2 of S1–S3')
    expect(majorityText(three(members(5, [1, 2, 3])))).toBe('2 of S1–S3')
  })

  test('in joint consensus is one of each set, never of the union', () => {
    expect(majorityText(three(joint))).toBe('2 of S1–S3 and 2 of S2–S4')
  })

  test('of two leaders with other sets is told of each', () => {
    const servers = [server(1, 'leader', 1, first), server(4, 'leader', 2, members(3, [1, 2, 3, 4, 5]))]
    expect(majorityText(servers)).toBe('S4: 3 of S1–S5, S1: 2 of S1–S3')
  })
})

test.for<[number[], string]>([
  [[1, 2, 3], 'S1–S3'],
  [[1, 2, 4, 5, 6, 9], 'S1, S2, S4–S6, S9'],
  [[7], 'S7'],
])('a set in words: %j', ([set, text]) => {
  expect(setText(set)).toBe(text)
})

test('a configuration in a cell of a log', () => {
  expect(cellText(members(3, [1, 2, 3, 5]))).toBe('S1–3,5')
  expect(cellText(members(3, [1, 2, 3], [1, 2]))).toBe('1–3+1,2')
})
