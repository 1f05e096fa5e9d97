import { describe, expect, it } from 'vitest'
import { logIndex, serverId } from '../base/ids.ts'
import { acknowledge, changeMembers, established } from './members-kit.ts'
import { nextDue } from './server.ts'
import { appendReply, clientRequest, leader, voteReply } from './test-kit.ts'

const settings = { batchDelay: 20_000, heartbeatInterval: 10_000_000, rpcTimeout: 10_000_000 }
const requests = (...serials: readonly number[]) => serials.map((serial) => clientRequest(serial))

describe('a leader collects commands and sends them out together (D 10.2.2)', () => {
  it('one message to each, when the time is up, counted from the first', () => {
    const bench = leader({ term: 4, settings }).receive(...requests(1, 2))
    bench.wait(19_999).receive(...requests(3))
    expect(bench.sent('AppendEntries')).toEqual([])
    expect(bench.told('BatchStarted')).toMatchObject([{ due: bench.now + 1 }])
    expect(nextDue(bench.server)).toBe(bench.now + 1)
    bench.wait(1)
    const entries = [{ index: 1 }, { index: 2 }, { index: 3 }]
    expect(bench.sent('AppendEntries')).toMatchObject([
      { to: 2, entries },
      { to: 3, entries },
    ])
    expect(bench.told('BatchSent')).toMatchObject([{ first: 1, last: 3 }])
  })

  it('they are in the leader’s own log, and on its disk, at once (§5.3)', () => {
    const bench = leader({ term: 4, settings }).receive(...requests(1, 2))
    expect(bench.log).toBe('44')
    expect(bench.deeds.filter(({ kind }) => kind === 'stored')).toHaveLength(2)
  })

  it('goes out at once when batching is switched off', () => {
    const bench = leader({ term: 4, settings }).receive(...requests(1, 2))
    const was = { ...bench.settings }
    bench.change({ batchDelay: 0 }).step({ kind: 'SettingsChanged', was }).wait(0)
    expect(bench.told('BatchSent')).toMatchObject([{ first: 1, last: 2 }])
    expect(bench.forget().wait(1_000_000).told('BatchSent')).toEqual([])
  })

  it('the next batch begins with the next command', () => {
    const bench = leader({ term: 4, settings })
      .receive(...requests(1))
      .wait(20_000)
      .wait(1_000_000)
    expect(bench.told('BatchSent')).toHaveLength(1)
    bench
      .forget()
      .receive(...requests(2))
      .wait(20_000)
    expect(bench.told('BatchSent')).toHaveLength(1)
  })

  it('with no delay, each command goes out at once', () => {
    const bench = leader({ term: 4 }).receive(...requests(1, 2))
    expect(bench.sent('AppendEntries')).toHaveLength(4)
    expect(bench.told('BatchStarted')).toEqual([])
  })

  it('a heartbeat in between takes along what is there, and who has it all gets nothing twice', () => {
    const bench = leader({ term: 4, settings })
      .receive(...requests(1))
      .step({ kind: 'Heartbeat' })
    expect(bench.sent('AppendEntries')).toMatchObject([
      { entries: [{ index: 1 }] },
      { entries: [{ index: 1 }] },
    ])
    acknowledge(bench, 2).forget().wait(20_000)
    expect(bench.sent('AppendEntries').map(({ to }) => to)).toEqual([3])
    expect(bench.told('EntriesSent')).toMatchObject([{ to: 3, first: 1, last: 1 }])
  })

  it('an answer to a heartbeat sends nothing of what is still being collected', () => {
    const bench = established({ settings }).step({ kind: 'Heartbeat' })
    const beats = bench.sent('AppendEntries')
    expect(beats).toHaveLength(2)
    bench.receive(...requests(1)).forget()
    bench.receive(...beats.map((beat) => appendReply(beat)))
    expect(bench.sent('AppendEntries')).toEqual([])
    bench.wait(20_000)
    expect(bench.told('BatchSent')).toHaveLength(1)
    expect(bench.sent('AppendEntries')).toMatchObject([{ entries: [{}] }, { entries: [{}] }])
  })

  it('alone, a leader commits at once', () => {
    const bench = leader({ term: 4, servers: 1, settings }).receive(...requests(1))
    expect(bench.server.commitIndex).toBe(1)
  })

  it('a change of members does not wait, and takes along what does', () => {
    const bench = established({ settings }).receive(...requests(1), changeMembers([], [3]))
    expect(bench.sent('AppendEntries')).toMatchObject([{ to: 2, entries: [{ index: 2 }, { index: 3 }] }])
  })

  it('a leader that is one no more sends nothing', () => {
    const bench = leader({ term: 4, settings }).receive(
      ...requests(1),
      voteReply({ term: 5, voteGranted: false }),
    )
    expect(bench.server.batchDue).toBe(Infinity)
    bench.forget().wait(20_000)
    expect(bench.sent('AppendEntries')).toEqual([])
  })

  it('when it is turned off meanwhile, what was collected still goes out, with the next command or by itself', () => {
    const bench = leader({ term: 4, settings })
      .receive(...requests(1))
      .change({ batchDelay: 0 })
    bench.receive(...requests(2))
    expect(bench.sent('AppendEntries')).toMatchObject([{ entries: [{}, {}] }, { entries: [{}, {}] }])
    const other = leader({ term: 4, settings })
      .receive(...requests(1))
      .change({ batchDelay: 0 })
      .wait(20_000)
    expect(other.sent('AppendEntries')).toHaveLength(2)
  })
})

it('whoever shall lead gets what is still being collected, message by message (D 3.10)', () => {
  const bench = leader({ term: 4, settings: { ...settings, maxEntries: 1 } }).receive(...requests(1, 2))
  bench.step({ kind: 'Transfer', to: serverId(2) })
  const first = bench.sent('AppendEntries')
  expect(first).toMatchObject([{ to: 2, entries: [{ index: 1 }] }])
  bench.forget().receive(...first.map((one) => appendReply(one)))
  expect(bench.sent('AppendEntries')).toMatchObject([{ to: 2, entries: [{ index: 2 }] }])
})

it('who lacks older entries does not wait for the batch', () => {
  const bench = leader({ term: 4, log: '111', settings: { ...settings, maxEntries: 1 } })
  bench.peer(2).nextIndex = logIndex(2)
  acknowledge(bench.receive(...requests(1)), 2, 1)
  expect(bench.sent('AppendEntries')).toMatchObject([{ to: 2, entries: [{ index: 2 }] }])
})

it('what it had collected is told, not what a follower lacks besides', () => {
  const bench = leader({ term: 4, log: '111', settings })
  bench.peer(3).nextIndex = logIndex(1)
  bench.receive(...requests(1, 2)).wait(20_000)
  expect(bench.told('BatchSent')).toMatchObject([{ first: 4, last: 5 }])
})
