import { describe, expect, it } from 'vitest'
import { logIndex, micros, serverId, term } from '../base/ids.ts'
import { acknowledge, changeMembers, members } from './members-kit.ts'
import type { AppendEntries } from './messages.ts'
import { matchPeers } from './server.ts'
import { installReply, newest, refuse } from './snapshot-kit.ts'
import {
  appendEntries,
  appendReply,
  type Bench,
  candidate,
  clientRequest,
  follower,
  leader,
  requestVote,
  type Start,
  voteReply,
} from './test-kit.ts'

type Way = 'log' | 'readIndex' | 'lease' | 'local'
const get = (serial = 7) => clientRequest(serial, { kind: 'Get', key: 'x' })

/** A leader of term 4 that has committed x = 1 in that term, but has sent nothing since. */
function leading(reads: Way, start: Start = {}): Bench {
  const settings = { reads, heartbeatInterval: 10_000_000, rpcTimeout: 10_000_000, ...start.settings }
  const bench = leader({ term: 4, ...start, settings }).receive(clientRequest())
  for (const { id } of bench.server.peers) acknowledge(bench, id)
  return bench.forget()
}

/** The AppendEntries sent to one follower since the last `forget`, oldest first. */
const sentTo = (bench: Bench, id: number): AppendEntries[] =>
  bench.sent('AppendEntries').filter(({ to }) => to === id)

/** These answer the newest heartbeat that was sent to them. */
function confirm(bench: Bench, ...ids: readonly number[]): Bench {
  for (const id of ids) {
    const request = sentTo(bench, id).at(-1)
    if (request === undefined) throw new Error(`nothing was sent to S${id}`)
    bench.receive(appendReply(request))
  }
  return bench
}

/** A heartbeat goes out now; these answer it. */
const beat = (bench: Bench, ...ids: readonly number[]): Bench =>
  confirm(bench.forget().step({ kind: 'Heartbeat' }), ...ids)

const voteFrom = (from: number, term: number) => voteReply({ from, term })

const found = (value: string | null, serial = 7) => ({ serial, result: { kind: 'Found', value } })

