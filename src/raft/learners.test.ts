import { describe, expect, it } from 'vitest'
import { serverId } from '../base/ids.ts'
import { acknowledge, changeMembers, established, members, membersOf } from './members-kit.ts'
import { nextDue } from './server.ts'
import { appendReply, type Bench, clientRequest, type Start, voteReply } from './test-kit.ts'

/** A leader of three with three entries, the last of its own term, that is asked to add `joining`. */
function adding(joining: readonly number[], start: Start = {}): Bench {
  const settings = { catchUp: true, ...start.settings }
  return established({ log: '12', ...start, settings }).receive(changeMembers(joining))
}

const replies = (bench: Bench) => bench.sent('ClientReply').map(({ result }) => result)

describe('a new server gets the log before it gets a vote (D 4.2.1)', () => {
  it('it is sent what there is, but no configuration is made yet', () => {
    const bench = adding([4])
    expect(bench.told('CatchUpStarted')).toMatchObject([{ learners: [4], upTo: 3 }])
    expect(bench.sent('AppendEntries').map(({ to }) => to)).toEqual([4])
    expect(membersOf(bench)).toEqual(members([1, 2, 3]))
    const [request] = bench.sent('AppendEntries')
    if (request === undefined) throw new Error('nothing was sent')
    bench.forget().receive(appendReply(request, { conflict: { conflictTerm: null, conflictIndex: 1 } }))
    expect(bench.sent('AppendEntries')).toMatchObject([{ to: 4, prevLogIndex: 0, entries: [{}, {}, {}] }])
  })

  it('one that has it all becomes a member', () => {
    const bench = acknowledge(adding([4]), 4)
    expect(bench.told('CatchUpRoundDone')).toMatchObject([{ round: 1, fast: true }])
    expect(membersOf(bench)).toEqual(members([1, 2, 3, 4]))
    expect(bench.peer(4)).toMatchObject({ matchIndex: 3 })
    acknowledge(acknowledge(bench, 2), 3)
    expect(replies(bench)).toEqual([{ kind: 'Done' }])
  })

  it('not one that has only a part', () => {
    expect(membersOf(acknowledge(adding([4]), 4, 2))).toEqual(members([1, 2, 3]))
  })

  it('it is in time from the snapshot on, where the entries are gone', () => {
    const bench = adding([4], { log: '12', base: 2 })
    const [request] = bench.sent('AppendEntries')
    if (request === undefined) throw new Error('nothing was sent')
    bench.receive(appendReply(request, { conflict: { conflictTerm: null, conflictIndex: 1 } }))
    expect(bench.sent('InstallSnapshot')).toMatchObject([{ to: 4, lastIncludedIndex: 2 }])
  })

  it('an empty log is caught up with by an answer', () => {
    const bench = adding([2], { log: '', servers: 1, settings: { noOp: false, changeAfterOwnEntry: false } })
    expect(membersOf(bench)).toEqual(members([1]))
    expect(membersOf(acknowledge(bench, 2))).toEqual(members([1, 2]))
  })

  it('none is needed to take one away', () => {
    const bench = established({ settings: { catchUp: true } }).receive(changeMembers([], [3]))
    expect(membersOf(bench)).toEqual(members([1, 2]))
  })
})

describe('learners count nowhere (D 4.2.1)', () => {
  // Of two learners, one has everything; the other is still awaited.
  const joint = { membership: 'joint' } as const

  it('not for commitment', () => {
    const bench = adding([4, 5], { settings: joint }).receive(clientRequest())
    expect(acknowledge(bench, 4).server.commitIndex).toBe(3)
    acknowledge(bench, 2)
    expect(bench.told('Committed')).toMatchObject([{ last: 4, storedOn: [1, 2] }])
  })

  it('nor in elections: a server that leads no more asks the voters only', () => {
    const bench = adding([4]).receive(voteReply({ term: 5, voteGranted: false }))
    bench.forget().step({ kind: 'ElectionTimeout' })
    expect(bench.sent('RequestVote').map(({ to }) => to)).toEqual([2, 3])
    bench.receive(voteReply({ from: 4, term: 6 }))
    expect(bench.server.role).toBe('candidate')
  })

  it('nor as a target of a transfer (D 3.10)', () => {
    const bench = adding([4]).step({ kind: 'Transfer', to: serverId(4) })
    expect(bench.told('TransferRefused')).toMatchObject([{ why: 'NotAVoter' }])
  })

  it('nor for reads (D 6.4)', () => {
    const bench = adding([6, 7], { servers: 5, settings: { ...joint, reads: 'readIndex' } })
    bench.receive(clientRequest(1, { kind: 'Get', key: 'x' }))
    acknowledge(acknowledge(bench, 6), 2)
    expect(replies(bench)).toEqual([])
    acknowledge(bench, 3)
    expect(replies(bench)).toMatchObject([{ kind: 'Found' }])
  })

  it('they are sent heartbeats and new entries like anyone', () => {
    const bench = acknowledge(adding([4]), 4, 2)
      .forget()
      .receive(clientRequest())
    expect(bench.sent('AppendEntries').map(({ to }) => to)).toEqual([2, 3, 4])
    bench.forget().wait(50_000)
    expect(bench.sent('AppendEntries').map(({ to }) => to)).toEqual([2, 3, 4])
  })
})

