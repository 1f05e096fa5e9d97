import { describe, expect, it } from 'vitest'
import { logIndex, term } from '../base/ids.ts'
import { acknowledge } from './members-kit.ts'
import type { AppendEntries } from './messages.ts'
import { nextDue } from './server.ts'
import { appendReply, type Bench, clientRequest, follower, leader, voteReply } from './test-kit.ts'

/** The newest AppendEntries that a leader sent to S2. */
function newest(bench: Bench): AppendEntries {
  const request = bench.sent('AppendEntries').findLast(({ to }) => to === 2)
  if (request === undefined) throw new Error('nothing was sent to S2')
  return request
}

/** A leader S1 that has `known` entries acknowledged by S2, and has sent it the rest. */
function leaderWith(log: string, known: number, settings = {}): Bench {
  const bench = leader({ term: 4, log, settings })
  const ack = { ...newest(bench.wait(50_000)), entries: [], prevLogIndex: logIndex(known) }
  bench.receive(appendReply(ack))
  return bench.forget()
}

describe('sending entries (§5.3)', () => {
  it('a command goes to every follower at once', () => {
    const bench = leader({ term: 4, log: '11', servers: 5 }).receive(clientRequest())
    const request = { term: 4, prevLogIndex: 2, prevLogTerm: 1, entries: [{ index: 3, term: 4 }] }
    expect(bench.sent('AppendEntries')).toMatchObject([2, 3, 4, 5].map((to) => ({ to, ...request })))
  })

  it('it is on the leader’s own disk before any request leaves (§5.1)', () => {
    const { deeds } = leader({ term: 4, log: '11' }).receive(clientRequest())
    expect(deeds[0]).toMatchObject({ kind: 'stored', log: '114' })
  })

  it('heartbeats go out at the interval, empty to those that have everything', () => {
    const bench = leader({ term: 4, log: '11', settings: { heartbeatInterval: 50_000 } })
    bench.wait(49_999)
    expect(bench.deeds).toEqual([])
    bench.wait(1)
    expect(bench.sent('AppendEntries')).toMatchObject(
      [2, 3].map((to) => ({ to, prevLogIndex: 2, entries: [] })),
    )
    expect(bench.told('HeartbeatsSent')).toMatchObject([{ to: [2, 3], behind: [] }])
  })

  it('a heartbeat carries entries to whoever has not acknowledged them', () => {
    const bench = leader({ term: 4, log: '11' }).receive(clientRequest())
    const request = newest(bench)
    bench.receive(appendReply(request)).forget().wait(50_000)
    const sent = bench.sent('AppendEntries').map(({ to, entries }) => [to, entries.length])
    expect(sent).toEqual([
      [2, 0],
      [3, 1],
    ])
    expect(bench.told('HeartbeatsSent')).toMatchObject([{ to: [2, 3], behind: [3] }])
  })

  it('sending anything to a follower puts off its heartbeat (§5.2: heartbeats are for idle periods)', () => {
    const bench = leader({ term: 4 })
    bench.wait(30_000).receive(clientRequest()).forget()
    bench.wait(20_000)
    expect(bench.deeds).toEqual([])
    bench.wait(30_000)
    expect(bench.sent('AppendEntries')).toHaveLength(2)
  })

  it('an unanswered request is sent again after rpcTimeout, for ever (§5.1)', () => {
    const settings = { heartbeatInterval: 10_000_000, rpcTimeout: 80_000 }
    const bench = leader({ term: 4, settings }).receive(clientRequest())
    bench.receive(appendReply(newest(bench)))
    for (let round = 1; round <= 30; round++) {
      bench.forget().wait(79_999)
      expect(bench.deeds).toEqual([])
      bench.wait(1)
      expect(bench.sent('AppendEntries')).toMatchObject([{ to: 3, prevLogIndex: 0, entries: [{ index: 1 }] }])
      expect(bench.told('EntriesSent')).toMatchObject([{ to: 3, why: 'Unanswered' }])
    }
  })

  it('one request carries at most maxEntries; the rest follows on the acknowledgement', () => {
    const bench = leader({ term: 4, log: '1'.repeat(7), settings: { maxEntries: 3 } })
    const conflict = { conflictTerm: null, conflictIndex: 1 }
    bench.receive(appendReply(newest(bench.wait(50_000)), { conflict }))
    const received: number[][] = []
    for (let request = newest(bench); request.entries.length > 0; ) {
      received.push(request.entries.map(({ index }) => index))
      bench.forget().receive(appendReply(request))
      if (bench.sent('AppendEntries').length === 0) break
      request = newest(bench)
    }
    expect(received).toEqual([[1, 2, 3], [4, 5, 6], [7]])
  })
})