describe('a get by ReadIndex (§8, D 6.4)', () => {
  it('puts nothing into the log, and is answered from the state machine after a round of heartbeats', () => {
    const bench = leading('readIndex').receive(get())
    expect(bench.told('ReadStarted')).toMatchObject([{ key: 'x', index: 1, rule: 'D 6.4' }])
    expect(bench.sent('AppendEntries')).toMatchObject([{ to: 2 }, { to: 3 }])
    expect(bench.sent('ClientReply')).toEqual([])
    confirm(bench, 2)
    expect(bench.sent('ClientReply')).toMatchObject([{ to: 11, leader: 1, upTo: 1, ...found('1') }])
    expect(bench.told('ReadAnswered')).toMatchObject([{ value: '1', way: { kind: 'readIndex', heard: [2] } }])
    expect(bench.log).toBe('4')
  })

  it.each([
    { servers: 1, others: 0 },
    { servers: 2, others: 1 },
    { servers: 3, others: 1 },
    { servers: 4, others: 2 },
    { servers: 5, others: 2 },
  ])('of $servers servers, $others others confirm, no fewer', ({ servers, others }) => {
    const bench = leading('readIndex', { servers }).receive(get())
    for (let id = 2; id < 2 + others; id++) {
      expect(bench.sent('ClientReply')).toEqual([])
      confirm(bench, id)
    }
    expect(bench.sent('ClientReply')).toMatchObject([found('1')])
    for (const { id } of bench.server.peers) confirm(bench, id)
    expect(bench.sent('ClientReply')).toHaveLength(1)
  })

  it('one follower that answers twice is one', () => {
    const bench = leading('readIndex', { servers: 5 }).receive(get())
    expect(confirm(bench, 2, 2, 2).sent('ClientReply')).toEqual([])
  })

  it('only heartbeats sent after it count, not those that are under way', () => {
    const bench = leading('readIndex', { servers: 5 }).step({ kind: 'Heartbeat' })
    const early = bench.sent('AppendEntries')
    bench.forget().receive(get())
    bench.receive(...early.map((request) => appendReply(request)))
    expect(bench.sent('ClientReply')).toEqual([])
    confirm(bench, 2)
    expect(bench.sent('ClientReply')).toEqual([])
    expect(confirm(bench, 4).sent('ClientReply')).toHaveLength(1)
  })

  it('what a follower has confirmed, a late answer of its does not take back', () => {
    const bench = leading('readIndex', { servers: 5 }).step({ kind: 'Heartbeat' })
    const [early] = sentTo(bench, 2)
    if (early === undefined) throw new Error('nothing was sent to S2')
    confirm(bench.receive(get()), 2).receive(appendReply(early))
    expect(confirm(bench, 3).sent('ClientReply')).toMatchObject([found('1')])
  })

  it('a later read is not confirmed by what confirms an earlier one', () => {
    const bench = leading('readIndex').receive(get(7))
    const [first] = sentTo(bench, 2)
    bench.receive(get(8))
    if (first !== undefined) bench.receive(appendReply(first))
    expect(bench.sent('ClientReply')).toMatchObject([found('1', 7)])
    expect(confirm(bench, 2).sent('ClientReply')).toMatchObject([found('1', 7), found('1', 8)])
  })

  it('but an earlier one by what confirms a later one', () => {
    const bench = confirm(leading('readIndex').receive(get(7), get(8)), 3)
    expect(bench.sent('ClientReply')).toMatchObject([found('1', 7), found('1', 8)])
  })

  it('a refused AppendEntries confirms as well: that follower takes it for its leader', () => {
    const bench = leading('readIndex').receive(get())
    const conflict = { conflictTerm: null, conflictIndex: 1 }
    const [request] = sentTo(bench, 2)
    if (request !== undefined)
      bench.receive(appendReply({ ...request, prevLogIndex: logIndex(9) }, { conflict }))
    expect(bench.sent('ClientReply')).toMatchObject([found('1')])
  })

  it('so does the answer to a snapshot (§7)', () => {
    const start = { term: 7, log: '11223', base: 3, settings: { reads: 'readIndex', noOp: true } } as const
    const bench = acknowledge(leader({ ...start, servers: 3 }), 3).wait(50_000)
    refuse(bench)
      .forget()
      .receive(get())
      .step({ kind: 'Retry', peer: serverId(2) })
    expect(bench.sent('ClientReply')).toEqual([])
    bench.receive(installReply(newest(bench, 'InstallSnapshot')))
    expect(bench.sent('ClientReply')).toHaveLength(1)
  })

  it('an answer of an earlier term does not', () => {
    const bench = leading('readIndex').receive(get())
    const old = appendEntries({ from: 1, to: 2, term: 3, rpcId: 99 })
    bench.receive(appendReply(old), appendReply(old, { term: 4 }))
    expect(bench.sent('ClientReply')).toEqual([])
  })

  it('nor does a learner (D 4.2.1)', () => {
    const bench = leading('readIndex', { servers: 3, log: '1' }).receive(changeMembers([4], [], 1), get())
    const conflict = { conflictTerm: null, conflictIndex: 1 }
    const [asked] = sentTo(bench, 4).slice(-1)
    if (asked === undefined) throw new Error('nothing was sent to S4')
    bench.receive(appendReply(asked, { conflict }))
    expect(bench.sent('ClientReply')).toEqual([])
    expect(confirm(bench, 2).sent('ClientReply')).toMatchObject([found('1')])
    expect(bench.told('ReadAnswered')).toMatchObject([{ way: { heard: [2] } }])
  })

  it.each([
    { heard: [2, 3], answered: false },
    { heard: [4, 5], answered: false },
    { heard: [2, 5], answered: true },
  ])('in joint consensus $heard confirm: $answered (§6)', ({ heard, answered }) => {
    const bench = leading('readIndex', { servers: 5 })
    const joint = { index: logIndex(1), configuration: members([1, 2, 3], [1, 4, 5]) }
    bench.server.configurations = [...bench.server.configurations, joint]
    matchPeers(bench.server, bench.now)
    confirm(bench.receive(get()), ...heard)
    expect(bench.sent('ClientReply')).toHaveLength(answered ? 1 : 0)
  })

  it('sees all that was committed before it is answered', () => {
    const bench = leading('readIndex').receive(get())
    bench.receive(clientRequest(2, { kind: 'Put', key: 'x', value: '2' }))
    expect(acknowledge(bench, 2).sent('ClientReply').slice(-1)).toMatchObject([{ upTo: 2, ...found('2') }])
  })

  it('and tells what is not there', () => {
    const bench = leading('readIndex', { servers: 1 }).receive(clientRequest(7, { kind: 'Get', key: 'y' }))
    expect(bench.sent('ClientReply')).toMatchObject([found(null)])
  })
})

