import { describe, expect, it } from 'vitest'
import { serverId } from '../base/ids.ts'
import { acknowledge, changeMembers, established } from './members-kit.ts'
import type { RequestVote } from './messages.ts'
import { nextDue } from './server.ts'
import { installReply, newest, sender } from './snapshot-kit.ts'
import {
  appendEntries,
  type Bench,
  candidate,
  clientRequest,
  follower,
  leader,
  preCandidate,
  requestVote,
  type Start,
  timeoutNow,
} from './test-kit.ts'

const transfer = (bench: Bench, to: number): Bench => bench.step({ kind: 'Transfer', to: serverId(to) })

/** A leader of term 4 whose S2 has the whole log, and S3 nothing yet. */
const leading = (start: Start = {}): Bench =>
  acknowledge(leader({ term: 4, log: '13', ...start }).receive(clientRequest()), 2).forget()

describe('leadership is handed over (D 3.10)', () => {
  it('a target that has the whole log is told to stand at once', () => {
    const bench = transfer(leading(), 2)
    expect(bench.sent('TimeoutNow')).toMatchObject([{ from: 1, to: 2, term: 4, leader: 1 }])
    expect(bench.told('TransferStarted')).toMatchObject([{ to: 2, behind: false, rule: 'D 3.10' }])
    expect(bench.server).toMatchObject({ role: 'leader', currentTerm: 4 })
  })

  it('one that is behind is brought up to date first', () => {
    const bench = transfer(leading(), 3)
    expect(bench.sent('TimeoutNow')).toEqual([])
    expect(bench.told('TransferStarted')).toMatchObject([{ to: 3, behind: true }])
    expect(bench.sent('AppendEntries')).toMatchObject([{ to: 3, entries: [{ index: 3 }] }])
    expect(acknowledge(bench, 3, 2).sent('TimeoutNow')).toEqual([])
    expect(acknowledge(bench, 3, 3).sent('TimeoutNow')).toMatchObject([{ to: 3, term: 4 }])
  })

  it('it is told once, and others that have the whole log are not', () => {
    const bench = acknowledge(transfer(leading({ servers: 4 }), 3), 4)
    expect(bench.sent('TimeoutNow')).toEqual([])
    acknowledge(acknowledge(bench, 3), 3)
    expect(bench.sent('TimeoutNow')).toMatchObject([{ to: 3 }])
  })

  it('not even again when C-new follows C-old,new meanwhile (§6)', () => {
    const bench = leading({ servers: 5, settings: { membership: 'joint', changeAfterOwnEntry: false } })
    acknowledge(bench, 3).forget()
    bench.receive(changeMembers([], [5]))
    transfer(acknowledge(bench, 2), 2)
    expect(bench.sent('TimeoutNow')).toHaveLength(1)
    acknowledge(acknowledge(bench, 3), 2)
    expect(bench.log).toBe('13444')
    expect(bench.server.transfer).toMatchObject({ to: 2, told: true })
    expect(bench.sent('TimeoutNow')).toHaveLength(1)
  })

  it('one that needs the snapshot gets that, and the entries after it, first (§7)', () => {
    const bench = transfer(sender(), 2)
    expect(bench.sent('TimeoutNow')).toEqual([])
    bench.receive(installReply(newest(bench, 'InstallSnapshot')))
    expect(bench.sent('TimeoutNow')).toEqual([])
    expect(acknowledge(bench, 2).sent('TimeoutNow')).toMatchObject([{ to: 2 }])
  })

  it('entries that are on their way already are not sent again (D 10.2.2)', () => {
    const bench = leading({ settings: { pipeline: 4 } })
      .receive(clientRequest(2))
      .forget()
    transfer(bench, 2)
    expect(bench.sent('AppendEntries')).toEqual([])
    expect(acknowledge(bench, 2).sent('TimeoutNow')).toMatchObject([{ to: 2 }])
  })

  it.each([
    ['to itself', leading(), 1, 'Itself'],
    ['to a stranger', leading(), 9, 'NotAVoter'],
    ['by a follower', follower({ term: 4 }), 2, 'NotLeader'],
    ['by a candidate', candidate({ term: 4 }), 2, 'NotLeader'],
    ['while another is under way', transfer(leading(), 2).forget(), 3, 'UnderWay'],
    ['while the same one is under way', transfer(leading(), 2).forget(), 2, 'UnderWay'],
  ])('not %s', (_, bench, to, why) => {
    const { transfer: was, leaseOver } = bench.server
    expect(transfer(bench, to).sent('TimeoutNow')).toEqual([])
    expect(bench.told('TransferRefused')).toMatchObject([{ to, why }])
    expect(bench.server).toMatchObject({ transfer: was, leaseOver })
  })

  it('not to a learner (D 4.2.1)', () => {
    const bench = leading({ settings: { changeAfterOwnEntry: false } }).receive(changeMembers([4]))
    expect(bench.server.peers.map(({ id }) => id)).toEqual([2, 3, 4])
    expect(transfer(acknowledge(bench, 4, 2), 4).told('TransferRefused')).toMatchObject([
      { why: 'NotAVoter' },
    ])
  })
})

