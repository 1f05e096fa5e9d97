import { describe, expect, it } from 'vitest'
import { logIndex } from '../base/ids.ts'
import { Impossible } from './effects.ts'
import { appendEntries, follower, leader } from './test-kit.ts'

function impossible(act: () => void): Impossible {
  try {
    act()
  } catch (error) {
    if (error instanceof Impossible) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('what Raft rules out stops the run (Figure 3)', () => {
  it('two leaders of one term: Election Safety', () => {
    const bench = leader({ term: 4 })
    const { what, server } = impossible(() => bench.receive(appendEntries({ from: 3, term: 4 })))
    expect(what).toEqual({ kind: 'TwoLeaders', term: 4, other: 3 })
    expect(server.id).toBe(1)
  })

  it('a committed entry that would be erased: Leader Completeness', () => {
    const bench = follower({ term: 4, log: '1122' })
    bench.receive(appendEntries({ term: 4, log: '1122', prev: 4, leaderCommit: 3 }))
    const { what } = impossible(() => bench.receive(appendEntries({ from: 3, term: 5, log: '113', prev: 2 })))
    expect(what).toEqual({ kind: 'ErasesCommitted', index: 3, commitIndex: 3, leader: 3 })
    expect(bench.log).toBe('1122')
  })

  it('an uncommitted entry right behind the committed ones may go', () => {
    const bench = follower({ term: 4, log: '1122' })
    bench.receive(appendEntries({ term: 4, log: '1122', prev: 4, leaderCommit: 3 }))
    bench.receive(appendEntries({ from: 3, term: 5, log: '1123', prev: 3 }))
    expect(bench.log).toBe('1123')
    expect(bench.server.commitIndex).toBe(logIndex(3))
  })
})