describe('hearing that entries are stored (§5.3; Figure 2, Leaders)', () => {
  it('matchIndex becomes what the request vouched for, and nextIndex the one after', () => {
    const bench = leader({ term: 4, log: '11' }).receive(clientRequest())
    bench.receive(appendReply(newest(bench)))
    expect(bench.peer(2)).toMatchObject({ matchIndex: 3, nextIndex: 4 })
    expect(bench.peer(3)).toMatchObject({ matchIndex: 0, nextIndex: 3 })
  })

  it('it is not the follower’s or the leader’s last index, which may be further on', () => {
    const bench = leader({ term: 4, log: '11' })
    const heartbeat = newest(bench.wait(50_000))
    bench.receive(clientRequest(1), clientRequest(2)).receive(appendReply(heartbeat))
    expect(bench.peer(2).matchIndex).toBe(2)
  })

  it('doubled, overtaken and late acknowledgements move nothing back', () => {
    const bench = leader({ term: 4, log: '11' }).receive(clientRequest(1))
    const first = newest(bench)
    const second = newest(bench.receive(clientRequest(2)))
    bench.receive(appendReply(second), appendReply(first), appendReply(second), appendReply(first))
    expect(bench.peer(2)).toMatchObject({ matchIndex: 4, nextIndex: 5 })
    expect(bench.told('MatchAdvanced')).toMatchObject([{ follower: 2, from: 0, to: 4 }])
    expect(bench.told('AppendReplyIgnored')).toHaveLength(3)
  })

  it('an acknowledgement from an earlier term of the same leader counts for nothing', () => {
    const bench = leader({ term: 4, log: '11' }).receive(clientRequest())
    const old = { ...appendReply(newest(bench)), requestTerm: term(3) }
    bench.receive(old)
    expect(bench.peer(2).matchIndex).toBe(0)
    expect(bench.told('AppendReplyIgnored')).toMatchObject([{ why: 'OldTerm' }])
  })

  it('an acknowledgement of an earlier request does not end the wait for the newest', () => {
    const settings = { heartbeatInterval: 10_000_000, rpcTimeout: 80_000 }
    const bench = leader({ term: 4, settings, servers: 2 }).receive(clientRequest(1))
    const first = newest(bench)
    bench.receive(clientRequest(2)).forget().receive(appendReply(first))
    expect(bench.peer(2).matchIndex).toBe(1)
    expect(bench.sent('AppendEntries')).toEqual([])
    const again = { prevLogIndex: 1, entries: [{ index: 2 }] }
    expect(bench.wait(80_000).sent('AppendEntries')).toMatchObject([again])
  })

  it('one of an earlier request that vouches for everything does end it, and the clock finds nothing due', () => {
    const settings = { heartbeatInterval: 10_000_000, rpcTimeout: 80_000 }
    const bench = leader({ term: 4, settings, servers: 2 }).receive(clientRequest())
    const first = newest(bench)
    const second = newest(bench.wait(80_000))
    expect(second).toMatchObject({ entries: first.entries, rpcId: first.rpcId + 1 })
    bench.receive(appendReply(first)).forget()
    expect(bench.peer(2)).toMatchObject({ matchIndex: 1, retryDue: Infinity })
    bench.wait(80_000)
    expect(bench.deeds).toEqual([])
    expect(nextDue(bench.server)).toBeGreaterThan(bench.now)
  })

  it.each([
    { why: 'by a follower that was still in the old term', replyTerm: 4 },
    { why: 'by one that has heard of the new term', replyTerm: 6 },
  ])(
    'acknowledgements of its earlier reign do not count for a leader elected again: $why',
    ({ replyTerm }) => {
      const bench = leader({ term: 4, log: '11' }).receive(clientRequest())
      const old = newest(bench)
      bench.receive(voteReply({ term: 5, voteGranted: false })).step({ kind: 'ElectionTimeout' })
      bench.receive(voteReply({ from: 3, term: 6 })).wait(50_000)
      expect(bench.server).toMatchObject({ role: 'leader', currentTerm: 6 })
      expect(newest(bench).rpcId).toBeLessThanOrEqual(old.rpcId)
      const before = structuredClone(bench.peer(2))
      bench.forget().receive(appendReply(old, { term: replyTerm }))
      expect(bench.peer(2)).toEqual(before)
      expect(bench.server.commitIndex).toBe(0)
      expect(bench.told('AppendReplyIgnored')).toMatchObject([{ follower: 2, why: 'OldTerm' }])
    },
  )

  it('who no longer leads ignores them', () => {
    const bench = leader({ term: 4, log: '11' })
    const request = newest(bench.wait(50_000))
    bench
      .receive(voteReply({ term: 5, voteGranted: false }))
      .forget()
      .receive(appendReply(request))
    expect(bench.told('AppendReplyIgnored')).toMatchObject([{ why: 'OldTerm' }])
    expect(bench.server.role).toBe('follower')
  })
})

