import { describe, expect, it } from 'vitest'
import { logIndex, type ServerId } from '../base/ids.ts'
import { acknowledge } from './members-kit.ts'
import type { AppendEntries } from './messages.ts'
import { nextDue } from './server.ts'
import { type RaftSettings, section5Settings } from './settings.ts'
import { appendReply, type Bench, clientRequest, follower, leader, type Start } from './test-kit.ts'

const SILENT = { heartbeatInterval: 10_000_000, rpcTimeout: 80_000 }

/** What has been sent to S2 and carries entries, as first and last. */
const stretches = (bench: Bench) =>
  withEntries(bench).map(({ prevLogIndex, entries }) => [prevLogIndex + 1, prevLogIndex + entries.length])

const withEntries = (bench: Bench): AppendEntries[] =>
  bench.sent('AppendEntries').filter(({ to, entries }) => to === 2 && entries.length > 0)

function last(bench: Bench): AppendEntries {
  const found = bench.sent('AppendEntries').findLast(({ to }) => to === 2)
  if (found === undefined) throw new Error('nothing was sent to S2')
  return found
}

const requests = (...serials: readonly number[]) => serials.map((serial) => clientRequest(serial))

/** A leader of two whose place in S2's log is not known yet: it has sent it the first of its commands. */
const probing = (pipeline: number, start: Start = {}) =>
  leader({ term: 4, servers: 2, ...start, settings: { ...SILENT, pipeline, ...start.settings } }).receive(
    ...requests(1),
  )

/** The same when S2 has acknowledged that. */
const replicating = (pipeline: number, start: Start = {}) => {
  const bench = probing(pipeline, start)
  return bench.receive(appendReply(last(bench))).forget()
}

const refusal = (conflictIndex: number) => ({ conflict: { conflictTerm: null, conflictIndex } })

describe('while its place is sought, a follower gets one message at a time (D 10.2.2)', () => {
  it('new commands wait for the answer to the first', () => {
    const bench = probing(3).receive(...requests(2, 3))
    expect(stretches(bench)).toEqual([[1, 1]])
    expect(bench.told('PipelineFull')).toMatchObject([{ to: 2, inFlight: 1 }, {}])
    expect(bench.peer(2).mode).toBe('probe')
  })

  it('an acknowledgement makes it known, and what has waited goes out', () => {
    const bench = probing(3).receive(...requests(2, 3))
    bench.receive(appendReply(last(bench)))
    expect(stretches(bench)).toEqual([
      [1, 1],
      [2, 3],
    ])
    expect(bench.told('ModeChanged')).toMatchObject([{ follower: 2, mode: 'replicate', why: 'Matched' }])
    expect(bench.peer(2)).toMatchObject({ mode: 'replicate', matchIndex: 1, nextIndex: 4 })
  })

  it('a refusal moves it back, and is followed by one message again', () => {
    const bench = probing(3, { log: '11', settings: { maxEntries: 1 } })
    bench.forget().receive(appendReply({ ...last(probing(3, { log: '11' })) }, refusal(1)))
    expect(stretches(bench)).toEqual([[1, 1]])
    expect(bench.peer(2)).toMatchObject({ mode: 'probe', nextIndex: 1 })
  })

  it('an answer that vouches for less than was asked leaves it unknown', () => {
    const bench = leader({ term: 4, log: '1122', servers: 2, settings: { ...SILENT, pipeline: 3 } })
    bench.receive(...requests(1)).step({ kind: 'Heartbeat' })
    expect(last(bench)).toMatchObject({ prevLogIndex: 0, entries: [] })
    bench.receive(appendReply(last(bench)))
    expect(bench.peer(2)).toMatchObject({ mode: 'probe', nextIndex: 5, matchIndex: 0 })
  })

  it('a heartbeat that finds the follower’s log complete makes it known too', () => {
    const bench = leader({ term: 4, log: '11', servers: 2, settings: { ...SILENT, pipeline: 3 } })
    bench.step({ kind: 'Heartbeat' }).receive(appendReply(last(bench)))
    expect(bench.peer(2)).toMatchObject({ mode: 'replicate', nextIndex: 3, matchIndex: 2 })
  })
})

