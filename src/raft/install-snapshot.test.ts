import { describe, expect, it } from 'vitest'
import { logIndex, serverId, term } from '../base/ids.ts'
import { acknowledge, appendMembers, members, membersOf } from './members-kit.ts'
import { copyServer } from './server.ts'
import { installReply, installSnapshot, newest, refuse, sender } from './snapshot-kit.ts'
import {
  appendEntries,
  appendReply,
  type Bench,
  candidate,
  clientRequest,
  follower,
  leader,
  type Start,
} from './test-kit.ts'

describe('a follower that is sent a snapshot (§7; Figure 13, 5 to 8)', () => {
  it.each([
    { mine: '112233', after: '33', kept: 2, dropped: 0, why: 'it agrees, and what follows stays' },
    { mine: '1122', after: '', kept: 0, dropped: 0, why: 'it agrees to the last entry' },
    { mine: '112', after: '', kept: 0, dropped: 3, why: 'its log is too short' },
    { mine: '', after: '', kept: 0, dropped: 0, why: 'it has nothing' },
    { mine: '112333', after: '', kept: 0, dropped: 6, why: 'another term there: all goes, the suffix too' },
    { mine: '1113', after: '', kept: 0, dropped: 4, why: 'another term at its end' },
  ])('$mine gets a snapshot of 1122: $why', ({ mine, after, kept, dropped }) => {
    const bench = follower({ term: 7, log: mine }).receive(installSnapshot({ log: '1122' }))
    expect(bench.log).toBe(after)
    expect(bench.server).toMatchObject({ commitIndex: 4, lastApplied: 4, log: { base: 4, baseTerm: 2 } })
    expect(bench.server.store).toEqual(new Map([['x', '2.4']]))
    expect(bench.told('SnapshotInstalled')).toMatchObject([{ lastIncludedIndex: 4, kept, dropped }])
    expect(bench.sent('InstallSnapshotReply')).toMatchObject([{ done: true, received: 100, rpcId: 1 }])
  })

  it('a newer one takes the place of an older one', () => {
    const bench = follower({ term: 7, log: '112233', base: 2 }).receive(installSnapshot({ log: '1122' }))
    expect([bench.log, bench.server.log.base]).toEqual(['33', 4])
    expect(bench.server.snapshot?.lastIncludedIndex).toBe(4)
  })

  it('what stays behind it is not committed by it', () => {
    const bench = follower({ term: 7, log: '112233' }).receive(installSnapshot({ log: '1122' }))
    expect(bench.server.commitIndex).toBe(4)
    bench.receive(appendEntries({ term: 7, log: '11225', prev: 4 }))
    expect(bench.log).toBe('5')
  })

  it('it is on disk before the answer leaves', () => {
    const { deeds } = follower({ term: 7, log: '11' }).receive(installSnapshot({ log: '1122' }))
    const stored = deeds.findIndex((deed) => deed.kind === 'stored')
    expect(stored).toBeGreaterThanOrEqual(0)
    expect(stored).toBeLessThan(deeds.findIndex((deed) => deed.kind === 'sent'))
  })

  it('what the state machine does then leaves the snapshot as it was', () => {
    const bench = follower({ term: 7 }).receive(installSnapshot({ log: '1122' }))
    bench.receive(appendEntries({ term: 7, log: '11223', prev: 4, leaderCommit: 5 }))
    expect(bench.server.store.get('x')).toBe('3.5')
    expect(bench.server.snapshot?.store.get('x')).toBe('2.4')
  })

  it('what was being written of a log that went says nothing about the new one (D 10.2.1)', () => {
    const bench = follower({ term: 7, log: '113333' })
    const { logVersion } = bench.server
    bench.slowDisk = true
    bench.receive(installSnapshot({ log: '1122' }))
    expect(bench.server.durableIndex).toBeLessThanOrEqual(4)
    bench.receive(appendEntries({ term: 7, log: '112255', prev: 4 }))
    bench.step({ kind: 'Written', term: bench.server.currentTerm, upTo: logIndex(6), logVersion })
    expect(bench.server.durableIndex).toBeLessThanOrEqual(4)
  })

  it('a log that agrees is the same log: what was being written still counts', () => {
    const bench = follower({ term: 7, log: '112233' })
    const { logVersion } = bench.server
    bench.receive(installSnapshot({ log: '1122' }))
    expect(bench.server).toMatchObject({ logVersion, durableIndex: 6 })
  })
})

