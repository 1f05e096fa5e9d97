import { describe, expect, it } from 'vitest'
import { logIndex, serverId } from '../base/ids.ts'
import { Impossible } from './effects.ts'
import { appendMembers, members, membersOf } from './members-kit.ts'
import { copyServer, firstConfiguration, startServer } from './server.ts'
import { installSnapshot } from './snapshot-kit.ts'
import {
  appendEntries,
  type Bench,
  candidate,
  clientRequest,
  follower,
  leader,
  requestVote,
  termsOf,
} from './test-kit.ts'

/** A follower with that log that learns that so much of it is committed. */
function committed(log: string, commit: number, snapshotAt: number): Bench {
  const bench = follower({ term: 7, log, settings: { snapshotAt } })
  bench.receive(appendEntries({ term: 7, log, prev: log.length, leaderCommit: commit }))
  return bench.wait(0)
}

describe('each server compacts its log by itself (§7)', () => {
  it.each([
    { commit: 2, snapshotAt: 3, after: '112233', base: 0, why: 'not enough is applied' },
    { commit: 3, snapshotAt: 3, after: '233', base: 3, why: 'as many as set are applied' },
    { commit: 5, snapshotAt: 3, after: '3', base: 5, why: 'all that is applied goes' },
    { commit: 6, snapshotAt: 3, after: '', base: 6, why: 'it may be the whole log' },
    { commit: 6, snapshotAt: 0, after: '112233', base: 0, why: 'it is turned off' },
  ])('$commit of six committed, a snapshot at $snapshotAt: $why', ({ commit, snapshotAt, after, base }) => {
    const { server, log } = committed('112233', commit, snapshotAt)
    expect([server.log.base, log]).toEqual([base, after])
    expect(server.snapshot?.lastIncludedIndex ?? 0).toBe(base)
  })

  it('it stands for the state, the last index and its term, and is on disk', () => {
    const bench = committed('112233', 4, 3)
    expect(bench.server.snapshot).toMatchObject({ lastIncludedIndex: 4, lastIncludedTerm: 2 })
    expect(bench.server.snapshot?.store).toEqual(new Map([['x', '2.4']]))
    expect(bench.told('SnapshotTaken')).toMatchObject([{ first: 1, last: 4, rule: '§7' }])
    expect(bench.deeds.some((deed) => deed.kind === 'stored' && deed.log === '33')).toBe(true)
    expect(bench.server).toMatchObject({ commitIndex: 4, lastApplied: 4 })
  })

  it('the next one comes after as many again, and counts from the last', () => {
    const bench = committed('112233', 4, 3)
    const commit = (leaderCommit: number, log: string) =>
      bench.receive(appendEntries({ term: 7, log, prev: 6, leaderCommit })).wait(0)
    expect(commit(6, '112233').server.log.base).toBe(4)
    expect(commit(7, '1122333').server.log.base).toBe(7)
    expect(bench.told('SnapshotTaken')).toMatchObject([{ last: 4 }, { first: 5, last: 7 }])
  })

  it('what is applied later is not in it', () => {
    const bench = committed('112233', 4, 3)
    bench.receive(appendEntries({ term: 7, log: '112233', prev: 6, leaderCommit: 6 }))
    expect(bench.server.store.get('x')).toBe('3.6')
    expect(bench.server.snapshot?.store.get('x')).toBe('2.4')
  })

  it('a leader does it like anyone else, and leads on', () => {
    const bench = leader({ term: 7, servers: 1, settings: { snapshotAt: 2 } })
    bench.receive(clientRequest(1), clientRequest(2)).wait(0).receive(clientRequest(3))
    expect(bench.server).toMatchObject({ role: 'leader', commitIndex: 3, log: { base: 2, length: 3 } })
  })

  it('a setting that goes down counts from the next entry applied', () => {
    const bench = committed('112233', 4, 0)
    bench.change({ snapshotAt: 2 }).wait(0)
    expect(bench.server.log.base).toBe(0)
    bench.receive(appendEntries({ term: 7, log: '112233', prev: 6, leaderCommit: 5 })).wait(0)
    expect(bench.server.log.base).toBe(5)
  })

  it('the same entries make the same snapshot on every server, however each came to them', () => {
    const one = committed('112233', 4, 4)
    const two = committed('112233', 2, 2)
    two.receive(appendEntries({ term: 7, log: '112233', prev: 6, leaderCommit: 4 })).wait(0)
    expect(two.server.snapshot).toEqual(one.server.snapshot)
  })
})