describe.each(['readIndex', 'lease'] as const)(
  'a get by %s waits for an entry of the leader’s term',
  (reads) => {
    const start = { term: 4, log: '13', settings: { reads, heartbeatInterval: 10_000_000 } }

    it('what is committed it cannot know before (D 6.4, step 1)', () => {
      const bench = acknowledge(leader(start), 2).forget().receive(get())
      expect(bench.told('ReadHeld')).toMatchObject([{ key: 'x', term: 4 }])
      beat(bench, 2, 3)
      expect(bench.sent('ClientReply')).toEqual([])
    })

    it('then it starts, with a round of heartbeats of its own', () => {
      const bench = leader(start)
        .receive(get(), clientRequest(8, { kind: 'Put', key: 'x', value: '8' }))
        .forget()
      const entry = acknowledge(bench, 2)
      expect(entry.server.commitIndex).toBe(3)
      expect(entry.told('ReadStarted')).toMatchObject([{ index: 3 }])
      expect(entry.sent('ClientReply')).toMatchObject([{ serial: 8 }])
      expect(confirm(entry, 3).sent('ClientReply')[1]).toMatchObject({ upTo: 3, ...found('8') })
    })

    it('the entry may be the no-op', () => {
      const bench = leader({ ...start, settings: { ...start.settings, noOp: true } }).receive(get())
      expect(acknowledge(bench, 2).told('ReadStarted')).toMatchObject([{ index: 3 }])
    })

    it('a commit that a previous leader told of is not enough', () => {
      const bench = follower(start).receive(appendEntries({ term: 4, log: '13', prev: 2, leaderCommit: 2 }))
      bench.wait(200_000).receive(voteFrom(2, 5)).forget().receive(get())
      expect(bench.server).toMatchObject({ role: 'leader', currentTerm: 5, commitIndex: 2 })
      expect(bench.told('ReadHeld')).toMatchObject([{ term: 5 }])
    })

    it('alone in its cluster it is answered as the entry is committed', () => {
      const bench = leader({ ...start, servers: 1 }).receive(get())
      expect(bench.sent('ClientReply')).toEqual([])
      expect(bench.receive(clientRequest(8)).sent('ClientReply')).toMatchObject([{ serial: 8 }, found('1')])
    })
  },
)

describe('whoever is no leader answers no get (D 6.4)', () => {
  it.each(['readIndex', 'lease'] as const)('by %s: what waits when it steps down is dropped', (reads) => {
    const held = leader({ term: 4, settings: { reads } }).receive(get())
    // One that waits for its round of heartbeats; a leader whose lease has run out steps down at the same time.
    const started = leading('readIndex').receive(get())
    for (const bench of reads === 'lease' ? [held] : [held, started]) {
      expect(bench.server.reads).toHaveLength(1)
      // A vote request would not do it under a lease.
      bench.forget().receive(voteReply({ from: 2, term: 5 }))
      expect(bench.server.reads).toEqual([])
      expect(bench.told('ReadsDropped')).toMatchObject([{ count: 1 }])
      expect(bench.sent('ClientReply')).toMatchObject([{ serial: 7, result: null, leader: null, upTo: 0 }])
    }
  })

  it('answers that come after that answer nothing', () => {
    const bench = leading('readIndex').receive(get())
    const asked = bench.sent('AppendEntries')
    bench.receive(requestVote({ term: 5, log: '44444' })).forget()
    bench.receive(...asked.map((request) => appendReply(request)))
    expect(bench.sent('ClientReply')).toEqual([])
  })

  it.each([
    ['follower', follower],
    ['candidate', candidate],
  ])('a %s sends the client on, whatever the way', (_, make) => {
    for (const reads of ['log', 'readIndex', 'lease', 'local'] as const) {
      const bench = make({ term: 4, settings: { reads } }).receive(get())
      expect(bench.sent('ClientReply')).toMatchObject([{ serial: 7, result: null }])
    }
  })
})