describe('rounds (D 4.2.1)', () => {
  it('a round takes in what there was when it began, and one that is slow is followed by another', () => {
    const bench = adding([4]).wait(149_000).receive(clientRequest()).wait(1_000)
    acknowledge(bench, 4, 3)
    expect(bench.told('CatchUpRoundDone')).toMatchObject([{ round: 1, took: 150_000, fast: false }])
    expect(bench.server.change).toMatchObject({ round: 2, upTo: 4, startedAt: bench.now })
    acknowledge(bench.wait(149_999), 4, 4)
    expect(bench.told('CatchUpRoundDone')).toMatchObject([{}, { round: 2, fast: true }])
    expect(membersOf(bench)).toEqual(members([1, 2, 3, 4]))
  })

  it('after a slow round without new entries, the next is over as it begins', () => {
    const bench = acknowledge(adding([4]).wait(200_000), 4)
    expect(bench.told('CatchUpRoundDone')).toMatchObject([
      { round: 1, fast: false },
      { round: 2, took: 0, fast: true },
    ])
    expect(membersOf(bench)).toEqual(members([1, 2, 3, 4]))
  })

  it('two new ones: the slower decides', () => {
    const bench = acknowledge(adding([4, 5], { settings: { membership: 'joint' } }), 4)
    expect(membersOf(bench)).toEqual(members([1, 2, 3]))
    expect(membersOf(acknowledge(bench, 5))).toEqual(members([1, 2, 3], [1, 2, 3, 4, 5]))
  })

  it('after ten slow rounds the change is given up', () => {
    const bench = adding([4], { settings: { electionTimeoutMin: 150_000, electionTimeoutMax: 400_000 } })
    for (let round = 1; round <= 10; round++) {
      expect(bench.server.change?.round).toBe(round)
      const { length } = bench.server.log
      bench.receive(clientRequest(round)).wait(200_000)
      acknowledge(bench, 4, length)
    }
    expect(bench.told('CatchUpGivenUp')).toMatchObject([{ learners: [4], rounds: 10 }])
    expect(replies(bench)).toEqual([{ kind: 'ChangeRefused', why: 'NotCaughtUp' }])
    expect(membersOf(bench)).toEqual(members([1, 2, 3]))
  })

  it('one that never answers is given up in time, and holds up nothing until then', () => {
    const bench = adding([4], { settings: { electionTimeoutMax: 300_000 } }).receive(clientRequest())
    expect(acknowledge(bench, 2).server.commitIndex).toBe(4)
    bench.wait(2_999_999)
    expect(bench.server.change).not.toBe(null)
    bench.receive(changeMembers([5], [], 10))
    expect(bench.told('ChangeHeld')).toMatchObject([{ why: 'AnotherChange' }])
    bench.wait(1).forget()
    expect(bench.server.change).toBe(null)
    expect(bench.server.peers.map(({ id }) => id)).toEqual([2, 3])
    bench.wait(50_000)
    expect(bench.sent('AppendEntries').map(({ to }) => to)).toEqual([2, 3])
    bench.receive(changeMembers([5], [], 11))
    expect(bench.told('CatchUpStarted')).toMatchObject([{ learners: [5] }])
  })
})

describe('what puts an end to it', () => {
  it('a leader that steps down forgets its learners, and the client is sent elsewhere', () => {
    const bench = adding([4]).receive(voteReply({ term: 5, voteGranted: false }))
    expect(bench.server).toMatchObject({ role: 'follower', change: null })
    expect(bench.server.peers.map(({ id }) => id)).toEqual([2, 3])
    expect(bench.sent('ClientReply')).toMatchObject([{ serial: 9, result: null, leader: null }])
  })

  it('while leadership is handed over, nobody becomes a member (D 3.10)', () => {
    const bench = adding([4], { settings: { heartbeatInterval: 10_000_000 } })
    bench.step({ kind: 'Transfer', to: serverId(2) })
    acknowledge(bench, 4)
    expect(membersOf(bench)).toEqual(members([1, 2, 3]))
    bench.wait(300_000)
    expect(bench.server.transfer).toBe(null)
    expect(membersOf(acknowledge(bench, 4))).toEqual(members([1, 2, 3, 4]))
  })
})

it('it is given up in time, whatever else is due', () => {
  const settings = { catchUp: true, heartbeatInterval: 10_000_000, rpcTimeout: 10_000_000 }
  const bench = established({ settings }).receive(changeMembers([4]))
  expect(nextDue(bench.server)).toBe(bench.now + 3_000_000)
})