describe('hearing a refusal (§5.3)', () => {
  it('nextIndex goes back, and the next try leaves at once', () => {
    const bench = leader({ term: 4, log: '1122' })
    const request = newest(bench.wait(50_000))
    bench.forget().receive(appendReply(request, { conflict: { conflictTerm: null, conflictIndex: 2 } }))
    expect(bench.peer(2)).toMatchObject({ nextIndex: 2, matchIndex: 0 })
    expect(bench.sent('AppendEntries')).toMatchObject([{ to: 2, prevLogIndex: 1, entries: [{}, {}, {}] }])
    expect(bench.told('NextBackedUp')).toMatchObject([{ from: 5, to: 2, why: 'LogEnds' }])
  })

  it('the same refusal twice moves nextIndex once', () => {
    const bench = leader({ term: 4, log: '1122', settings: { backUp: 'one' } })
    const refusal = appendReply(newest(bench.wait(50_000)), {
      conflict: { conflictTerm: 3, conflictIndex: 3 },
    })
    bench.receive(refusal, refusal)
    expect(bench.peer(2).nextIndex).toBe(4)
    expect(bench.told('AppendReplyIgnored')).toMatchObject([{ success: false, why: 'AlreadyBackedUp' }])
  })

  it('a refusal from before what is known to match moves nothing', () => {
    const bench = leaderWith('1122', 4)
    const old = { ...newest(bench.wait(50_000)), prevLogIndex: logIndex(3) }
    bench.receive(appendReply(old, { conflict: { conflictTerm: null, conflictIndex: 2 } }))
    expect(bench.peer(2)).toMatchObject({ nextIndex: 5, matchIndex: 4 })
    expect(bench.told('AppendReplyIgnored')).toMatchObject([{ why: 'KnownToMatch' }])
  })

  it('nextIndex never goes back to what is known to match', () => {
    const bench = leaderWith('1122', 2)
    bench.receive(
      appendReply(newest(bench.wait(50_000)), { conflict: { conflictTerm: null, conflictIndex: 1 } }),
    )
    expect(bench.peer(2)).toMatchObject({ nextIndex: 3, matchIndex: 2 })
  })

  it('a refusal of a later term ends the leadership (§5.1)', () => {
    const bench = leader({ term: 4, log: '1122' })
    bench.receive({ ...appendReply(newest(bench.wait(50_000)), { term: 6 }), success: false })
    expect(bench.server).toMatchObject({ role: 'follower', currentTerm: 6 })
  })
})

/** The Log Matching Property: logs with the same term at an index are the same up to there (Figure 3). */
const canCoexist = (one: string, two: string): boolean =>
  [...one].every((digit, i) => digit !== two[i] || one.slice(0, i) === two.slice(0, i))

/** Lets S1 (the leader) and S2 talk until S2 stores all; returns how often S2 refused. */
function repair(one: Bench, two: Bench): number {
  let refusals = 0
  for (let request = newest(one.wait(50_000)); ; request = newest(one)) {
    const [reply] = two.forget().receive(request).sent('AppendEntriesReply')
    if (reply === undefined) throw new Error('no reply')
    if (!reply.success) refusals++
    one.receive(reply)
    if (one.peer(2).matchIndex === one.server.log.length) return refusals
  }
}