describe('a get by lease (D 6.4.1)', () => {
  const protectedly = { settings: { checkQuorum: true } }
  /** What is left of a lease, or `null` if it is over. */
  function left(bench: Bench): number | null {
    const [answered] = bench.forget().receive(get()).told('ReadAnswered')
    return answered?.way.kind === 'lease' ? answered.way.left : null
  }

  it('is answered at once while a majority is bound', () => {
    const bench = beat(leading('lease', protectedly), 2).forget().receive(get())
    expect(bench.sent('ClientReply')).toMatchObject([{ leader: 1, upTo: 1, ...found('1') }])
    expect(bench.sent('AppendEntries')).toEqual([])
  })

  it('the lease runs from when the heartbeat was sent, for the shortest election timeout', () => {
    const bench = leading('lease', protectedly)
    bench.wait(100_000).forget().step({ kind: 'Heartbeat' }).wait(40_000)
    confirm(bench, 2)
    expect(left(bench)).toBe(110_000)
    expect(left(bench.wait(109_999))).toBe(1)
    expect(left(bench.wait(1))).toBeNull()
    expect(bench.told('LeaseOver')).toMatchObject([{ key: 'x', rule: 'D 6.4.1' }])
  })

  it('when it is over, a round of heartbeats answers, and renews it', () => {
    const bench = beat(leading('lease', protectedly), 2).forget().wait(149_000).wait(1000)
    bench.receive(get())
    expect(bench.sent('ClientReply')).toEqual([])
    expect(confirm(bench, 3).sent('ClientReply')).toMatchObject([found('1')])
    expect(left(bench)).toBe(150_000)
  })

  it('an answer to an old heartbeat binds from then only, and late ones shorten nothing', () => {
    const bench = leading('lease', protectedly).wait(1000).forget().step({ kind: 'Heartbeat' })
    const [old] = sentTo(bench, 2)
    if (old === undefined) throw new Error('nothing was sent to S2')
    beat(bench.wait(50_000), 2)
    expect(left(bench)).toBe(150_000)
    bench.receive(appendReply(old))
    expect(left(bench)).toBe(150_000)
    expect(left(bench.wait(149_999))).toBe(1)
  })

  it.each([
    { servers: 3, heard: { S2: 0 }, expected: 60_000 },
    { servers: 5, heard: { S2: 0 }, expected: null },
    { servers: 5, heard: { S2: 0, S3: 30_000 }, expected: 60_000 },
    { servers: 5, heard: { S2: 0, S4: 20_000, S3: 30_000 }, expected: 80_000 },
    { servers: 4, heard: { S2: 0, S4: 20_000, S3: 30_000 }, expected: 80_000 },
  ])('of $servers servers, the majority that was heard last counts: $heard', (row) => {
    const bench = leading('lease', { servers: row.servers, ...protectedly })
    const start = bench.now + 200_000 // what was acknowledged before is past
    for (const [name, at] of Object.entries(row.heard)) {
      bench.now = micros(start + at)
      beat(bench, Number(name.slice(1)))
    }
    bench.now = micros(start + 90_000)
    expect(left(bench)).toBe(row.expected)
  })

  it('a transfer ends it for the whole term: who stands then asks nobody to wait', () => {
    const bench = beat(leading('lease', protectedly), 2, 3)
    expect(left(bench)).toBe(150_000)
    bench.step({ kind: 'Transfer', to: serverId(2) })
    beat(beat(bench.wait(100_000), 2).wait(100_000), 2).wait(100_000)
    expect(bench.told('TransferAbandoned')).toHaveLength(1)
    expect(left(beat(bench, 2, 3))).toBeNull()
    expect(confirm(bench, 2).sent('ClientReply')).toMatchObject([found('1')])
    expect(left(bench)).toBeNull()
  })

  it('a transfer that was refused ends nothing', () => {
    const bench = beat(leading('lease', protectedly), 2).step({ kind: 'Transfer', to: serverId(9) })
    expect(left(bench)).toBe(150_000)
  })

  it('the next term begins a new one', () => {
    const bench = beat(leading('lease', protectedly), 2).step({ kind: 'Transfer', to: serverId(2) })
    bench.receive({ ...requestVote({ term: 5, log: '44' }), transfer: true }).wait(200_000)
    bench.receive(voteFrom(3, 6)).forget().receive(clientRequest(9))
    acknowledge(bench, 2)
    expect(bench.server).toMatchObject({ role: 'leader', currentTerm: 6, leaseOver: false })
    expect(left(beat(bench, 2))).toBe(150_000)
  })

  it('alone in its cluster, it is always bound to itself', () => {
    expect(left(leading('lease', { servers: 1, ...protectedly }).wait(1_000_000))).toBe(150_000)
  })

  it('is over before any of those that are bound grants a vote (D 4.2.3)', () => {
    const one = leading('lease', protectedly).wait(1000).forget().step({ kind: 'Heartbeat' })
    const two = follower({ id: 2, term: 4, ...protectedly })
    two.now = micros(one.now + 20_000)
    two.receive(...sentTo(one, 2))
    one.receive(...two.sent('AppendEntriesReply'))
    expect(left(one.wait(149_999))).toBe(1)
    expect(left(one.wait(1))).toBeNull()
    two.now = micros(one.now + 19_999)
    two.receive(requestVote({ from: 3, to: 2, term: 5, log: '44' }))
    expect(two.server).toMatchObject({ currentTerm: 4, votedFor: null })
  })
})