describe('a late snapshot moves nothing back (§7)', () => {
  it.each([
    { log: '11', why: 'older than what is committed' },
    { log: '1122', why: 'exactly what is committed' },
  ])('of $log, when 1122 is committed: $why', ({ log }) => {
    const bench = follower({ term: 7, log: '112233' })
    bench.receive(appendEntries({ term: 7, log: '112233', prev: 6, leaderCommit: 4 })).forget()
    const before = copyServer(bench.server)
    bench.receive(installSnapshot({ log }))
    expect(bench.server).toEqual(before)
    expect(bench.told('SnapshotIgnored')).toMatchObject([{ lastIncludedIndex: log.length, commitIndex: 4 }])
    expect(bench.sent('InstallSnapshotReply')).toMatchObject([{ done: true }])
  })

  it('nor one that is older than the snapshot it stands on', () => {
    const bench = follower({ term: 7, log: '1122', base: 4 }).receive(installSnapshot({ log: '112' }))
    expect(bench.server.log).toMatchObject({ base: 4, baseTerm: 2 })
    expect(bench.server.snapshot?.lastIncludedIndex).toBe(4)
  })

  it('the same one twice is installed once', () => {
    const request = installSnapshot({ log: '1122' })
    const bench = follower({ term: 7 }).receive(request, request)
    expect(bench.told('SnapshotInstalled')).toHaveLength(1)
    expect(bench.sent('InstallSnapshotReply')).toMatchObject([{ done: true }, { done: true }])
  })

  it('one of an earlier term is refused (Figure 13, 1)', () => {
    const bench = follower({ term: 8, log: '11' }).receive(installSnapshot({ term: 7, log: '1122' }))
    expect(bench.told('SnapshotRefused')).toMatchObject([{ why: { kind: 'StaleTerm', mine: 8, theirs: 7 } }])
    expect(bench.sent('InstallSnapshotReply')).toMatchObject([{ term: 8, done: false, requestTerm: 7 }])
    expect(bench.server).toMatchObject({ leaderId: null, snapshot: null, log: { length: 2 } })
  })
})

describe('a snapshot comes from the leader (§5.1, §5.2)', () => {
  it('any chunk of it restarts the election timer', () => {
    const bench = follower({ term: 7 }).wait(150_000)
    bench.receive(installSnapshot({ from: 3, log: '1122', bytes: 10 }))
    expect(bench.server).toMatchObject({ leaderId: 3, electionDue: bench.now + 200_000, heardAt: bench.now })
  })

  it('a candidate yields to it, and a higher term is adopted', () => {
    const same = candidate({ term: 7 }).receive(installSnapshot({ term: 7, log: '1122' }))
    expect(same.server).toMatchObject({ role: 'follower', currentTerm: 7, votedFor: 1 })
    const higher = leader({ term: 6 }).receive(installSnapshot({ term: 7, log: '1122' }))
    expect(higher.server).toMatchObject({ role: 'follower', currentTerm: 7, commitIndex: 4 })
  })
})

