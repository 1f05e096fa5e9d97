import { describe, expect, it } from 'vitest'
import { logIndex, serverId } from '../base/ids.ts'
import {
  acknowledge,
  appendMembers,
  changeMembers,
  established,
  members,
  membersEntry,
  membersOf,
} from './members-kit.ts'
import { firstConfiguration, startServer } from './server.ts'
import {
  appendEntries,
  appendReply,
  type Bench,
  clientRequest,
  follower,
  leader,
  requestVote,
  voteReply,
} from './test-kit.ts'

const replies = (bench: Bench) => bench.sent('ClientReply').map(({ result }) => result)

describe('what a leader is asked for (§6, D 4.1)', () => {
  it.each([
    { way: 'single', add: [4], remove: [], after: [1, 2, 3, 4] },
    { way: 'single', add: [], remove: [2], after: [1, 3] },
    { way: 'single', add: [4, 4], remove: [9], after: [1, 2, 3, 4] },
    { way: 'jump', add: [4, 5], remove: [1, 2], after: [3, 4, 5] },
  ] as const)('$way: add $add, remove $remove', ({ way, add, remove, after }) => {
    const bench = established({ settings: { membership: way } }).receive(changeMembers(add, remove))
    expect(membersOf(bench)).toEqual(members(after))
    expect(bench.told('ConfigurationAppended')).toMatchObject([{ index: 2, was: members([1, 2, 3]) }])
  })

  it.each([
    { way: 'single', add: [4, 5], remove: [], why: 'NotOneAtATime' },
    { way: 'single', add: [4], remove: [3], why: 'NotOneAtATime' },
    { way: 'single', add: [], remove: [1, 2], why: 'NotOneAtATime' },
    { way: 'joint', add: [], remove: [1, 2, 3], why: 'NobodyLeft' },
    { way: 'jump', add: [], remove: [1, 2, 3], why: 'NobodyLeft' },
  ] as const)('$way: add $add, remove $remove is refused: $why', ({ way, add, remove, why }) => {
    const bench = established({ settings: { membership: way } }).receive(changeMembers(add, remove))
    expect(replies(bench)).toEqual([{ kind: 'ChangeRefused', why }])
    expect(bench.log).toBe('4')
  })

  it.each([
    { add: [2], remove: [] },
    { add: [], remove: [4] },
    { add: [], remove: [] },
  ])('add $add, remove $remove is so already: answered at once', ({ add, remove }) => {
    const bench = established().receive(changeMembers(add, remove))
    expect(replies(bench)).toEqual([{ kind: 'Done' }])
    expect(bench.log).toBe('4')
  })

  it('others name the leader', () => {
    const bench = follower({ term: 4 }).receive(appendEntries({ from: 3, term: 4 }), changeMembers([4]))
    expect(bench.sent('ClientReply')).toMatchObject([{ leader: 3, result: null }])
  })
})

describe('no change before an entry of the leader’s own term is committed (D 4.1, the bug of 2015)', () => {
  it('a leader that has committed nothing in its term says to ask again', () => {
    const bench = leader({ term: 4, log: '12' }).receive(changeMembers([4]))
    expect(bench.told('ChangeHeld')).toMatchObject([{ why: 'NoOwnEntry' }])
    expect(replies(bench)).toEqual([null])
    expect(bench.log).toBe('12')
  })

  it('an entry of an earlier term that is committed is not enough', () => {
    const bench = leader({ term: 4, log: '12', base: 2 }).receive(changeMembers([4]))
    expect(bench.told('ChangeHeld')).toMatchObject([{ why: 'NoOwnEntry' }])
  })

  it.each([{ snapshotAt: 0 }, { snapshotAt: 1 }])(
    'its no-op is, in a snapshot too ($snapshotAt)',
    (settings) => {
      const bench = established({ log: '12', settings })
        .wait(0)
        .forget()
        .receive(changeMembers([4]))
      expect(membersOf(bench)).toEqual(members([1, 2, 3, 4]))
    },
  )

  it('with the rule turned off, the change goes ahead', () => {
    const settings = { changeAfterOwnEntry: false, catchUp: false }
    const bench = leader({ term: 4, log: '12', settings }).receive(changeMembers([4]))
    expect(membersOf(bench)).toEqual(members([1, 2, 3, 4]))
  })
})