describe('meanwhile the leader takes nothing new (D 3.10)', () => {
  it.each([
    ['a command', clientRequest(7), 'log'],
    ['a get through the log', clientRequest(7, { kind: 'Get', key: 'x' }), 'log'],
    ['a get by ReadIndex', clientRequest(7, { kind: 'Get', key: 'x' }), 'readIndex'],
    ['a get by lease', clientRequest(7, { kind: 'Get', key: 'x' }), 'lease'],
    ['a session', clientRequest(7, { kind: 'OpenSession' }), 'log'],
    ['a change of members', changeMembers([4], [], 7), 'log'],
  ] as const)('%s is held off', (_, request, reads) => {
    const bench = transfer(leading({ settings: { reads } }), 3).forget()
    bench.receive(request)
    expect(bench.log).toBe('134')
    expect(bench.server).toMatchObject({ reads: [], change: null })
    expect(bench.sent('ClientReply')).toMatchObject([{ serial: 7, result: null, leader: 1 }])
    expect(bench.told('CommandHeldOff')).toMatchObject([{ to: 3, rule: 'D 3.10' }])
  })

  it('what came before is still answered', () => {
    const bench = transfer(leading().receive(clientRequest(7)), 2)
    expect(acknowledge(bench, 2).sent('ClientReply')).toMatchObject([{ serial: 7, result: { kind: 'Done' } }])
  })

  it('after an election timeout it is abandoned, and commands are welcome again', () => {
    const bench = transfer(leading(), 3)
    bench.wait(299_999).receive(clientRequest(7))
    expect(bench.log).toBe('134')
    bench.forget().wait(1).receive(clientRequest(8))
    expect(bench.told('TransferAbandoned')).toMatchObject([{ to: 3 }])
    expect(bench.server).toMatchObject({ role: 'leader', transfer: null })
    expect(bench.log).toBe('1344')
  })

  it('an abandoned one does not come back when the target has caught up', () => {
    const bench = transfer(leading(), 3).wait(300_000)
    expect(acknowledge(bench, 3).sent('TimeoutNow')).toEqual([])
  })

  it('then it can be tried again', () => {
    const bench = transfer(leading(), 3).wait(300_000).forget()
    expect(transfer(bench, 2).sent('TimeoutNow')).toMatchObject([{ to: 2 }])
  })

  it('it ends with the office', () => {
    const bench = transfer(leading(), 2).receive({ ...requestVote({ term: 5, log: '134' }), transfer: true })
    expect(bench.server).toMatchObject({ role: 'follower', currentTerm: 5, votedFor: 2, transfer: null })
    bench.forget().receive(clientRequest(7))
    expect(bench.told('CommandRedirected')).toHaveLength(1)
  })
})

