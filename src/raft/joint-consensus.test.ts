import { describe, expect, it } from 'vitest'
import { acknowledge, appendMembers, changeMembers, established, members, membersOf } from './members-kit.ts'
import { appendEntries, type Bench, clientRequest, follower, voteReply } from './test-kit.ts'

const replies = (bench: Bench) => bench.sent('ClientReply').map(({ result }) => result)

/** The leader of three, asked for others. */
const changing = (add: readonly number[], remove: readonly number[], settings = {}) =>
  established({ settings: { membership: 'joint', ...settings } }).receive(changeMembers(add, remove))

describe('elections in joint consensus need both majorities (§6)', () => {
  it.each([
    { votes: [2], leads: false, why: 'one of each, and itself in both' },
    { votes: [2, 3], leads: false, why: 'all the old ones' },
    { votes: [4, 5], leads: false, why: 'all the new ones, a majority of the union' },
    { votes: [4, 5, 6], leads: false, why: 'no old one but itself' },
    { votes: [2, 4, 5], leads: true, why: 'two of three, and three of four' },
    { votes: [2, 3, 4], leads: false, why: 'four of six, but two of the four new ones' },
  ])('of 1, 2, 3 and 1, 4, 5, 6 votes of $votes: $why', ({ votes, leads }) => {
    const bench = follower({ term: 4 })
    bench.receive(appendMembers(members([1, 2, 3], [1, 4, 5, 6]), { term: 4, log: '4' }))
    bench.step({ kind: 'ElectionTimeout' })
    bench.receive(...votes.map((from) => voteReply({ from, term: 5 })))
    expect(bench.server.role).toBe(leads ? 'leader' : 'candidate')
  })

  it('the tally says how far each is', () => {
    const bench = follower({ term: 4 })
    bench.receive(appendMembers(members([1, 2, 3], [1, 4, 5, 6]), { term: 4, log: '4' }))
    bench.step({ kind: 'ElectionTimeout' }).receive(voteReply({ from: 4, term: 5 }))
    expect(bench.told('VoteCounted')).toMatchObject([{ votes: 1, needed: 2, joint: { votes: 2, needed: 3 } }])
  })
})

describe('commitment in joint consensus needs both majorities (§6)', () => {
  it.each([
    { acks: [2, 3], committed: false, why: 'all the old ones' },
    { acks: [4, 5, 6], committed: false, why: 'all the new ones' },
    { acks: [2, 4], committed: false, why: 'one of two new ones that are needed besides' },
    { acks: [2, 4, 5], committed: true, why: 'two of three, and three of four' },
  ])('from 1, 2, 3 to 1, 4, 5, 6, stored on $acks: $why', ({ acks, committed }) => {
    const bench = changing([4, 5, 6], [2, 3])
    expect(membersOf(bench)).toEqual(members([1, 2, 3], [1, 4, 5, 6]))
    for (const id of acks) acknowledge(bench, id, 2)
    expect(bench.server.commitIndex >= 2).toBe(committed)
  })
})

describe('from the old members to the new (§6, Figure 11)', () => {
  it('the new ones alone follow, as soon as both together are committed, and not before', () => {
    const bench = acknowledge(changing([4], [3]), 4)
    expect(bench.told('ConfigurationAppended')).toHaveLength(1)
    acknowledge(bench, 2)
    expect(bench.told('ConfigurationAppended')).toMatchObject([
      { index: 2, configuration: members([1, 2, 3], [1, 2, 4]) },
      { index: 3, configuration: members([1, 2, 4]) },
    ])
    expect(bench.server.peers.map(({ id }) => id)).toEqual([2, 4])
    expect(replies(bench)).toEqual([])
    expect(acknowledge(bench, 4).server.commitIndex).toBe(3)
    expect(replies(bench)).toEqual([{ kind: 'Done' }])
  })

  it('the client is answered though the joint entry is in a snapshot by then', () => {
    const bench = changing([4], [3], { snapshotAt: 1 })
    acknowledge(acknowledge(bench, 4).wait(0), 2).wait(0)
    expect(bench.server.log.base).toBe(2)
    acknowledge(bench, 4)
    expect(replies(bench)).toEqual([{ kind: 'Done' }])
  })

  it('no other change before that is committed', () => {
    const bench = changing([4], []).receive(changeMembers([5], [], 10))
    acknowledge(acknowledge(bench, 2), 3).receive(changeMembers([5], [], 11))
    expect(membersOf(bench)).toEqual(members([1, 2, 3, 4]))
    expect(bench.told('ChangeHeld')).toMatchObject([{ why: 'AnotherChange' }, { why: 'AnotherChange' }])
    acknowledge(acknowledge(bench, 2), 3).receive(changeMembers([5], [], 12))
    expect(membersOf(bench)).toEqual(members([1, 2, 3, 4], [1, 2, 3, 4, 5]))
  })

  it('though the way to change is another by then', () => {
    const bench = changing([4], []).change({ membership: 'single' })
    acknowledge(acknowledge(bench, 2), 3)
    expect(membersOf(bench)).toEqual(members([1, 2, 3, 4]))
  })

  it('an entry of a client is committed by both as well', () => {
    const bench = changing([4, 5], [2, 3]).receive(clientRequest())
    acknowledge(acknowledge(bench, 4), 5)
    expect(bench.server.commitIndex).toBe(1)
    expect(acknowledge(bench, 2).server.commitIndex).toBe(3)
  })
})