describe('a snapshot brings its configuration (§7)', () => {
  const configuration = { index: logIndex(3), configuration: members([1, 2, 3, 4]) }

  it('who was told nothing yet learns it, and may stand for election from then on', () => {
    const bench = follower({ id: 4, voters: [], term: 7 })
    expect(bench.server.electionDue).toBe(Infinity)
    bench.receive(installSnapshot({ to: 4, log: '1122', configuration }))
    expect(membersOf(bench)).toEqual(members([1, 2, 3, 4]))
    expect(bench.server.electionDue).toBe(bench.now + 200_000)
    expect(bench.server.peers.map(({ id }) => id)).toEqual([1, 2, 3])
  })

  it('who is not in it does not stand', () => {
    const bench = follower({ id: 5, voters: [], term: 7 })
    bench.receive(installSnapshot({ to: 5, log: '1122', configuration })).wait(10_000_000)
    expect(bench.server.role).toBe('follower')
    expect(bench.sent('RequestVote')).toEqual([])
  })

  it.each([
    { log: '11', last: [1, 2, 3, 4], why: 'a log that does not fit: the one in it goes' },
    { log: '1122', last: [1, 2], why: 'a log that agrees: the one behind the snapshot stays' },
  ])('$why', ({ log, last }) => {
    const bench = follower({ term: 7 })
    bench.receive(appendMembers(members([1, 2]), { term: 7, log }))
    bench.receive(installSnapshot({ log: '1122', configuration }))
    expect(membersOf(bench)).toEqual(members(last))
    expect(bench.server.configurations[0]).toEqual(configuration)
  })

  it('and that one may still be rolled back, to the snapshot’s', () => {
    const bench = follower({ term: 7 }).receive(appendMembers(members([1, 2]), { term: 7, log: '1122' }))
    bench.receive(installSnapshot({ log: '1122', configuration }))
    bench.receive(appendEntries({ from: 3, term: 8, log: '11228', prev: 4 }))
    expect(membersOf(bench)).toEqual(members([1, 2, 3, 4]))
    expect(bench.server.peers.map(({ id }) => id)).toEqual([2, 3, 4])
  })
})

const part = (offset: number, bytes: number, given: Partial<Parameters<typeof installSnapshot>[0]> = {}) =>
  installSnapshot({ log: '1122', ...given, offset, bytes })

describe('a snapshot in chunks (Figure 13, 2 to 4)', () => {
  it.each([
    {
      parts: [
        [0, 40],
        [40, 40],
        [80, 20],
      ],
      received: [40, 80, 100],
      why: 'in order',
    },
    {
      parts: [
        [0, 40],
        [0, 40],
        [40, 60],
      ],
      received: [40, 40, 100],
      why: 'one doubled',
    },
    {
      parts: [
        [0, 40],
        [80, 20],
        [40, 40],
        [80, 20],
      ],
      received: [40, 40, 80, 100],
      why: 'one overtaken',
    },
    {
      parts: [
        [80, 20],
        [0, 100],
      ],
      received: [0, 100],
      why: 'the last one first',
    },
    {
      parts: [
        [0, 40],
        [40, 40],
        [0, 40],
        [80, 20],
      ],
      received: [40, 80, 80, 100],
      why: 'an early one late',
    },
    {
      parts: [
        [0, 40],
        [20, 40],
        [60, 40],
      ],
      received: [40, 60, 100],
      why: 'other sizes, overlapping',
    },
  ])('$why: the answers say what is there', ({ parts, received }) => {
    const bench = follower({ term: 7, log: '11' })
    for (const [offset = 0, bytes = 0] of parts) bench.receive(part(offset, bytes))
    const answers = bench.sent('InstallSnapshotReply')
    expect(answers.map((answer) => answer.received)).toEqual(received)
    expect(answers.map(({ done }) => done)).toEqual(received.map((bytes) => bytes === 100))
    expect(bench.server).toMatchObject({ commitIndex: 4, incoming: null })
  })

  it('nothing happens to the log before all of it is there', () => {
    const bench = follower({ term: 7, log: '113' }).receive(part(0, 40), part(40, 40), part(81, 19))
    expect([bench.log, bench.server.commitIndex, bench.server.snapshot]).toEqual(['113', 0, null])
    expect(bench.told('SnapshotRefused')).toMatchObject([
      { why: { kind: 'ChunkMissing', received: 80, offset: 81 } },
    ])
    expect(bench.deeds.some(({ kind }) => kind === 'stored')).toBe(false)
  })

  it('parts of another snapshot do not fit', () => {
    const bench = follower({ term: 7 }).receive(part(0, 40), part(40, 60, { log: '11223' }))
    expect(bench.server).toMatchObject({ commitIndex: 0, incoming: { received: 40 } })
    bench.receive(part(40, 60, { log: '1123' }))
    expect(bench.server.commitIndex).toBe(0)
    bench.receive(part(0, 40, { log: '11223' }), part(40, 60, { log: '11223' }))
    expect(bench.server.commitIndex).toBe(5)
  })

  it('another leader begins anew, and what it sends from further on is refused', () => {
    const bench = follower({ term: 7 }).receive(part(0, 40), part(40, 60, { from: 3, term: 8 }))
    expect(bench.server).toMatchObject({ currentTerm: 8, leaderId: 3, commitIndex: 0 })
    expect(bench.told('SnapshotRefused')).toMatchObject([{ why: { kind: 'ChunkMissing', received: 0 } }])
    bench.receive(part(0, 30, { from: 3, term: 8 }))
    expect(bench.server.incoming).toMatchObject({ leader: 3, received: 30 })
  })

  it('a deposed leader’s chunk adds nothing', () => {
    const bench = follower({ term: 7 }).receive(part(0, 40, { from: 3, term: 8 }), part(40, 60))
    expect(bench.server).toMatchObject({ commitIndex: 0, incoming: { received: 40 } })
  })

  it('what has come so far is forgotten when entries have made it needless', () => {
    const bench = follower({ term: 7 }).receive(part(0, 40))
    bench.receive(appendEntries({ term: 7, log: '1122', leaderCommit: 3 }))
    expect(bench.server.incoming?.received).toBe(40)
    bench.receive(appendEntries({ term: 7, log: '1122', prev: 4, leaderCommit: 4 }))
    expect(bench.server.incoming).toBe(null)
  })
})

