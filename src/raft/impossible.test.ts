import { describe, expect, it } from 'vitest'
import { logIndex, serverId } from '../base/ids.ts'
import { eraseFrom } from './append-entries.ts'
import { setCommitIndex } from './commit.ts'
import { Impossible } from './effects.ts'
import { appendEntries, appendReply, follower, leader } from './test-kit.ts'

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

  it('an answer that vouches for more than the leader has, after its disk was lost: Leader Append-Only', () => {
    const bench = leader({ term: 4, log: '11' })
    const request = appendEntries({ from: 1, term: 4, log: '111', prev: 2 })
    const answer = { ...appendReply(request), from: serverId(2) }
    const { what } = impossible(() => bench.receive(answer))
    expect(what).toEqual({ kind: 'VouchesForMore', follower: 2, vouched: 3, lastIndex: 2 })
  })

  it('an uncommitted entry right behind the committed ones may go', () => {
    const bench = follower({ term: 4, log: '1122' })
    bench.receive(appendEntries({ term: 4, log: '1122', prev: 4, leaderCommit: 3 }))
    bench.receive(appendEntries({ from: 3, term: 5, log: '1123', prev: 3 }))
    expect(bench.log).toBe('1123')
    expect(bench.server.commitIndex).toBe(logIndex(3))
  })
})

describe('guards that no message can reach through a correct server', () => {
  it('a leader that would overwrite its own entry: Leader Append-Only', () => {
    const bench = leader({ term: 4, log: '1144' })
    const request = appendEntries({ from: 3, term: 4, log: '1133', prev: 2 })
    const { what } = impossible(() => eraseFrom(bench.server, request, logIndex(3), bench.context))
    expect(what).toEqual({ kind: 'LeaderOverwrites', term: 4, index: 3 })
    expect(bench.log).toBe('1144')
  })

  it('a commit index that would move back', () => {
    const bench = follower({ term: 4, log: '1122' })
    setCommitIndex(bench.server, logIndex(3))
    const { what } = impossible(() => setCommitIndex(bench.server, logIndex(2)))
    expect(what).toEqual({ kind: 'CommitMovesBack', from: 3, to: 2 })
    expect(bench.server.commitIndex).toBe(3)
  })
})