describe('what a snapshot carries', () => {
  it('the sessions (D 6.3)', () => {
    const settings = { snapshotAt: 2, sessions: true }
    const bench = leader({ term: 7, servers: 1, settings }).receive(
      clientRequest(1, { kind: 'OpenSession' }),
      clientRequest(2, undefined, { session: 1, firstOpen: 2 }),
    )
    bench.wait(0)
    expect(bench.server.sessions.get(logIndex(1))?.answers.get(2)).toEqual({ kind: 'Done' })
    expect(bench.server.snapshot?.sessions).toEqual(bench.server.sessions)
    expect(restarted(bench).sessions).toEqual(bench.server.sessions)
  })

  it('the latest configuration that it stands for, not one that may still be rolled back (§7)', () => {
    const bench = follower({ term: 7, settings: { snapshotAt: 2 } })
    bench.receive(appendMembers(members([1, 2, 3, 4]), { term: 7, log: '1', leaderCommit: 2 }))
    const entries = appendMembers(members([1, 2, 3]), { term: 7, log: '177', prev: 2, leaderCommit: 3 })
    bench.receive(entries).wait(0)
    const { snapshot } = bench.server
    expect(snapshot).toMatchObject({ lastIncludedIndex: 3, configuration: { index: 2 } })
    expect(snapshot?.configuration.configuration).toEqual(members([1, 2, 3, 4]))
    expect(membersOf(bench)).toEqual(members([1, 2, 3]))
    // The one behind it goes, and the snapshot's holds.
    bench.receive(appendEntries({ from: 3, term: 8, log: '1778', prev: 3 }))
    expect(membersOf(bench)).toEqual(members([1, 2, 3, 4]))
  })
})

/** What is left of a server after a crash. */
const restarted = ({ server }: Bench) =>
  startServer(server.id, firstConfiguration([1, 2, 3].map(serverId)), server)

describe('a restart (§7)', () => {
  it('begins with the snapshot and what is in the log behind it', () => {
    const bench = committed('112233', 4, 3)
    const again = restarted(bench)
    expect(again).toMatchObject({ commitIndex: 4, lastApplied: 4, role: 'follower' })
    expect(again.store).toEqual(new Map([['x', '2.4']]))
    expect([again.log.base, again.log.baseTerm, termsOf(again.log)]).toEqual([4, 2, '33'])
  })

  it('what it applies then does not change the snapshot', () => {
    const bench = committed('112233', 4, 3)
    const again = restarted(bench)
    again.store.set('x', 'other')
    expect(bench.server.snapshot?.store.get('x')).toBe('2.4')
    expect(copyServer(again).snapshot).toBe(again.snapshot)
  })

  it('knows the configuration of the snapshot, and those behind it, though the first one says otherwise', () => {
    const bench = follower({ term: 7, voters: [], settings: { snapshotAt: 2 } })
    bench.receive(appendMembers(members([1, 2]), { term: 7, log: '1', leaderCommit: 2 })).wait(0)
    expect(bench.server.log.base).toBe(2)
    expect(restarted(bench).configurations).toEqual(bench.server.configurations)
    bench.receive(appendMembers(members([1, 2, 3]), { term: 7, log: '177', prev: 2 }))
    expect(restarted(bench).configurations).toMatchObject([{ index: 2 }, { index: 4 }])
  })
})

/** A follower with that log, of which a snapshot stands for four, gets `count` entries after `prev` of a leader's. */
function overlap({
  mine,
  theirs,
  prev,
  count,
}: {
  mine: string
  theirs: string
  prev: number
  count?: number
}) {
  const bench = follower({ term: 7, log: mine, base: 4 })
  return bench.receive(
    appendEntries({ term: 7, log: theirs, prev, ...(count === undefined ? {} : { count }) }),
  )
}