describe('a leader that is not among the new ones (§6)', () => {
  it('leads until the new members are committed, without counting itself then', () => {
    const bench = changing([4], [1])
    acknowledge(acknowledge(bench, 2), 4)
    expect(membersOf(bench)).toEqual(members([2, 3, 4]))
    expect(bench.server).toMatchObject({ role: 'leader', commitIndex: 2 })
    expect(acknowledge(bench, 2).server).toMatchObject({ role: 'leader', commitIndex: 2 })
    expect(acknowledge(bench, 3).server).toMatchObject({
      role: 'follower',
      commitIndex: 3,
      electionDue: Infinity,
    })
    expect(bench.told('SteppedDown')).toMatchObject([{ why: { kind: 'Removed' } }])
  })

  it('counts itself among the old ones while both decide', () => {
    const bench = changing([4], [1])
    acknowledge(acknowledge(bench, 3), 4)
    expect(bench.told('Committed').at(-1)).toMatchObject({ last: 2, storedOn: [1, 3, 4] })
  })
})

describe('joint consensus over a change of leaders (§6)', () => {
  /** A follower of the leader that began the change from 1, 2, 3 to 1, 2, 4 becomes leader of term 5. */
  function successor(leaderCommit: number): Bench {
    const bench = follower({ term: 4, settings: { noOp: true, catchUp: false, membership: 'joint' } })
    const joint = members([1, 2, 3], [1, 2, 4])
    bench.receive(appendMembers(joint, { from: 3, term: 4, log: '4', leaderCommit }))
    bench.step({ kind: 'ElectionTimeout' }).receive(voteReply({ from: 2, term: 5 }))
    expect(bench.server.role).toBe('leader')
    return bench
  }

  it.each([
    { leaderCommit: 1, why: 'it was not committed yet' },
    { leaderCommit: 2, why: 'it was committed already' },
  ])('the new leader goes on with it: $why', ({ leaderCommit }) => {
    const bench = successor(leaderCommit)
    expect(membersOf(bench)).toEqual(members([1, 2, 3], [1, 2, 4]))
    acknowledge(bench, 2)
    expect(bench.log).toBe('4455')
    expect(membersOf(bench)).toEqual(members([1, 2, 4]))
    expect(acknowledge(bench, 2).server.commitIndex).toBe(4)
  })

  it('the old members hold again if the next leader does not have it', () => {
    const bench = follower({ term: 4 })
    bench.receive(appendMembers(members([1, 2, 3], [1, 4, 5]), { term: 4, log: '4' }))
    bench.receive(appendEntries({ from: 3, term: 5, log: '45', prev: 1 }))
    expect(membersOf(bench)).toEqual(members([1, 2, 3]))
  })

  it('both hold again if the new ones alone are rolled back', () => {
    const bench = follower({ term: 4 })
    bench.receive(appendMembers(members([1, 2, 3], [1, 4, 5]), { term: 4, log: '4' }))
    bench.receive(appendMembers(members([1, 4, 5]), { term: 4, log: '44', prev: 2 }))
    bench.receive(appendEntries({ from: 3, term: 5, log: '445', prev: 2 }))
    expect(membersOf(bench)).toEqual(members([1, 2, 3], [1, 4, 5]))
  })
})

it('a server that C-new leaves out is sent nothing more, though its own answer brought that about', () => {
  const bench = established({ servers: 4, settings: { membership: 'joint' } }).receive(changeMembers([], [4]))
  acknowledge(acknowledge(bench, 2).forget(), 4)
  expect(bench.told('ConfigurationAppended')).toMatchObject([{ configuration: { next: null } }])
  expect(bench.sent('AppendEntries').map(({ to }) => to)).toEqual([2, 3])
})

it('C-old,new that is committed, but not yet followed by C-new, is a change that goes on', () => {
  const settings = { membership: 'joint', catchUp: false, changeAfterOwnEntry: false } as const
  const bench = follower({ term: 4, settings })
  bench.receive(appendMembers(members([1, 2, 3], [1, 2]), { term: 4, log: '4', leaderCommit: 2 }))
  bench.step({ kind: 'ElectionTimeout' })
  bench.receive(voteReply({ from: 2, term: 5 }), voteReply({ from: 3, term: 5 }), changeMembers([4]))
  expect(bench.told('ChangeHeld')).toMatchObject([{ why: 'AnotherChange' }])
})