describe('who is sent a snapshot (§7)', () => {
  it.each([
    { next: 1, kind: 'InstallSnapshot' },
    { next: 3, kind: 'InstallSnapshot' },
    { next: 4, kind: 'AppendEntries' },
    { next: 5, kind: 'AppendEntries' },
  ] as const)('of 112233, up to 3 in a snapshot, who needs $next next: $kind', ({ next, kind }) => {
    const bench = leader({ term: 7, log: '112233', base: 3 }).wait(50_000)
    const request = newest(bench, 'AppendEntries')
    bench.forget()
    bench.receive(appendReply(request, { conflict: { conflictTerm: null, conflictIndex: next } }))
    expect(bench.deeds.flatMap((deed) => (deed.kind === 'sent' ? [deed.message.kind] : []))).toEqual([kind])
    if (kind === 'AppendEntries') expect(newest(bench, kind).prevLogIndex).toBe(next - 1)
  })

  it.each([
    {
      backUp: 'term',
      conflict: { conflictTerm: 1, conflictIndex: 4 },
      why: 'a term that the snapshot hides',
    },
    { backUp: 'term', conflict: { conflictTerm: 2, conflictIndex: 4 }, why: 'the term at its end' },
    { backUp: 'one', conflict: { conflictTerm: 2, conflictIndex: 2 }, why: 'one entry at a time' },
  ] as const)('backing up into it, by $backUp: $why', ({ backUp, conflict }) => {
    const bench = leader({ term: 7, log: '112233', base: 4, settings: { backUp } }).wait(50_000)
    while (bench.peer(2).mode !== 'snapshot') {
      const request = newest(bench, 'AppendEntries')
      const at = Math.min(conflict.conflictIndex, request.prevLogIndex)
      bench.receive(appendReply(request, { conflict: { ...conflict, conflictIndex: at } }))
    }
    expect(newest(bench, 'InstallSnapshot')).toMatchObject({ lastIncludedIndex: 4, lastIncludedTerm: 2 })
  })

  it('it carries what Figure 13 says', () => {
    const bench = sender()
    const { snapshot } = bench.server
    const place = { lastIncludedIndex: 3, lastIncludedTerm: 2, offset: 0, bytes: 100, done: true }
    expect(newest(bench, 'InstallSnapshot')).toMatchObject({ term: 7, leaderId: 1, ...place, snapshot })
    expect(bench.told('SnapshotSent')).toMatchObject([{ to: 2, why: 'TooFarBehind', bytes: 100, total: 100 }])
  })

  it('meanwhile new entries wait, and heartbeats come bare, from where the log begins', () => {
    const bench = sender().forget().receive(clientRequest()).wait(50_000)
    const sent = bench.sent('AppendEntries').filter(({ to }) => to === 2)
    expect(sent).toMatchObject([{ prevLogIndex: 3, prevLogTerm: 2, entries: [] }])
  })

  it('what has come to it too late for entries gets the snapshot when entries are due again', () => {
    const bench = leader({ term: 7, log: '1', settings: { snapshotAt: 2 } }).receive(clientRequest())
    acknowledge(bench, 3).wait(0)
    expect(bench.server.log.base).toBe(2)
    bench.forget().wait(80_000)
    expect(newest(bench, 'InstallSnapshot')).toMatchObject({ lastIncludedIndex: 2 })
  })
})