describe('a local get', () => {
  it('is answered from what is at hand, without asking anyone: unsafe', () => {
    const bench = leader({ term: 4, settings: { reads: 'local' } }).receive(get())
    expect(bench.sent('ClientReply')).toMatchObject([found(null)])
    expect(bench.told('ReadAnswered')).toMatchObject([{ way: { kind: 'local' } }])
    expect(bench.sent('AppendEntries')).toEqual([])
  })

  it('by a leader that is deposed and does not know it, it is stale; ReadIndex gets no answer there', () => {
    for (const reads of ['local', 'readIndex'] as const) {
      const bench = leading(reads)
        .receive(clientRequest(2, { kind: 'Put', key: 'x', value: '2' }))
        .forget()
      bench.wait(1_000_000).receive(get())
      expect(bench.sent('ClientReply')).toMatchObject(reads === 'local' ? [found('1')] : [])
    }
  })
})

describe('a get through the log', () => {
  it('is an entry like any other', () => {
    const bench = leading('log').receive(get())
    expect(bench.log).toBe('44')
    expect(bench.server.reads).toEqual([])
    expect(acknowledge(bench, 2).sent('ClientReply')).toMatchObject([{ upTo: 2, ...found('1') }])
  })
})

describe('other commands never take these ways', () => {
  it.each(['readIndex', 'lease', 'local'] as const)('with %s, a put is an entry', (reads) => {
    expect(leading(reads).receive(clientRequest(2)).log).toBe('44')
  })
})

it('the answer to a snapshot of an earlier term confirms nothing (D 6.4)', () => {
  const start = { term: 7, log: '11223', base: 3, settings: { reads: 'readIndex', noOp: true } } as const
  const bench = refuse(acknowledge(leader({ ...start, servers: 3 }), 3).wait(50_000))
  const old = { ...installReply(newest(bench, 'InstallSnapshot')), requestTerm: term(6), rpcId: 99 }
  bench.receive(get()).forget().receive(old)
  expect(bench.sent('ClientReply')).toEqual([])
})

it('a get that comes again is answered once', () => {
  const bench = leading('readIndex').receive(get(), get())
  expect(confirm(bench, 2).sent('ClientReply')).toHaveLength(1)
})

const lastsFor = (bench: Bench) =>
  bench
    .forget()
    .receive(get())
    .told('ReadAnswered')
    .map(({ way }) => (way.kind === 'lease' ? way.left : way.kind))

it.each([{ pipeline: 0 }, { pipeline: 4 }])(
  'of two heartbeats on their way, each binds from when it was sent: $pipeline',
  (settings) => {
    const bench = leading('lease', { settings }).wait(60_000).step({ kind: 'Heartbeat' })
    bench.wait(50_000).step({ kind: 'Heartbeat' }).wait(10_000)
    const left = sentTo(bench, 2).map((one) => lastsFor(bench.receive(appendReply(one))))
    expect(left).toEqual([[90_000], [140_000]])
  },
)

it.each([
  { heard: [2, 3], left: [] },
  { heard: [4, 5], left: [] },
  { heard: [2, 4], left: [150_000] },
])(
  'in joint consensus a lease takes a majority of both, not of the union: $heard (§6)',
  ({ heard, left }) => {
    const bench = leading('lease')
    const configuration = members([1, 2, 3], [1, 4, 5])
    bench.server.configurations = [...bench.server.configurations, { index: logIndex(1), configuration }]
    bench.now = micros(bench.now + 200_000)
    matchPeers(bench.server, bench.now)
    expect(lastsFor(beat(bench, ...heard))).toEqual(left)
  },
)

it('what waits is answered when the leader becomes its own majority: nobody else is left to confirm (§6)', () => {
  const bench = leading('readIndex', { servers: 2 }).receive(get(), changeMembers([], [2], 9))
  expect(bench.sent('ClientReply')).toContainEqual(expect.objectContaining(found('1')))
  expect(bench.server.reads).toEqual([])
})

it('who may have lent its leader a lease does not vote for itself, whoever makes its timer run out (D 6.4.1)', () => {
  const bench = follower({ term: 4, settings: { reads: 'lease' } })
  bench
    .receive(appendEntries({ from: 3, term: 4 }))
    .wait(149_999)
    .step({ kind: 'ElectionTimeout' })
  expect(bench.told('NotStanding')).toMatchObject([{ rule: 'D 6.4.1', why: 'Lends' }])
  expect(bench.server).toMatchObject({ role: 'follower', currentTerm: 4, electionDue: bench.now + 50_001 })
  expect(bench.wait(1).step({ kind: 'ElectionTimeout' }).server.role).toBe('candidate')
})