describe('AppendEntries where the snapshot ends (§7)', () => {
  it.each([
    { mine: '112233', theirs: '1122', prev: 4, after: '33', erased: [], why: 'a heartbeat right at it' },
    { mine: '112233', theirs: '11', prev: 2, after: '33', erased: [], why: 'a heartbeat in front of it' },
    { mine: '112233', theirs: '112233', prev: 0, after: '33', erased: [], why: 'all that is known, again' },
    { mine: '112233', theirs: '112', prev: 0, after: '33', erased: [], why: 'only what it stands for' },
    { mine: '112233', theirs: '1122', prev: 1, after: '33', erased: [], why: 'to the end of it' },
    { mine: '112233', theirs: '11223344', prev: 2, after: '3344', erased: [], why: 'across it, and more' },
    { mine: '1122', theirs: '112233', prev: 3, after: '33', erased: [], why: 'across it, nothing behind' },
    {
      mine: '112233',
      theirs: '112244',
      prev: 1,
      after: '44',
      erased: [5, 6],
      why: 'a conflict right behind it',
    },
    {
      mine: '112233',
      theirs: '11225',
      prev: 4,
      after: '5',
      erased: [5, 6],
      why: 'anchored at it, a conflict',
    },
    { mine: '112223', theirs: '11222', prev: 0, after: '23', erased: [], why: 'one known entry behind it' },
  ])('$theirs after $prev to $mine: $why', ({ after, erased, ...row }) => {
    const bench = overlap(row)
    expect(bench.log).toBe(after)
    expect(bench.server.log.base).toBe(4)
    expect(bench.told('EntriesErased').flatMap(({ first, last }) => [first, last])).toEqual(erased)
    expect(bench.sent('AppendEntriesReply')).toMatchObject([
      { success: true, conflict: null, lastVouchedIndex: row.theirs.length },
    ])
  })

  it.each([
    {
      mine: '112233',
      theirs: '1122444',
      prev: 6,
      conflict: [3, 5],
      why: 'another term, begun right behind it',
    },
    {
      mine: '112222',
      theirs: '1122333',
      prev: 6,
      conflict: [2, 5],
      why: 'a term that it hides the start of',
    },
    { mine: '112233', theirs: '112233333', prev: 8, conflict: [null, 7], why: 'too short' },
    { mine: '1122', theirs: '1122333', prev: 6, conflict: [null, 5], why: 'nothing behind it' },
  ])(
    'what follows $prev in $theirs does not fit $mine: $why',
    ({ conflict: [conflictTerm, conflictIndex], ...row }) => {
      const bench = overlap(row)
      expect(bench.sent('AppendEntriesReply')).toMatchObject([
        { success: false, conflict: { conflictTerm, conflictIndex } },
      ])
      expect(bench.log).toBe(row.mine.slice(4))
    },
  )

  it('what the snapshot stands for is committed: a request in front of it takes nothing back', () => {
    const bench = follower({ term: 7, log: '112233', base: 4 })
    bench.receive(appendEntries({ term: 7, log: '11', prev: 1, leaderCommit: 2 }))
    expect(bench.server).toMatchObject({ commitIndex: 4, lastApplied: 4 })
  })

  it('a request across it commits and applies only what is behind it', () => {
    const bench = follower({ term: 7, log: '112233', base: 4 })
    bench.receive(appendEntries({ term: 7, log: '112233', prev: 2, leaderCommit: 6 }))
    expect(bench.told('Applied')).toMatchObject([{ first: 5, last: 6 }])
  })

  it('a leader whose log conflicts with it cannot be: it would lack what is committed (Figure 3)', () => {
    expect(() => overlap({ mine: '112233', theirs: '1133', prev: 2 })).toThrow(Impossible)
  })
})

describe('lastIncludedTerm stands in for the last entry (§7)', () => {
  it.each([
    { log: '111', granted: false, why: 'an earlier last term' },
    { log: '1112', granted: true, why: 'the same last term, as long' },
    { log: '112', granted: false, why: 'the same last term, shorter' },
    { log: '3', granted: true, why: 'a later last term' },
  ])('in votes (§5.4.1), $log against 1122 in a snapshot: $why', ({ log, granted }) => {
    const bench = follower({ term: 6, log: '1122', base: 4 }).receive(requestVote({ term: 7, log }))
    expect(bench.sent('RequestVoteReply')).toMatchObject([{ voteGranted: granted }])
  })

  it('in a candidate’s own requests', () => {
    const bench = candidate({ term: 7, log: '1122', base: 4 }).wait(80_000)
    const place = { lastLogIndex: 4, lastLogTerm: 2 }
    expect(bench.sent('RequestVote')).toMatchObject([place, place])
  })

  it('in a leader’s AppendEntries, with entries and without', () => {
    const bench = leader({ term: 7, log: '1122', base: 4 }).wait(50_000).receive(clientRequest())
    const anchor = { to: 2, prevLogIndex: 4, prevLogTerm: 2 }
    expect(bench.sent('AppendEntries').filter(({ to }) => to === 2)).toMatchObject([
      { ...anchor, entries: [] },
      { ...anchor, entries: [{ index: 5, term: 7 }] },
    ])
  })
})

it('where one has come from the leader meanwhile, none is taken', () => {
  const bench = follower({ term: 7, settings: { snapshotAt: 1 } })
  bench.receive(appendEntries({ term: 7, log: '1', leaderCommit: 1 }), installSnapshot({ log: '1122' }))
  expect(bench.server.compactDue).toBe(bench.now)
  expect(bench.wait(0).told('SnapshotTaken')).toEqual([])
  expect(bench.server).toMatchObject({ compactDue: Infinity, log: { base: 4 } })
})