const chunked: Start = { settings: { snapshotChunk: 40 } }

describe('sending in chunks (Figure 13)', () => {
  it('the next follows the answer, and the last is marked', () => {
    const bench = sender(chunked)
    for (let i = 0; i < 3; i++) bench.receive(installReply(newest(bench, 'InstallSnapshot')))
    expect(bench.sent('InstallSnapshot')).toMatchObject([
      { offset: 0, bytes: 40, done: false },
      { offset: 40, bytes: 40, done: false },
      { offset: 80, bytes: 20, done: true },
    ])
    expect(bench.peer(2)).toMatchObject({ mode: 'probe', matchIndex: 3, nextIndex: 4, sending: null })
  })

  it('one that is not answered is sent again, for ever (§5.1)', () => {
    const bench = sender({ settings: { ...chunked.settings, heartbeatInterval: 10_000_000 } })
    bench.receive(installReply(newest(bench, 'InstallSnapshot')))
    for (let round = 0; round < 10; round++) {
      bench.forget().wait(80_000)
      expect(bench.sent('InstallSnapshot')).toMatchObject([{ offset: 40 }])
      expect(bench.told('SnapshotSent')).toMatchObject([{ why: 'Unanswered' }])
    }
  })

  it('two answers to a chunk that was sent twice bring the next once', () => {
    const bench = sender(chunked)
    const first = newest(bench, 'InstallSnapshot')
    const second = newest(bench.wait(80_000), 'InstallSnapshot')
    bench.forget().receive(installReply(first), installReply(second))
    expect(bench.sent('InstallSnapshot')).toMatchObject([{ offset: 40 }])
    expect(bench.told('SnapshotReplyIgnored')).toHaveLength(1)
  })

  it('it gets through where every answer takes longer than rpcTimeout', () => {
    const bench = sender(chunked)
    for (let i = 0; i < 3; i++) {
      const request = newest(bench, 'InstallSnapshot')
      bench.wait(80_000).receive(installReply(request))
    }
    expect(bench.peer(2)).toMatchObject({ mode: 'probe', matchIndex: 3 })
  })

  it('a follower that lost what it had gets it from where it stands', () => {
    const bench = sender(chunked).receive(installReply(newest(sender(chunked), 'InstallSnapshot')))
    bench.receive(installReply(newest(bench, 'InstallSnapshot'), 0))
    expect(newest(bench, 'InstallSnapshot')).toMatchObject({ offset: 0 })
  })

  it('an old answer that tells of less than is known takes nothing back', () => {
    const bench = sender(chunked)
    const first = newest(bench, 'InstallSnapshot')
    bench.receive(
      installReply(first),
      installReply(newest(bench.receive(installReply(first)), 'InstallSnapshot')),
    )
    bench.forget().receive(installReply(first), installReply(first, 0))
    expect(bench.sent('InstallSnapshot')).toEqual([])
    expect(bench.peer(2).sending?.offset).toBe(80)
  })

  it('the leader compacts again meanwhile: it finishes the one it began, then sends what is missing', () => {
    const bench = sender({ settings: { ...chunked.settings, snapshotAt: 2 } })
    bench.receive(clientRequest())
    acknowledge(bench, 3).wait(0)
    expect(bench.server.log.base).toBe(6)
    for (let i = 0; i < 3; i++) bench.receive(installReply(newest(bench, 'InstallSnapshot')))
    const sent = bench
      .sent('InstallSnapshot')
      .map(({ lastIncludedIndex, offset }) => [lastIncludedIndex, offset])
    expect(sent).toEqual([
      [3, 0],
      [3, 40],
      [3, 80],
      [6, 0],
    ])
    expect(bench.peer(2)).toMatchObject({ matchIndex: 3, mode: 'snapshot' })
  })
})