describe('one change at a time (D 4.1)', () => {
  it('the next waits until the one before is committed', () => {
    const bench = established().receive(changeMembers([4]), changeMembers([5]))
    expect(bench.told('ChangeHeld')).toMatchObject([{ why: 'AnotherChange' }])
    expect(replies(bench)).toEqual([null])
    acknowledge(acknowledge(bench, 2), 3).receive(changeMembers([5]))
    expect(membersOf(bench)).toEqual(members([1, 2, 3, 4, 5]))
  })

  it('a change of an earlier leader, too', () => {
    const bench = follower({ term: 3, settings: { catchUp: false, noOp: true } })
    bench
      .receive(appendMembers(members([1, 2, 3, 4]), { term: 3, log: '3' }))
      .step({ kind: 'ElectionTimeout' })
    bench.receive(voteReply({ from: 2, term: 4 }), voteReply({ from: 3, term: 4 }), changeMembers([5]))
    expect(bench.told('ChangeHeld')).toMatchObject([{ why: 'AnotherChange' }])
    acknowledge(acknowledge(bench, 2), 3).receive(changeMembers([5]))
    expect(membersOf(bench)).toEqual(members([1, 2, 3, 4, 5]))
  })
})

describe('a configuration counts from the moment it is in the log (§6, D 4.1)', () => {
  it.each([
    { servers: 3, add: [4], remove: [], acks: [2, 3], why: 'of four, three' },
    { servers: 4, add: [5], remove: [], acks: [2, 5], why: 'the new one counts for its own addition' },
    { servers: 3, add: [], remove: [3], acks: [2], why: 'of two, two' },
    { servers: 4, add: [], remove: [4], acks: [3], why: 'of three, two' },
    { servers: 2, add: [], remove: [2], acks: [], why: 'one is enough at once' },
    { servers: 1, add: [2], remove: [], acks: [2], why: 'the only one needs the new one' },
  ])('of $servers, add $add, remove $remove: $why', ({ servers, add, remove, acks }) => {
    const bench = established({ servers }).receive(changeMembers(add, remove))
    for (const id of acks) {
      expect([bench.server.commitIndex, replies(bench)]).toEqual([1, []])
      acknowledge(bench, id)
    }
    expect(bench.server.commitIndex).toBe(2)
    expect(replies(bench)).toEqual([{ kind: 'Done' }])
  })

  it('entries before it, too, need the new majority from then on', () => {
    const bench = established({ servers: 3 }).receive(clientRequest(), changeMembers([4]))
    acknowledge(bench, 2, 2)
    expect(bench.server.commitIndex).toBe(1)
  })

  it('a removed server is sent nothing more, and its answers count for nothing', () => {
    const bench = established({ servers: 3 })
      .receive(changeMembers([], [3]))
      .wait(50_000)
    expect(bench.sent('AppendEntries').map(({ to }) => to)).not.toContain(3)
    acknowledge(bench, 3)
    expect(bench.server.commitIndex).toBe(1)
  })

  it('a new one is sent the entry that makes it a member at once', () => {
    const bench = established({ servers: 3 }).receive(changeMembers([4]))
    const [first] = bench.sent('AppendEntries').filter(({ to }) => to === 4)
    expect(first).toMatchObject({ prevLogIndex: 1, entries: [{ index: 2 }] })
    expect(bench.told('EntriesSent').at(-1)).toMatchObject({ to: 4, first: 2, last: 2 })
  })

  it('a new one has an election timeout to be heard from, like the others (D 6.2)', () => {
    const settings = { checkQuorum: true, heartbeatInterval: 10_000_000, rpcTimeout: 10_000_000 }
    const bench = established({ servers: 1, settings }).wait(150_000).wait(149_000)
    bench.receive(changeMembers([2])).wait(1000)
    expect(bench.server.role).toBe('leader')
    expect(bench.wait(150_000).server.role).toBe('follower')
  })

  it('a follower uses it at once, and stores it first', () => {
    const bench = follower({ term: 4 }).receive(appendMembers(members([1, 2]), { term: 4, log: '4' }))
    expect(membersOf(bench)).toEqual(members([1, 2]))
    expect(bench.server.peers.map(({ id }) => id)).toEqual([2])
    expect(bench.told('ConfigurationAdopted')).toMatchObject([{ index: 2, was: members([1, 2, 3]) }])
    const again = startServer(serverId(1), firstConfiguration([1, 2, 3].map(serverId)), bench.server)
    expect(again.configurations).toEqual(bench.server.configurations)
  })

  it('the same entry twice is one configuration', () => {
    const request = appendMembers(members([1, 2]), { term: 4, log: '4' })
    const bench = follower({ term: 4 }).receive(request, request)
    expect(bench.server.configurations).toHaveLength(2)
  })

  it('not one in a request that it refuses', () => {
    const bench = follower({ term: 4 })
    bench.receive(appendMembers(members([1, 2]), { term: 4, log: '44', prev: 1 }))
    bench.receive(appendMembers(members([1, 2]), { term: 3, log: '3' }))
    expect(membersOf(bench)).toEqual(members([1, 2, 3]))
  })
})