describe('when it is known, nextIndex runs ahead of the answers (D 10.2.2)', () => {
  it('each command leaves at once, by itself', () => {
    const bench = replicating(4).receive(...requests(2, 3, 4))
    expect(stretches(bench)).toEqual([
      [2, 2],
      [3, 3],
      [4, 4],
    ])
    expect(bench.peer(2)).toMatchObject({ nextIndex: 5, matchIndex: 1 })
  })

  it.each([
    { pipeline: 1, sent: [[2, 2]] },
    {
      pipeline: 2,
      sent: [
        [2, 2],
        [3, 3],
      ],
    },
  ])('with $pipeline on their way, the rest waits', ({ pipeline, sent }) => {
    const bench = replicating(pipeline).receive(...requests(2, 3, 4, 5))
    expect(stretches(bench)).toEqual(sent)
    expect(bench.told('PipelineFull')[0]).toMatchObject({ to: 2, inFlight: pipeline })
    const [first] = withEntries(bench)
    if (first === undefined) throw new Error('nothing was sent')
    bench.forget().receive(appendReply(first))
    expect(stretches(bench)).toEqual([[sent.length + 2, 5]])
  })

  it('a long log leaves in as many messages as may be on their way', () => {
    const bench = leader({
      term: 4,
      log: '1'.repeat(9),
      servers: 2,
      settings: { ...SILENT, pipeline: 3, maxEntries: 2 },
    })
    bench.step({ kind: 'Heartbeat' }).receive(appendReply(last(bench), refusal(1)))
    bench.receive(appendReply(last(bench)))
    expect(stretches(bench)).toEqual([
      [1, 2],
      [3, 4],
      [5, 6],
      [7, 8],
    ])
  })

  it('one acknowledgement vouches for all before it', () => {
    const bench = replicating(4).receive(...requests(2, 3, 4))
    const [first, , third] = withEntries(bench)
    if (first === undefined || third === undefined) throw new Error('three were sent')
    bench.forget().receive(appendReply(third), appendReply(first))
    expect(bench.peer(2)).toMatchObject({ matchIndex: 4, nextIndex: 5, inFlight: [], retryDue: Infinity })
    expect(bench.deeds.some((deed) => deed.kind === 'sent' && deed.message.kind === 'AppendEntries')).toBe(
      false,
    )
  })

  it('heartbeats are not counted, and go out when it is full', () => {
    const bench = replicating(1)
      .receive(...requests(2, 3))
      .forget()
      .step({ kind: 'Heartbeat' })
    expect(last(bench)).toMatchObject({ prevLogIndex: 1, entries: [] })
    const idle = replicating(1)
      .step({ kind: 'Heartbeat' })
      .step({ kind: 'Heartbeat' })
      .receive(...requests(2))
    expect(stretches(idle)).toEqual([[2, 2]])
  })

  it('at 0 none of this is done: each message begins where the last answer left off', () => {
    const bench = replicating(0).receive(...requests(2, 3))
    expect(stretches(bench)).toEqual([
      [2, 2],
      [2, 3],
    ])
    expect(bench.peer(2)).toMatchObject({ mode: 'probe', nextIndex: 2, inFlight: [] })
    expect(bench.told('ModeChanged')).toEqual([])
  })
})

