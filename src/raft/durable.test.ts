import { describe, expect, it } from 'vitest'
import { logIndex, term } from '../base/ids.ts'
import { acknowledge } from './members-kit.ts'
import {
  appendEntries,
  type Bench,
  clientRequest,
  follower,
  leader,
  type Start,
  voteReply,
} from './test-kit.ts'

/** A leader whose disk takes until the test says so, with one entry that it has sent out. */
function slow(start: Start = {}): Bench {
  const bench = leader({ term: 4, ...start })
  bench.slowDisk = true
  return bench.receive(clientRequest())
}

function written(bench: Bench, upTo: number, logVersion = bench.server.logVersion): Bench {
  return bench.step({ kind: 'Written', term: bench.server.currentTerm, upTo: logIndex(upTo), logVersion })
}

describe('an entry counts for the leader itself once it is on its own disk (D 10.2.1)', () => {
  it.each([
    { servers: 1, acks: [], own: true, why: 'alone, its disk decides' },
    { servers: 2, acks: [2], own: true, why: 'of two, both' },
    { servers: 3, acks: [2], own: true, why: 'of three, its disk and one more' },
    { servers: 3, acks: [2, 3], own: false, why: 'of three, the two others' },
    { servers: 4, acks: [2, 3], own: true, why: 'of four, its disk and two more' },
    { servers: 5, acks: [2, 3, 4], own: false, why: 'of five, three others' },
  ])('$servers servers: $why', ({ servers, acks, own }) => {
    const bench = slow({ servers })
    for (const id of acks) {
      expect(bench.server.commitIndex).toBe(0)
      acknowledge(bench, id)
    }
    expect(bench.server.commitIndex).toBe(own ? 0 : 1)
    written(bench, 1)
    expect(bench.server.commitIndex).toBe(1)
    const holders = own ? [1, ...acks] : acks
    expect(bench.told('Committed')).toMatchObject([{ storedOn: holders }])
    expect(bench.sent('ClientReply')).toHaveLength(1)
  })

  it('as far as it was written, and no further', () => {
    const bench = slow({ servers: 1 }).receive(clientRequest(2), clientRequest(3))
    expect(written(bench, 2).server.commitIndex).toBe(2)
    expect(written(bench, 3).server.commitIndex).toBe(3)
    expect(bench.told('WriteDone')).toMatchObject([{ upTo: 2 }, { upTo: 3 }])
  })

  it('an entry of an earlier term that is written commits nothing (§5.4.2)', () => {
    const bench = leader({ term: 4, log: '12', servers: 2 })
    acknowledge(bench, 2, 2)
    bench.server.durableIndex = logIndex(1)
    expect(written(bench, 2).server.commitIndex).toBe(0)
  })

  it('writes that are done in another order take nothing back', () => {
    const bench = slow({ servers: 1 }).receive(clientRequest(2))
    written(written(bench, 2), 1)
    expect(bench.server).toMatchObject({ durableIndex: 2, commitIndex: 2 })
  })

  it('the no-op of a new leader, too (§8)', () => {
    const bench = follower({ servers: 1, settings: { noOp: true } })
    bench.slowDisk = true
    bench.step({ kind: 'ElectionTimeout' })
    expect(bench.server).toMatchObject({ role: 'candidate', commitIndex: 0 })
    expect(written(bench, 0).server).toMatchObject({ role: 'leader', commitIndex: 0 })
    expect(written(bench, 1).server.commitIndex).toBe(1)
  })
})

describe('a write vouches for the entries that were written (D 10.2.1)', () => {
  /** A follower with entries 1 to 4, of which all but two go and are replaced, while nothing new is written. */
  function overwritten(): Bench {
    const bench = follower({ term: 4, log: '1122' })
    bench.slowDisk = true
    return bench.receive(appendEntries({ from: 3, term: 4, log: '1133', prev: 2 }))
  }

  it('erased entries are on no disk any more', () => {
    expect(overwritten().server.durableIndex).toBe(2)
  })

  it('one that began before they were erased says nothing about those in their place', () => {
    const bench = overwritten()
    written(bench, 4, bench.server.logVersion - 1)
    expect(bench.server.durableIndex).toBe(2)
    expect(bench.told('WriteDone')).toEqual([])
    expect(written(bench, 4).server.durableIndex).toBe(4)
  })

  it('and does not make them count for this server when it leads', () => {
    const bench = overwritten()
    const { logVersion } = bench.server
    bench
      .step({ kind: 'ElectionTimeout' })
      .step({ kind: 'Written', term: bench.server.currentTerm, upTo: logIndex(2), logVersion })
      .receive(voteReply({ from: 2, term: 5 }))
      .receive(clientRequest())
    acknowledge(bench, 2)
    expect(written(bench, 4, logVersion - 1).server.commitIndex).toBe(0)
    expect(written(bench, 4, logVersion).server.commitIndex).toBe(0)
    expect(written(bench, 5, logVersion).server.commitIndex).toBe(5)
  })

  it('entries that are appended leave what was written as it is', () => {
    const bench = follower({ term: 4, log: '11' })
    bench.slowDisk = true
    const { logVersion } = bench.server
    bench.receive(appendEntries({ term: 4, log: '1122', prev: 2 }))
    expect(bench.server).toMatchObject({ durableIndex: 2, logVersion })
  })

  it('a follower commits nothing by it', () => {
    const bench = written(overwritten(), 4)
    expect(bench.server).toMatchObject({ durableIndex: 4, commitIndex: 0 })
  })
})

it('a leader that was deposed commits nothing by a write, whatever its followers had (§5.4.2)', () => {
  const bench = leader({ term: 4, log: '12' })
  acknowledge(bench, 2, 2) // of an earlier term, so it commits nothing
  bench.slowDisk = true
  bench.receive(appendEntries({ from: 3, term: 5, log: '15', prev: 1 }))
  expect(written(bench, 2).server).toMatchObject({ durableIndex: 2, commitIndex: 0 })
})

describe('a candidate’s own vote counts once it is on its disk (Figure 2)', () => {
  function standing(): Bench {
    const bench = follower({ term: 1 })
    bench.slowDisk = true
    return bench.step({ kind: 'ElectionTimeout' })
  }
  const writtenOf = (bench: Bench, of: number): Bench =>
    bench.step({ kind: 'Written', term: term(of), upTo: logIndex(0), logVersion: bench.server.logVersion })

  it('one more vote is no majority before that', () => {
    const bench = standing().receive(voteReply({ from: 2, term: 2 }))
    expect(bench.server.role).toBe('candidate')
    expect(writtenOf(bench, 2).server.role).toBe('leader')
    expect(bench.told('OwnVoteWritten')).toMatchObject([{ term: 2, votes: 2, needed: 2 }])
  })

  it('the vote of an earlier election is not the vote of this one', () => {
    const bench = standing()
      .step({ kind: 'ElectionTimeout' })
      .receive(voteReply({ from: 2, term: 3 }))
    expect(writtenOf(bench, 2).server.role).toBe('candidate')
    expect(bench.told('OwnVoteWritten')).toEqual([])
    expect(writtenOf(bench, 3).server.role).toBe('leader')
  })

  it('it is told of once', () => {
    const bench = writtenOf(writtenOf(standing(), 2), 2)
    expect(bench.told('OwnVoteWritten')).toMatchObject([{ votes: 1, needed: 2 }])
  })
})
