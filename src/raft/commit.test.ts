import { describe, expect, it } from 'vitest'
import { logIndex } from '../base/ids.ts'
import type { AppendEntries } from './messages.ts'
import { appendEntries, appendReply, type Bench, clientRequest, follower, leader } from './test-kit.ts'

/** `from` acknowledges everything up to `index`. */
function acknowledge(bench: Bench, from: number, index: number): Bench {
  const { server } = bench
  const request: AppendEntries = appendEntries({ from: 1, to: from, term: server.currentTerm, rpcId: 1e6 })
  return bench.receive(appendReply({ ...request, prevLogIndex: logIndex(index) }))
}

describe('the leader commits what a majority stores (§5.3; Figure 2, Leaders)', () => {
  it.each([
    { servers: 2, others: 1 },
    { servers: 3, others: 1 },
    { servers: 4, others: 2 },
    { servers: 5, others: 2 },
    { servers: 7, others: 3 },
    { servers: 9, others: 4 },
  ])('of $servers servers, itself and $others others, no fewer', ({ servers, others }) => {
    const bench = leader({ term: 4, servers }).receive(clientRequest())
    for (let from = 2; from < 2 + others; from++) {
      expect(bench.server.commitIndex).toBe(0)
      acknowledge(bench, from, 1)
    }
    expect(bench.server.commitIndex).toBe(1)
  })

  it('one follower’s acknowledgements count once', () => {
    const bench = leader({ term: 4, servers: 5 }).receive(clientRequest())
    acknowledge(acknowledge(acknowledge(bench, 2, 1), 2, 1), 2, 1)
    expect(bench.server.commitIndex).toBe(0)
  })

  it('the highest index on a majority, whoever stores it', () => {
    const bench = leader({ term: 4, servers: 5 })
    bench.receive(...[1, 2, 3, 4].map((serial) => clientRequest(serial)))
    acknowledge(acknowledge(acknowledge(bench, 2, 1), 3, 4), 4, 2)
    expect(bench.server.commitIndex).toBe(2)
    expect(bench.told('Committed')).toMatchObject([
      { first: 1, last: 1, storedOn: [1, 2, 3] },
      { first: 2, last: 2, storedOn: [1, 3, 4] },
    ])
  })

  it('acknowledgements that come in the wrong order never take a commit back', () => {
    const bench = leader({ term: 4 }).receive(clientRequest(1), clientRequest(2))
    acknowledge(acknowledge(bench, 2, 2), 2, 1)
    expect(bench.server.commitIndex).toBe(2)
  })
})

describe('an entry of an earlier term is never committed by counting (§5.4.2)', () => {
  it('though every server stores it', () => {
    const bench = leader({ term: 4, log: '12', servers: 3 })
    acknowledge(acknowledge(bench, 2, 2), 3, 2)
    expect(bench.server.commitIndex).toBe(0)
    expect(bench.told('CommitHeld')).toMatchObject([{ index: 2, entryTerm: 2, term: 4, rule: '§5.4.2' }])
  })

  it('it is committed along with the first entry of the leader’s own term', () => {
    const bench = leader({ term: 4, log: '12', servers: 3 }).receive(clientRequest())
    acknowledge(bench, 2, 3)
    expect(bench.server.commitIndex).toBe(3)
    expect(bench.told('Committed')).toMatchObject([{ first: 1, last: 3, earlier: 2 }])
  })

  it('Figure 8 (c): S1 leads term 4, entry 2 of term 2 is on S1, S2 and S3, and still not committed', () => {
    const bench = leader({ term: 4, log: '12', servers: 5 }).receive(clientRequest())
    acknowledge(acknowledge(bench, 2, 2), 3, 2)
    expect(bench.log).toBe('124')
    expect(bench.server.commitIndex).toBe(0)
  })

  it('Figure 8 (d): S5, with entry 2 of term 3, may then overwrite it', () => {
    const two = follower({ id: 2, term: 4, log: '12' })
    two.receive(appendEntries({ from: 5, to: 2, term: 5, log: '13', prev: 1 }))
    expect(two.log).toBe('13')
    expect(two.told('EntriesErased')).toMatchObject([{ first: 2, last: 2, mine: 2, theirs: 3 }])
  })

  it('Figure 8 (e): once entry 3 of term 4 is on a majority, all before it is committed', () => {
    const bench = leader({ term: 4, log: '12', servers: 5 }).receive(clientRequest())
    acknowledge(acknowledge(bench, 2, 3), 3, 3)
    expect(bench.server.commitIndex).toBe(3)
  })
})

describe('a follower takes min(leaderCommit, the last entry vouched for) (Figure 2, AppendEntries 5)', () => {
  it.each([
    { mine: '1122', prev: 4, count: 0, leaderCommit: 3, commit: 3, why: 'the leader’s, where that is less' },
    { mine: '1122', prev: 4, count: 0, leaderCommit: 9, commit: 4, why: 'as far as the heartbeat vouches' },
    { mine: '1122', prev: 2, count: 1, leaderCommit: 9, commit: 3, why: 'not its own log’s end' },
    { mine: '1122', prev: 2, count: 0, leaderCommit: 9, commit: 2, why: 'not its own log’s end' },
    { mine: '11', prev: 2, count: 2, leaderCommit: 4, commit: 4, why: 'new entries at once' },
    { mine: '1122', prev: 0, count: 0, leaderCommit: 9, commit: 0, why: 'nothing vouched, nothing learned' },
  ])('$mine, $count after $prev, leaderCommit $leaderCommit: $commit, $why', (row) => {
    const bench = follower({ term: 7, log: row.mine })
    bench.receive(appendEntries({ term: 7, log: '112255', ...row }))
    expect(bench.server).toMatchObject({ commitIndex: row.commit, lastApplied: row.commit })
  })

  it('nothing from a request it refuses', () => {
    const bench = follower({ term: 7, log: '1133' })
    bench.receive(appendEntries({ term: 7, log: '1122', prev: 4, leaderCommit: 4 }))
    bench.receive(appendEntries({ term: 6, log: '1133', prev: 4, leaderCommit: 4 }))
    expect(bench.server.commitIndex).toBe(0)
  })

  it('a late request with a smaller leaderCommit takes nothing back', () => {
    const bench = follower({ term: 7, log: '1122' })
    for (const leaderCommit of [3, 1]) {
      bench.receive(appendEntries({ term: 7, log: '1122', prev: 4, leaderCommit }))
    }
    expect(bench.server.commitIndex).toBe(3)
  })
})

describe('what is committed is applied, in order, once (§5.3; Figure 2, All Servers)', () => {
  it('by a follower, as it learns of it', () => {
    const bench = follower({ term: 7, log: '1122' })
    for (const leaderCommit of [1, 3, 3, 4]) {
      bench.receive(appendEntries({ term: 7, log: '1122', prev: 4, leaderCommit }))
    }
    expect(bench.told('Applied').map(({ first, last }) => [first, last])).toEqual([
      [1, 1],
      [2, 3],
      [4, 4],
    ])
    expect(bench.server.store.get('x')).toBe('2.4')
  })

  it('never before it is committed', () => {
    const bench = leader({ term: 4 }).receive(clientRequest())
    expect(bench.server.lastApplied).toBe(0)
    expect(bench.server.store.size).toBe(0)
    expect(bench.log).toBe('4')
  })
})