describe('what went out in vain goes out again (D 10.2.2)', () => {
  it('a refusal, of what overtook the rest, goes back to seeking', () => {
    const bench = replicating(4).receive(...requests(2, 3, 4))
    const [first, , third] = withEntries(bench)
    if (first === undefined || third === undefined) throw new Error('three were sent')
    bench.forget().receive(appendReply(third, refusal(2)))
    expect(bench.told('ModeChanged')).toMatchObject([{ mode: 'probe', why: 'Refused' }])
    expect(stretches(bench)).toEqual([[2, 4]])
    expect(bench.peer(2)).toMatchObject({ matchIndex: 1, nextIndex: 2 })
    bench.receive(appendReply(first))
    expect(bench.peer(2)).toMatchObject({ mode: 'replicate', matchIndex: 2 })
  })

  it('a refusal that comes again, or late, moves nothing', () => {
    const bench = replicating(4).receive(...requests(2, 3))
    const [, second] = withEntries(bench)
    if (second === undefined) throw new Error('two were sent')
    bench.receive(appendReply(second, refusal(2)))
    const before = structuredClone(bench.peer(2))
    bench.forget().receive(appendReply(second, refusal(2)))
    expect(bench.peer(2)).toEqual(before)
    bench.receive(appendReply(second), appendReply(second, refusal(2)))
    expect(bench.peer(2).matchIndex).toBe(3)
    expect(bench.told('AppendReplyIgnored').map(({ why }) => why)).toContain('KnownToMatch')
  })

  it('a silence goes back to what is known to match', () => {
    const bench = replicating(4)
      .receive(...requests(2, 3))
      .forget()
      .wait(80_000)
    expect(bench.told('ModeChanged')).toMatchObject([{ mode: 'probe', why: 'Unanswered' }])
    expect(stretches(bench)).toEqual([[2, 3]])
    expect(bench.told('EntriesSent')).toMatchObject([{ why: 'Unanswered' }])
  })

  it('the silence is counted from the last progress', () => {
    const bench = replicating(4).receive(...requests(2, 3))
    const [first] = withEntries(bench)
    if (first === undefined) throw new Error('two were sent')
    bench.wait(79_999).receive(appendReply(first)).forget().wait(79_999)
    expect(bench.deeds).toEqual([])
    expect(stretches(bench.wait(1))).toEqual([[3, 3]])
  })

  it.each([
    { pipeline: 1, known: false, why: 'its place is sought' },
    { pipeline: 4, known: false, why: 'its place is sought' },
    { pipeline: 1, known: true, why: 'all that may be is on its way' },
    { pipeline: 2, known: true, why: 'there is room for more' },
  ])('answered heartbeats do not put it off: $why (at $pipeline)', ({ pipeline, known }) => {
    const start: Start = { settings: { heartbeatInterval: 30_000 } }
    const bench = known ? replicating(pipeline, start).receive(...requests(2)) : probing(pipeline, start)
    const lost = stretches(bench)
    bench.forget()
    for (let time = 0; time < 160_000; time += 10_000) {
      bench.wait(10_000)
      if (nextDue(bench.server) <= bench.now) bench.wait(0)
      if (withEntries(bench).length > 0) break
      const beats = bench.sent('AppendEntries').filter(({ prevLogIndex }) => prevLogIndex < (known ? 2 : 1))
      bench.forget().receive(...beats.map((beat) => appendReply(beat)))
    }
    expect(stretches(bench)[0]).toEqual(lost[0])
  })

  it('an answer to a heartbeat sent after lost entries shows that they are lost', () => {
    const bench = replicating(4)
      .receive(...requests(2))
      .step({ kind: 'Heartbeat' })
    expect(last(bench)).toMatchObject({ prevLogIndex: 2, entries: [] })
    const heartbeat = last(bench)
    bench.forget().receive(appendReply(heartbeat, refusal(2)))
    expect(stretches(bench)).toEqual([[2, 2]])
  })
})

describe('the setting is changed while the leader leads', () => {
  it.each([
    { from: 0, to: 4 },
    { from: 4, to: 0 },
    { from: 4, to: 1 },
    { from: 1, to: 4 },
  ])('from $from to $to: what was lost, and what is new, still arrives', ({ from, to }) => {
    const one = replicating(from)
      .receive(...requests(2, 3, 4))
      .forget()
    const two = follower({ id: 2, term: 4, servers: 2, log: '4' })
    one.change({ pipeline: to }).receive(...requests(5))
    converse(one, two, 40)
    expect([two.log, one.server.commitIndex]).toEqual(['44444', 5])
  })
})

/** Lets S1 and S2 talk, for so many rounds of 10 ms; `fate` says how often a message arrives, and how late. */
function converse(one: Bench, two: Bench, rounds: number, fate = (): readonly number[] => [0]): void {
  const onTheWay: { readonly at: number; readonly arrive: () => void }[] = []
  for (let round = 0; round < rounds; round++) {
    one.wait(10_000)
    for (let i = 0; i < 3 && nextDue(one.server) <= one.now; i++) one.wait(0)
    for (const request of [...one.sent('AppendEntries'), ...one.sent('InstallSnapshot')])
      if (request.to === two.server.id)
        for (const late of fate()) onTheWay.push({ at: round + late, arrive: () => two.receive(request) })
    one.forget()
    two.wait(0)
    for (const answer of [...two.sent('AppendEntriesReply'), ...two.sent('InstallSnapshotReply')])
      for (const late of fate()) onTheWay.push({ at: round + late, arrive: () => one.receive(answer) })
    two.forget()
    for (const { at, arrive } of onTheWay.splice(0)) at <= round ? arrive() : onTheWay.push({ at, arrive })
  }
}

/** A small keyed chance, the same everywhere. */
function chance(seed: number): (of: number) => number {
  let state = seed * 2_654_435 + 12_345
  return (of) => {
    state = (state * 69_069 + 1) % 4_294_967_296
    return Math.floor(state / 65_536) % of
  }
}

