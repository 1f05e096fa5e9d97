import { describe, expect, it } from 'vitest'
import { appendEntries, follower } from './test-kit.ts'

/** A follower with log `mine` gets from the leader of `theirs` the entries prev+1 … prev+count. */
function receive(mine: string, theirs: string, prev: number, count?: number) {
  const given = count === undefined ? {} : { count }
  return follower({ term: 7, log: mine }).receive(appendEntries({ term: 7, log: theirs, prev, ...given }))
}

describe('the consistency check (§5.3; Figure 2, AppendEntries 2)', () => {
  it.each([
    { mine: '', theirs: '1', prev: 0, ok: true, why: 'before the first entry all logs agree' },
    { mine: '11', theirs: '11', prev: 2, ok: true, why: 'the same entry there' },
    { mine: '11', theirs: '112', prev: 2, ok: true, why: 'the same entry there' },
    { mine: '1122', theirs: '113', prev: 2, ok: true, why: 'what follows there does not matter' },
    { mine: '', theirs: '1', prev: 1, ok: false, why: 'the log is too short' },
    { mine: '11', theirs: '112', prev: 3, ok: false, why: 'the log is too short' },
    { mine: '12', theirs: '11', prev: 2, ok: false, why: 'another term there, a later one' },
    { mine: '11', theirs: '12', prev: 2, ok: false, why: 'another term there, an earlier one' },
  ])('$mine, built on entry $prev of $theirs: $ok, $why', ({ mine, theirs, prev, ok }) => {
    const bench = receive(mine, theirs, prev)
    expect(bench.sent('AppendEntriesReply')).toMatchObject([{ success: ok, term: 7, prevLogIndex: prev }])
    if (!ok) expect(bench.log).toBe(mine)
  })

  it.each([
    { mine: '', prev: 3, conflict: { conflictTerm: null, conflictIndex: 1 } },
    { mine: '11', prev: 6, conflict: { conflictTerm: null, conflictIndex: 3 } },
    { mine: '112222', prev: 5, conflict: { conflictTerm: 2, conflictIndex: 3 } },
    { mine: '222222', prev: 6, conflict: { conflictTerm: 2, conflictIndex: 1 } },
    { mine: '1123', prev: 3, conflict: { conflictTerm: 2, conflictIndex: 3 } },
  ])('a refusal after $prev by $mine names the conflicting term and its first index (§5.3)', (row) => {
    const bench = receive(row.mine, '444444', row.prev)
    expect(bench.sent('AppendEntriesReply')).toMatchObject([{ success: false, conflict: row.conflict }])
  })
})

describe('taking entries (§5.3; Figure 2, AppendEntries 3 and 4)', () => {
  it.each([
    { mine: '', theirs: '11', prev: 0, log: '11', erased: null, why: 'the first entries' },
    { mine: '11', theirs: '1122', prev: 2, log: '1122', erased: null, why: 'new entries at the end' },
    { mine: '11', theirs: '1122', prev: 1, log: '1122', erased: null, why: 'known ones and new ones' },
    {
      mine: '1122',
      theirs: '113',
      prev: 2,
      log: '113',
      erased: [3, 4],
      why: 'a conflict and all after it go',
    },
    {
      mine: '1122',
      theirs: '1133',
      prev: 1,
      log: '1133',
      erased: [3, 4],
      why: 'known ones, then a conflict',
    },
    { mine: '222', theirs: '3', prev: 0, log: '3', erased: [1, 3], why: 'a conflict from the start' },
    { mine: '1123', theirs: '1122', prev: 3, log: '1122', erased: [4, 4], why: 'a conflict at the last one' },
  ])('$mine gets what follows $prev in $theirs: $why', ({ mine, theirs, prev, log, erased }) => {
    const bench = receive(mine, theirs, prev)
    expect(bench.log).toBe(log)
    expect(bench.told('EntriesErased').map(({ first, last }) => [first, last])).toEqual(
      erased ? [erased] : [],
    )
    expect(bench.sent('AppendEntriesReply')).toMatchObject([
      { success: true, lastVouchedIndex: theirs.length },
    ])
  })

  it('the new log is on disk before the acknowledgement leaves (§5.1)', () => {
    const { deeds } = receive('1122', '113', 2)
    const stored = deeds.findIndex((deed) => deed.kind === 'stored' && deed.log === '113')
    expect(stored).toBeGreaterThanOrEqual(0)
    expect(stored).toBeLessThan(deeds.findIndex((deed) => deed.kind === 'sent'))
  })

  it('the words say which entries went, and whose term won', () => {
    expect(receive('1122', '113', 2).told('EntriesErased')).toMatchObject([
      { first: 3, last: 4, mine: 2, theirs: 3, leader: 2 },
    ])
  })
})

describe('a late, overtaken or doubled AppendEntries never shortens a log that agrees (§5.3)', () => {
  it.each([
    { mine: '11223', theirs: '11223', prev: 0, count: 2, why: 'overtaken by later ones' },
    { mine: '11223', theirs: '11223', prev: 2, count: 1, why: 'overtaken by later ones' },
    { mine: '11223', theirs: '11223', prev: 0, count: 5, why: 'the whole log again' },
    { mine: '11223', theirs: '11223', prev: 4, count: 1, why: 'the last entry again' },
    { mine: '11223', theirs: '11223', prev: 2, count: 0, why: 'a heartbeat of before' },
    { mine: '11223', theirs: '11223', prev: 0, count: 0, why: 'a heartbeat at the very start' },
    { mine: '11223', theirs: '11', prev: 2, count: 0, why: 'a heartbeat of a leader with a shorter log' },
    { mine: '11223', theirs: '1', prev: 0, count: 1, why: 'a leader with a shorter log' },
  ])('$mine stays, given $count after $prev of $theirs: $why', ({ mine, theirs, prev, count }) => {
    const bench = receive(mine, theirs, prev, count)
    expect(bench.log).toBe(mine)
    expect(bench.deeds.some((deed) => deed.kind === 'stored')).toBe(false)
    expect(bench.sent('AppendEntriesReply')).toMatchObject([
      { success: true, lastVouchedIndex: prev + count },
    ])
  })
})

describe('the reply (Figure 2)', () => {
  it('names its request: number, term, prevLogIndex and what it vouched for', () => {
    const request = appendEntries({ from: 3, term: 7, log: '1122', prev: 1, count: 2, rpcId: 42 })
    const bench = follower({ term: 7, log: '1122' }).receive(request)
    const answer = { rpcId: 42, requestTerm: 7, prevLogIndex: 1, lastVouchedIndex: 3, conflict: null }
    expect(bench.sent('AppendEntriesReply')).toMatchObject([{ to: 3, leader: 3, success: true, ...answer }])
  })

  it('a follower learns from any AppendEntries of its term who leads, and tells clients (§8)', () => {
    expect(follower({ term: 7 }).receive(appendEntries({ from: 3, term: 7 })).server.leaderId).toBe(3)
  })
})