describe('Figure 7: a new leader brings every follower to its own log (§5.3)', () => {
  const LEADER = '1114455666'
  it.each([
    { name: 'a', log: '111445566', byTerm: 1, byOne: 1, after: LEADER },
    { name: 'b', log: '1114', byTerm: 1, byOne: 6, after: LEADER },
    { name: 'c', log: '11144556666', byTerm: 0, byOne: 0, after: '11144556666' },
    { name: 'd', log: '111445566677', byTerm: 0, byOne: 0, after: '111445566677' },
    { name: 'e', log: '1114444', byTerm: 2, byOne: 5, after: LEADER },
    { name: 'f', log: '11122233333', byTerm: 2, byOne: 7, after: LEADER },
  ])('($name) $log: $byTerm refusals by terms, $byOne one by one', ({ log, byTerm, byOne, after }) => {
    for (const [backUp, refusals] of [['term', byTerm] as const, ['one', byOne] as const]) {
      const one = leader({ term: 8, log: LEADER, settings: { backUp } })
      const two = follower({ id: 2, term: 7, log })
      expect(repair(one, two)).toBe(refusals)
      expect(two.log).toBe(after)
    }
  })

  it.each([
    { name: 'c', log: '11144556666' },
    { name: 'd', log: '111445566677' },
  ])('($name) loses what it has too much with the leader’s first new entry', ({ log }) => {
    const one = leader({ term: 8, log: LEADER }).receive(clientRequest())
    const two = follower({ id: 2, term: 7, log })
    repair(one, two)
    expect(two.log).toBe(`${LEADER}8`)
  })

  it.each([
    { mine: '1144', theirs: '1122', from: 5, to: 3, why: 'PastTerm' },
    { mine: '1144', theirs: '1', from: 5, to: 2, why: 'LogEnds' },
    { mine: '1244', theirs: '1222', from: 5, to: 3, why: 'ToOwnTerm' },
    { mine: '1224', theirs: '1112', from: 5, to: 4, why: 'PastTerm' },
  ])('$theirs against the leader’s $mine: nextIndex $from → $to, $why', ({ mine, theirs, from, to, why }) => {
    const one = leader({ term: 8, log: mine })
    const two = follower({ id: 2, term: 7, log: theirs }).receive(newest(one.wait(50_000)))
    one.receive(...two.sent('AppendEntriesReply'))
    expect(one.told('NextBackedUp')).toMatchObject([{ from, to, why }])
  })

  it('whatever two logs are, both ways end in agreement, and terms never take more refusals', () => {
    const logs = [
      '',
      '1',
      '11',
      '12',
      '112',
      '1123',
      '1233',
      '1222',
      '2',
      '22',
      '3333',
      '11111',
      '122333',
      '113',
    ]
    for (const mine of logs) {
      for (const theirs of logs.filter((other) => canCoexist(mine, other))) {
        const counts = (['term', 'one'] as const).map((backUp) => {
          const one = leader({ term: 8, log: mine, settings: { backUp } }).receive(clientRequest())
          const two = follower({ id: 2, term: 7, log: theirs })
          const count = repair(one, two)
          expect([backUp, mine, theirs, two.log]).toEqual([backUp, mine, theirs, `${mine}8`])
          return count
        })
        expect(counts[0]).toBeLessThanOrEqual(counts[1] ?? 0)
      }
    }
  })
})

it('what is committed goes along with whatever is sent, old entries too (Figure 2)', () => {
  const bench = leader({ term: 4, servers: 2 }).receive(clientRequest(1), clientRequest(2))
  acknowledge(bench, 2)
  bench.peer(2).nextIndex = logIndex(1)
  expect(newest(bench.step({ kind: 'Heartbeat' }))).toMatchObject({ prevLogIndex: 0, leaderCommit: 2 })
})

it('a new command that has to wait is not what is sent', () => {
  const bench = leader({ term: 4, log: '11', servers: 2, settings: { maxEntries: 2 } })
  bench.peer(2).nextIndex = logIndex(1)
  bench.receive(clientRequest())
  expect(bench.told('EntriesSent')).toMatchObject([{ first: 1, last: 2, why: 'StillBehind' }])
})

it('nobody but a leader sends heartbeats (§5.2)', () => {
  expect(follower({ term: 4 }).step({ kind: 'Heartbeat' }).deeds).toEqual([])
})