describe('whatever is lost, doubled or overtaken, everything arrives (§5.1)', () => {
  const settings = [
    { pipeline: 0, snapshotAt: 0, snapshotChunk: 0 },
    { pipeline: 1, snapshotAt: 0, snapshotChunk: 0 },
    { pipeline: 4, snapshotAt: 0, snapshotChunk: 0 },
    { pipeline: 0, snapshotAt: 3, snapshotChunk: 30 },
    { pipeline: 1, snapshotAt: 3, snapshotChunk: 0 },
    { pipeline: 4, snapshotAt: 3, snapshotChunk: 30 },
  ]
  it.each(settings)('pipeline $pipeline, snapshots at $snapshotAt in $snapshotChunk', (given) => {
    const unfinished: number[] = []
    for (let seed = 1; seed <= 40; seed++) {
      const next = chance(seed)
      const fate = () => (next(3) === 0 ? [] : next(5) === 0 ? [next(9), next(9)] : [next(9)])
      const base = given.snapshotAt > 0 ? 2 : 0
      const one = leader({ term: 4, log: '1122', base, settings: { ...given, maxEntries: 2 } })
      const two = follower({ id: 2, term: 4, log: ['', '11', '1133', '3'][seed % 4] ?? '', settings: given })
      two.server.electionDue = Infinity as typeof two.now
      for (let serial = 1; serial <= 12; serial++) {
        one.receive(clientRequest(serial))
        two.timeout = 1e9
        converse(one, two, next(8), fate)
      }
      // Nothing is healed: it goes on as badly as before, and still arrives.
      converse(one, two, 400, fate)
      const { log, commitIndex } = two.server
      if (log.length !== 16 || commitIndex !== 16 || one.peer(2 as ServerId).matchIndex !== 16)
        unfinished.push(seed)
      else expect(two.server.store).toEqual(one.server.store)
    }
    expect(unfinished).toEqual([])
  })
})

it('a follower that has nothing in common gets everything, however many may be on their way', () => {
  for (const pipeline of [0, 1, 2, 8]) {
    const settings = { pipeline, maxEntries: 2 }
    const one = leader({ term: 4, log: '1122222', servers: 2, settings }).receive(...requests(1))
    const two = follower({ id: 2, term: 4, servers: 2, log: '333' })
    converse(one, two, 30)
    expect([pipeline, two.log, one.server.commitIndex]).toEqual([pipeline, '11222224', logIndex(8)])
  }
})

it('turned off, it leaves nothing behind: nextIndex moves on answers again', () => {
  const bench = leader({ term: 4, settings: { pipeline: 4 } }).receive(clientRequest())
  acknowledge(bench, 2)
  expect(bench.peer(2).mode).toBe('replicate')
  const was = { ...section5Settings, pipeline: 4 } as RaftSettings
  bench.change({ pipeline: 0 }).step({ kind: 'SettingsChanged', was })
  bench.forget().receive(clientRequest(2), clientRequest(3))
  expect(bench.peer(2)).toMatchObject({ mode: 'probe', nextIndex: 2, inFlight: [] })
  expect(bench.sent('AppendEntries').filter(({ to }) => to === 2)).toMatchObject([
    { prevLogIndex: 1 },
    { prevLogIndex: 1 },
  ])
})

it('an answer that vouches for all but the last leaves its place unknown', () => {
  const bench = leader({ term: 4, log: '1122', servers: 2, settings: { ...SILENT, pipeline: 3 } })
  expect(acknowledge(bench, 2, 3).peer(2)).toMatchObject({ mode: 'probe', nextIndex: 5, matchIndex: 3 })
})

it('without a pipeline, what is acknowledged is followed by the rest, by lease too (§5.3)', () => {
  const bench = probing(0, { settings: { reads: 'lease', maxEntries: 1 } }).receive(...requests(2))
  const asked = last(bench)
  bench.forget().receive(appendReply(asked))
  expect(bench.told('EntriesSent')).toMatchObject([{ to: 2, first: 2, last: 2, why: 'StillBehind' }])
})

it('of a follower that is silent, only the latest messages are remembered', () => {
  const bench = leader({ term: 4, servers: 2, settings: { pipeline: 3 } })
  for (let i = 0; i < 100; i++) bench.step({ kind: 'Heartbeat' })
  const { inFlight } = bench.peer(2)
  expect([inFlight.length, inFlight.at(-1)?.rpcId]).toEqual([64, bench.server.lastRpcId])
})