describe('it goes with its entry, and the one before holds again (§6)', () => {
  it.each([
    { from: 3, last: [1, 2, 3, 4], why: 'the last one goes' },
    { from: 2, last: [1, 2, 3], why: 'two go' },
    { from: 1, last: [1, 2, 3], why: 'all entries go' },
    { from: 4, last: [1, 2, 3, 4, 5], why: 'a conflict behind them takes none' },
  ])('a conflict at $from: $why', ({ from, last }) => {
    const bench = follower({ term: 4 })
    bench.receive(appendMembers(members([1, 2, 3, 4]), { term: 4, log: '4' }))
    bench.receive(appendMembers(members([1, 2, 3, 4, 5]), { term: 4, log: '44', prev: 2 }))
    bench.receive(appendEntries({ term: 4, log: '4444', prev: 3 })).forget()
    bench.receive({ ...appendEntries({ from: 3, term: 5, log: `${'4'.repeat(from - 1)}5`, prev: from - 1 }) })
    expect(membersOf(bench)).toEqual(members(last))
    expect(bench.server.peers.map(({ id }) => id)).toEqual(last.filter((id) => id !== 1))
    expect(bench.told('ConfigurationRolledBack')).toHaveLength(last.length === 5 ? 0 : 1)
  })

  it('another in its place holds instead', () => {
    const bench = follower({ term: 4 }).receive(appendMembers(members([1, 2]), { term: 4, log: '4' }))
    const request = appendEntries({ from: 3, term: 5, log: '4', prev: 1 })
    bench.receive({ ...request, entries: [membersEntry(2, 5, members([1, 2, 3, 5]))] })
    expect(membersOf(bench)).toEqual(members([1, 2, 3, 5]))
  })
})

describe('elections go by the candidate’s latest configuration (§6)', () => {
  const stand = (voters: readonly number[]) =>
    follower({ term: 4 })
      .receive(appendMembers(members(voters), { term: 4, log: '4' }))
      .step({ kind: 'ElectionTimeout' })

  it('it asks its members, and no one else', () => {
    const bench = stand([1, 2, 4, 5])
    expect(bench.sent('RequestVote').map(({ to }) => to)).toEqual([2, 4, 5])
  })

  it('votes from outside do not count', () => {
    const bench = stand([1, 2, 4]).receive(voteReply({ from: 3, term: 5 }))
    expect(bench.server.role).toBe('candidate')
    expect(bench.receive(voteReply({ from: 4, term: 5 })).server.role).toBe('leader')
  })

  it('a voter does not ask whether the candidate, or itself, is a member (D 4.2.2)', () => {
    const bench = follower({ id: 3, term: 4 })
    bench.receive(appendMembers(members([1, 2]), { to: 3, term: 4, log: '4' }))
    bench.receive(requestVote({ from: 5, to: 3, term: 5, log: '444' }))
    expect(bench.sent('RequestVoteReply')).toMatchObject([{ to: 5, voteGranted: true }])
  })

  it('nor whether a leader is: it takes entries from any (D 4.1)', () => {
    const bench = follower({ id: 3, voters: [] }).receive(
      appendEntries({ from: 1, to: 3, term: 4, log: '44' }),
    )
    expect(bench.log).toBe('44')
  })
})