describe('the target stands at once (D 3.10)', () => {
  const both = { preVote: true, checkQuorum: true }
  const target = (settings: Start['settings'] = {}) =>
    follower({ term: 4, log: '13', settings })
      .receive(appendEntries({ term: 4, log: '13', prev: 2 }))
      .forget()

  it.each([
    ['plainly', {}],
    ['PreVote or not: it would only ask what the leader knows', both],
  ])('%s', (_, settings) => {
    const bench = target(settings).receive(timeoutNow({ term: 4 }))
    expect(bench.server).toMatchObject({ role: 'candidate', currentTerm: 5, votedFor: 1 })
    expect(bench.sent('PreVote')).toEqual([])
    expect(bench.sent('RequestVote')).toMatchObject([2, 3].map((to) => ({ to, term: 5, transfer: true })))
    expect(bench.told('TimeoutNowTaken')).toMatchObject([{ leader: 2 }])
    expect(bench.deeds.find(({ kind }) => kind !== 'told')).toMatchObject({ kind: 'stored', term: 5 })
  })

  it('and wins though all the others hear the leader', () => {
    const two = target(both).receive(timeoutNow({ term: 4 }))
    const [request] = two.sent('RequestVote').filter(({ to }) => to === 3)
    const three = follower({ id: 3, term: 4, log: '13', settings: both })
    three.receive(appendEntries({ to: 3, term: 4, log: '13', prev: 2 })).receive(request as RequestVote)
    expect(two.receive(...three.sent('RequestVoteReply')).server).toMatchObject({
      role: 'leader',
      currentTerm: 5,
    })
  })

  it('asking again, it still says so', () => {
    const bench = target(both)
      .receive(timeoutNow({ term: 4 }))
      .forget()
      .wait(80_000)
    expect(bench.sent('RequestVote')).toMatchObject([{ transfer: true }, { transfer: true }])
  })

  it('but a later election is its own affair, with all that it takes', () => {
    const bench = target(both)
      .receive(timeoutNow({ term: 4 }))
      .forget()
      .wait(200_000)
    expect(bench.server).toMatchObject({ role: 'pre-candidate', currentTerm: 5 })
    const other = target({ checkQuorum: true })
      .receive(timeoutNow({ term: 4 }))
      .forget()
      .wait(200_000)
    expect(other.sent('RequestVote')).toMatchObject([
      { term: 6, transfer: false },
      { term: 6, transfer: false },
    ])
  })

  it('doubled, it counts once: the second is of an earlier term', () => {
    const bench = target().receive(timeoutNow({ term: 4 }), timeoutNow({ term: 4 }))
    expect(bench.server.currentTerm).toBe(5)
    expect(bench.told('TimeoutNowIgnored')).toMatchObject([{ why: 'StaleTerm' }])
  })

  it.each([
    ['late', target().receive(appendEntries({ from: 3, term: 6 })), 'StaleTerm'],
    ['a leader', leader({ term: 4 }), 'Leader'],
    ['without a configuration', follower({ servers: 0, term: 4 }), 'NotAMember'],
  ])('%s: ignored', (_, bench, why) => {
    const { currentTerm, role } = bench.forget().server
    bench.receive(timeoutNow({ term: 4 }))
    expect(bench.server).toMatchObject({ currentTerm, role })
    expect(bench.told('TimeoutNowIgnored')).toMatchObject([{ leader: 2, why }])
    expect(bench.sent('RequestVote')).toEqual([])
  })

  it.each([
    ['follower', follower],
    ['pre-candidate', preCandidate],
    ['leader', leader],
  ])('a %s of an earlier term adopts the leader’s before it stands (§5.1)', (_, make) => {
    const bench = make({ term: 3 })
      .forget()
      .receive(timeoutNow({ term: 4 }))
    expect(bench.server).toMatchObject({ role: 'candidate', currentTerm: 5 })
    expect(bench.told('TermAdopted')).toMatchObject([{ was: 3, term: 4, message: 'TimeoutNow' }])
  })

  it('a server alone is its own majority', () => {
    const bench = follower({ term: 3, servers: 1 }).receive(timeoutNow({ term: 4 }))
    expect(bench.server).toMatchObject({ role: 'leader', currentTerm: 5 })
  })
})

it('a target whose answers are still to come is behind, whatever has been sent to it', () => {
  const bench = established({ settings: { pipeline: 4 } }).receive(clientRequest())
  expect(bench.peer(2)).toMatchObject({ matchIndex: 1, nextIndex: 3 })
  bench.step({ kind: 'Transfer', to: serverId(2) })
  expect(bench.told('TransferStarted')).toMatchObject([{ to: 2, behind: true }])
  expect(bench.sent('TimeoutNow')).toEqual([])
})

it('it is given up in time, whatever else is due', () => {
  const settings = { heartbeatInterval: 10_000_000, rpcTimeout: 10_000_000 }
  const bench = established({ settings }).step({ kind: 'Transfer', to: serverId(2) })
  expect(nextDue(bench.server)).toBe(bench.now + 300_000)
})