describe('when it is there (§7)', () => {
  it('it counts as stored, and entries follow right after', () => {
    const bench = sender()
    const request = newest(bench, 'InstallSnapshot')
    bench.receive(clientRequest()).forget().receive(installReply(request))
    expect(bench.told('SnapshotAcknowledged')).toMatchObject([{ follower: 2, lastIncludedIndex: 3 }])
    expect(bench.peer(2).matchIndex).toBe(3)
    const entries = [{ index: 4 }, { index: 5 }, { index: 6 }]
    expect(newest(bench, 'AppendEntries')).toMatchObject({ prevLogIndex: 3, prevLogTerm: 2, entries })
  })

  it('doubled answers move nothing more', () => {
    const bench = sender()
    const answer = installReply(newest(bench, 'InstallSnapshot'))
    const before = structuredClone(bench.receive(answer).peer(2))
    bench.receive(answer, answer)
    expect(bench.peer(2)).toEqual(before)
  })

  it.each([
    { pipeline: 0, why: 'one at a time' },
    { pipeline: 4, why: 'pipelined' },
  ])('though its answer is lost, a heartbeat’s tells of it ($why)', ({ pipeline }) => {
    const bench = sender({ settings: { pipeline } }).receive(clientRequest()).wait(50_000)
    bench.forget().receive(appendReply(newest(bench.wait(50_000), 'AppendEntries')))
    expect(bench.peer(2)).toMatchObject({ matchIndex: 3, sending: null })
    expect(bench.peer(2).mode).not.toBe('snapshot')
    expect(bench.told('EntriesSent')).toMatchObject([{ to: 2, why: 'StillBehind' }])
  })

  it.each([
    { pipeline: 0, why: 'one at a time' },
    { pipeline: 4, why: 'pipelined' },
  ])('a late answer to entries of before does not end the wait for it ($why)', ({ pipeline }) => {
    const bench = leader({ term: 7, log: '112233', base: 3, settings: { pipeline } }).wait(50_000)
    const late = { ...newest(bench, 'AppendEntries'), prevLogIndex: logIndex(2) }
    refuse(bench).receive(appendReply(late))
    expect(bench.peer(2)).toMatchObject({ matchIndex: 2, mode: 'snapshot' })
    bench.forget().wait(80_000).wait(0)
    expect(newest(bench, 'InstallSnapshot')).toMatchObject({ offset: 0, lastIncludedIndex: 3 })
  })

  it('a refusal meanwhile is no news', () => {
    const bench = sender().wait(50_000).forget()
    const before = structuredClone(bench.peer(2))
    refuse(bench, newest(sender().wait(50_000), 'AppendEntries'))
    expect(bench.peer(2)).toMatchObject({ ...before, ackedRpc: expect.any(Number), heardAt: bench.now })
    expect(bench.told('AppendReplyIgnored')).toMatchObject([{ why: 'SnapshotUnderWay' }])
  })

  it('an answer of a later term ends the leadership', () => {
    const bench = sender()
    bench.receive({ ...installReply(newest(bench, 'InstallSnapshot')), term: term(8), done: false })
    expect(bench.server).toMatchObject({ role: 'follower', currentTerm: 8 })
  })

  it('an answer to an earlier term of the same leader counts for nothing', () => {
    const bench = sender()
    const request = newest(bench, 'InstallSnapshot')
    bench.receive({ ...installReply(request), requestTerm: term(6) })
    expect(bench.peer(2)).toMatchObject({ matchIndex: 0, mode: 'snapshot' })
  })

  it('one from a server that is no member any more, too', () => {
    const bench = sender()
    const answer = installReply(newest(bench, 'InstallSnapshot'))
    bench.forget().receive({ ...answer, from: serverId(9) })
    expect(bench.told('SnapshotReplyIgnored')).toMatchObject([{ follower: 9 }])
  })
})