describe('who stands for election (D 4.2.2)', () => {
  it('a server that was told nothing yet waits, however long', () => {
    const bench = follower({ id: 4, voters: [] }).wait(10_000_000)
    expect([bench.server.role, bench.deeds]).toEqual(['follower', []])
    bench.receive(appendMembers(members([1, 2, 3, 4]), { to: 4, term: 4, log: '' }))
    expect(bench.server.electionDue).toBe(bench.now + 200_000)
  })

  it('even if somebody makes its timer run out', () => {
    const bench = follower({ id: 4, voters: [] }).step({ kind: 'ElectionTimeout' })
    expect(bench.told('NotStanding')).toMatchObject([{ why: 'NoConfiguration' }])
    expect(bench.server).toMatchObject({ role: 'follower', currentTerm: 1, electionDue: Infinity })
  })

  it('one whose first configuration is rolled back is told nothing again', () => {
    const bench = follower({ id: 4, voters: [] })
    bench.receive(appendMembers(members([1, 2, 3, 4]), { to: 4, term: 4, log: '' }))
    bench.receive(appendEntries({ to: 4, from: 3, term: 5, log: '5' })).wait(200_000)
    expect(bench.told('NotStanding')).toMatchObject([{ why: 'NoConfiguration' }])
  })

  it.each([
    { leaderCommit: 0, stands: true, why: 'its vote may still be needed' },
    { leaderCommit: 2, stands: false, why: 'it knows that it is out' },
  ])('one that is left out, with $leaderCommit committed: $why', ({ leaderCommit, stands }) => {
    const bench = follower({ id: 3, term: 4 })
    bench.receive(appendMembers(members([1, 2]), { to: 3, term: 4, log: '4', leaderCommit })).wait(200_000)
    expect(bench.server.role).toBe(stands ? 'candidate' : 'follower')
    expect(bench.wait(0).told('NotStanding')).toHaveLength(stands ? 0 : 1)
  })

  it('and if it wins, it does not count itself, commits the change, and steps down', () => {
    const bench = follower({ id: 3, term: 4, settings: { noOp: true } })
    bench
      .receive(appendMembers(members([1, 2]), { to: 3, term: 4, log: '4' }))
      .step({ kind: 'ElectionTimeout' })
    bench.receive(voteReply({ from: 1, to: 3, term: 5 }))
    expect(bench.server.role).toBe('candidate')
    bench.receive(voteReply({ from: 2, to: 3, term: 5 }))
    expect(bench.told('BecameLeader')).toMatchObject([{ voters: [1, 2] }])
    acknowledge(bench, 1)
    expect(bench.server).toMatchObject({ role: 'leader', commitIndex: 0 })
    acknowledge(bench, 2)
    expect(bench.server).toMatchObject({ role: 'follower', commitIndex: 3, electionDue: Infinity })
  })
})

describe('a leader that removes itself (§6, D 4.2.2)', () => {
  it('leads on until that is committed, without counting itself, and then steps down', () => {
    const bench = established({ servers: 4 }).receive(changeMembers([], [1]))
    acknowledge(bench, 2).forget().wait(50_000)
    expect(bench.sent('AppendEntries').map(({ to }) => to)).toEqual([2, 3, 4])
    expect(bench.server).toMatchObject({ role: 'leader', commitIndex: 1 })
    acknowledge(bench, 3)
    expect(bench.server).toMatchObject({
      role: 'follower',
      commitIndex: 2,
      leaderId: null,
      electionDue: Infinity,
    })
    expect(bench.told('Committed')).toMatchObject([{ storedOn: [2, 3] }])
    expect(bench.told('SteppedDown')).toMatchObject([{ rule: '§6', why: { kind: 'Removed' } }])
    expect(replies(bench)).toEqual([{ kind: 'Done' }])
  })

  it('of two: the other one decides', () => {
    const bench = established({ servers: 2 }).receive(changeMembers([], [1]))
    expect(bench.server).toMatchObject({ role: 'leader', commitIndex: 1 })
    expect(acknowledge(bench, 2).server).toMatchObject({ role: 'follower', commitIndex: 2 })
  })

  it('it goes on taking commands meanwhile', () => {
    const bench = established({ servers: 3 }).receive(changeMembers([], [1]), clientRequest())
    acknowledge(acknowledge(bench, 2), 3)
    expect(bench.server).toMatchObject({ role: 'follower', commitIndex: 3 })
  })
})