/** Delivers what S1 and S2 have to say to each other, at once, until they agree; fails if they never do. */
function talk(one: Bench, two: Bench): void {
  for (let round = 0; round < 200; round++) {
    const requests = [...one.sent('AppendEntries'), ...one.sent('InstallSnapshot')].filter(
      ({ to }) => to === 2,
    )
    two.forget().receive(...requests)
    one.forget().receive(...two.sent('AppendEntriesReply'), ...two.sent('InstallSnapshotReply'))
    if (one.peer(2).matchIndex === one.server.log.length) return
    if (!one.deeds.some((deed) => deed.kind === 'sent')) one.wait(50_000)
  }
  throw new Error('they never agree')
}

describe('whatever two logs are, and wherever their snapshots end, they come to agree', () => {
  const logs = ['', '1', '12', '1123', '1222', '22', '3333', '122333', '113']
  const canCoexist = (one: string, two: string): boolean =>
    [...one].every((digit, i) => digit !== two[i] || one.slice(0, i) === two.slice(0, i))

  it.each([
    { pipeline: 0, snapshotChunk: 0, backUp: 'term' },
    { pipeline: 0, snapshotChunk: 30, backUp: 'one' },
    { pipeline: 1, snapshotChunk: 30, backUp: 'term' },
    { pipeline: 3, snapshotChunk: 0, backUp: 'one' },
    { pipeline: 3, snapshotChunk: 30, backUp: 'term' },
  ] as const)('pipeline $pipeline, chunks of $snapshotChunk, backing up by $backUp', (settings) => {
    let count = 0
    for (const mine of logs)
      for (const theirs of logs.filter((other) => canCoexist(mine, other)))
        for (let base = 0; base <= mine.length; base++)
          for (let theirBase = 0; theirBase <= theirs.length; theirBase++) {
            // What a snapshot stands for is committed, so it is in every leader's log.
            if (mine.slice(0, theirBase) !== theirs.slice(0, theirBase)) continue
            const one = leader({ term: 8, log: mine, base, settings: { ...settings, maxEntries: 2 } })
            const two = follower({ id: 2, term: 7, log: theirs, base: theirBase })
            talk(one.receive(clientRequest()), two)
            const start = two.server.log.base
            expect([mine, base, theirs, theirBase, two.log]).toEqual([
              mine,
              base,
              theirs,
              theirBase,
              `${mine}8`.slice(start),
            ])
            expect(start).toBeGreaterThanOrEqual(theirBase)
            count++
          }
    expect(count).toBeGreaterThan(200)
  })
})

it('parts of another snapshot do not fit, though it ends in the same term (Figure 13)', () => {
  const bench = follower({ term: 7 })
  bench.receive(installSnapshot({ log: '1122', bytes: 40 }), installSnapshot({ log: '11222', offset: 40 }))
  expect(bench.server).toMatchObject({ commitIndex: 0, incoming: { received: 40 } })
})

it('an answer about the snapshot before says nothing about the one that is being sent', () => {
  const bench = sender({ settings: { snapshotChunk: 40, snapshotAt: 2 } })
  const old = installReply(newest(bench, 'InstallSnapshot'))
  acknowledge(bench.receive(clientRequest()), 3).wait(0)
  for (let i = 0; i < 3; i++) bench.receive(installReply(newest(bench, 'InstallSnapshot')))
  bench.forget().receive(old, { ...old, received: 100, done: true })
  expect(bench.peer(2).sending).toMatchObject({ offset: 0, snapshot: { lastIncludedIndex: 6 } })
  expect(bench.sent('InstallSnapshot')).toEqual([])
})

it('pipelined, entries follow right after a snapshot, whatever was on its way before (D 10.2.2)', () => {
  const bench = leader({ term: 7, log: '11223', settings: { pipeline: 1, snapshotAt: 1, noOp: true } })
  acknowledge(bench, 3).wait(0).step({ kind: 'Heartbeat' })
  const request = newest(bench, 'InstallSnapshot')
  bench.receive(clientRequest()).forget().receive(installReply(request))
  expect(newest(bench, 'AppendEntries')).toMatchObject({ prevLogIndex: 6, entries: [{ index: 7 }] })
})