describe('a change of members and a transfer of leadership (D 3.10)', () => {
  it('while leadership is handed over, a change has to wait like any command', () => {
    const bench = established()
      .receive(clientRequest())
      .step({ kind: 'Transfer', to: serverId(2) })
    bench.forget().receive(changeMembers([4]))
    expect(bench.told('CommandHeldOff')).toHaveLength(1)
    expect(membersOf(bench)).toEqual(members([1, 2, 3]))
  })

  it('a server that is just being removed is no target', () => {
    const bench = established()
      .receive(changeMembers([], [3]))
      .step({ kind: 'Transfer', to: serverId(3) })
    expect(bench.told('TransferRefused')).toMatchObject([{ why: 'NotAVoter' }])
  })

  it('a target that joint consensus removes meanwhile is given up after an election timeout', () => {
    const settings = { membership: 'joint', heartbeatInterval: 10_000_000 } as const
    const bench = established({ settings }).receive(changeMembers([], [3]))
    bench.step({ kind: 'Transfer', to: serverId(3) })
    acknowledge(bench, 2)
    expect(membersOf(bench)).toEqual(members([1, 2]))
    expect(bench.forget().wait(300_000).told('TransferAbandoned')).toHaveLength(1)
    expect(bench.sent('TimeoutNow')).toEqual([])
    expect(acknowledge(bench, 2).server).toMatchObject({ role: 'leader', commitIndex: 3, transfer: null })
  })
})

it('after a jump, two majorities need share nobody (§6, Figure 10)', () => {
  const old = follower({ id: 1, term: 4 }).step({ kind: 'ElectionTimeout' })
  old.receive(voteReply({ from: 2, to: 1, term: 5 }))
  const jumped = follower({ id: 5, term: 4, voters: [] })
  const log = appendMembers(members([3, 4, 5]), { to: 5, term: 4, log: '' })
  jumped
    .receive(log)
    .step({ kind: 'ElectionTimeout' })
    .receive(voteReply({ from: 4, to: 5, term: 5 }))
  expect([old.server, jumped.server]).toMatchObject([
    { role: 'leader', currentTerm: 5 },
    { role: 'leader', currentTerm: 5 },
  ])
})

it('an answer from a server that was removed and added again counts for what it says', () => {
  const bench = established().receive(changeMembers([], [3]))
  const [late] = bench.sent('AppendEntries').filter(({ to }) => to === 2)
  acknowledge(bench, 2).receive(changeMembers([3], [], 10))
  expect(bench.peer(3)).toMatchObject({ matchIndex: 0, nextIndex: 3 })
  if (late === undefined) throw new Error('nothing was sent')
  bench.receive(appendReply({ ...late, to: serverId(3), prevLogIndex: logIndex(1), entries: [] }))
  expect(bench.peer(3).matchIndex).toBe(1)
})

it('a configuration that is here already is not adopted again with what follows it (§5.3)', () => {
  const request = appendMembers(members([1, 2]), { term: 4, log: '4' })
  const more = appendEntries({ term: 4, log: '444', prev: 2 }).entries
  const bench = follower({ term: 4 }).receive(request, { ...request, entries: [...request.entries, ...more] })
  expect(bench.server.configurations).toHaveLength(2)
  expect(bench.told('ConfigurationAdopted')).toHaveLength(1)
})

it('a leader that removes itself sends nothing more once that is committed (§6)', () => {
  const bench = established({ servers: 3, settings: { maxEntries: 1 } })
  bench.receive(changeMembers([], [1]), clientRequest())
  acknowledge(bench, 3, 2).forget()
  acknowledge(bench, 2, 2)
  expect(bench.server.role).toBe('follower')
  expect(bench.sent('AppendEntries')).toEqual([])
})
