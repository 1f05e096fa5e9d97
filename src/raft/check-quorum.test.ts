import { describe, expect, it } from 'vitest'
import { logIndex, micros, serverId } from '../base/ids.ts'
import { configurationOf } from './configuration.ts'
import { changeMembers, established } from './members-kit.ts'
import { matchPeers, nextDue } from './server.ts'
import { installSnapshot } from './snapshot-kit.ts'
import {
  appendEntries,
  appendReply,
  type Bench,
  candidate,
  clientRequest,
  follower,
  leader,
  preVote,
  preVoteReply,
  requestVote,
  voteReply,
} from './test-kit.ts'

const settings = { checkQuorum: true }
/** Heartbeats that leave the quorum timer as the only one to look at. */
const quiet = { ...settings, heartbeatInterval: 10_000_000, rpcTimeout: 10_000_000 }

/** These followers answer a heartbeat that is sent now. */
function hear(bench: Bench, ...ids: readonly number[]): Bench {
  bench.forget().step({ kind: 'Heartbeat' })
  const asked = bench.sent('AppendEntries').filter(({ to }) => ids.includes(to))
  return bench.receive(...asked.map((request) => appendReply(request)))
}

/** Gives a leader another configuration, as an entry of the log would. */
function regroup(
  { server, now }: Bench,
  voters: readonly number[],
  next: readonly number[] | null = null,
): void {
  const of = (ids: readonly number[]) => ids.map((id) => serverId(id))
  const configuration = next === null ? configurationOf(of(voters)) : { voters: of(voters), next: of(next) }
  server.configurations = [...server.configurations, { index: logIndex(1), configuration }]
  matchPeers(server, now)
}

describe('a leader that hears from no majority steps down (D 6.2)', () => {
  it.each([
    { servers: 2, heard: [], stays: false },
    { servers: 2, heard: [2], stays: true },
    { servers: 3, heard: [], stays: false },
    { servers: 3, heard: [3], stays: true },
    { servers: 4, heard: [2], stays: false },
    { servers: 4, heard: [2, 4], stays: true },
    { servers: 5, heard: [5], stays: false },
    { servers: 5, heard: [2, 5], stays: true },
    { servers: 1, heard: [], stays: true },
  ])('of $servers servers, it hears $heard: stays $stays', ({ servers, heard, stays }) => {
    const bench = leader({ term: 4, servers, settings: quiet })
    hear(bench.wait(150_000).wait(1000), ...heard).wait(149_000)
    expect(bench.server.role).toBe(stays ? 'leader' : 'follower')
    expect(bench.told('SteppedDown')).toMatchObject(
      stays ? [] : [{ term: 4, rule: 'D 6.2', why: { kind: 'NoQuorum', heard } }],
    )
  })

  it('it keeps its term and its vote, knows no leader, and waits like any follower', () => {
    const { server, now } = leader({ term: 4, servers: 3, settings: quiet }).wait(150_000).wait(150_000)
    expect(server).toMatchObject({ role: 'follower', currentTerm: 4, votedFor: 1, leaderId: null })
    expect(server.electionDue).toBe(now + 200_000)
  })

  it('a leader that is heard stays for ever', () => {
    const bench = leader({ term: 4, servers: 3, settings })
    for (let i = 0; i < 40; i++) hear(bench.wait(50_000), 2)
    expect(bench.server).toMatchObject({ role: 'leader', currentTerm: 4 })
  })

  it('a refused AppendEntries is heard as well: that follower still takes it for its leader', () => {
    const bench = leader({ term: 4, log: '13', servers: 3, settings: quiet }).wait(150_000).wait(1000)
    bench.step({ kind: 'Heartbeat' })
    const conflict = { conflictTerm: null, conflictIndex: 1 }
    bench.receive(...bench.sent('AppendEntries').map((request) => appendReply(request, { conflict })))
    expect(bench.wait(149_000).server.role).toBe('leader')
  })

  it('answers to an earlier term of its own are not', () => {
    const bench = leader({ term: 4, servers: 3, settings: quiet }).wait(150_000).wait(1000)
    bench.receive(appendReply(appendEntries({ from: 1, to: 2, term: 3 }), { term: 3 }))
    bench.receive(appendReply(appendEntries({ from: 1, to: 2, term: 3 }), { term: 4 }))
    expect(bench.wait(149_000).server.role).toBe('follower')
  })

  it('nor are vote requests, votes and clients', () => {
    const bench = leader({ term: 4, servers: 3, settings: quiet }).wait(150_000).wait(1000)
    bench.receive(requestVote({ term: 4 }), preVote({ term: 5 }), voteReply({ term: 4 }), clientRequest())
    expect(bench.wait(149_000).server.role).toBe('follower')
  })

  it('learners do not count (D 4.2.1)', () => {
    const start = { term: 4, log: '1', settings: { ...quiet, changeAfterOwnEntry: false } }
    const bench = leader(start).receive(
      clientRequest(1, { kind: 'ChangeMembers', add: [serverId(4)], remove: [] }),
    )
    expect(bench.server.change?.learners).toEqual([4])
    const conflict = { conflictTerm: null, conflictIndex: 1 } // it has nothing yet, but it answers
    const [asked] = bench.sent('AppendEntries').filter(({ to }) => to === 4)
    if (asked === undefined) throw new Error('nothing was sent to S4')
    bench.wait(150_000).wait(1000).forget().receive(appendReply(asked, { conflict }))
    expect(bench.wait(149_000).server.role).toBe('follower')
    expect(bench.told('SteppedDown')).toMatchObject([{ why: { kind: 'NoQuorum', heard: [] } }])
  })

  it.each([
    { heard: [2, 3], stays: false, why: 'a majority of the union, and of the old ones, only' },
    { heard: [4, 5], stays: false, why: 'a majority of the union, and of the new ones, only' },
    { heard: [2, 4], stays: true, why: 'with itself, two of three in both' },
  ])('in joint consensus, $heard: $stays, $why (§6)', ({ heard, stays }) => {
    const bench = leader({ term: 4, servers: 3, settings: quiet })
    regroup(bench, [1, 2, 3], [1, 4, 5])
    hear(bench.wait(150_000).wait(1000), ...heard).wait(149_000)
    expect(bench.server.role).toBe(stays ? 'leader' : 'follower')
  })

  it('a leader that is no voter does not count itself', () => {
    const bench = leader({ term: 4, servers: 3, settings: quiet }).wait(150_000)
    regroup(bench, [2, 3])
    expect(hear(bench.wait(1000), 2).wait(149_000).server.role).toBe('follower')
  })

  it('a voter that has just come has an election timeout to answer, too', () => {
    const bench = leader({ term: 4, servers: 1, settings: { ...quiet, catchUp: false, noOp: true } }).wait(
      149_000,
    )
    bench.receive(clientRequest(1, { kind: 'ChangeMembers', add: [serverId(2)], remove: [] }))
    expect(bench.wait(1000).server.role).toBe('leader')
    expect(bench.wait(150_000).server.role).toBe('follower')
  })

  it('what it was at goes with the office', () => {
    const bench = leader({ term: 4, servers: 3, settings: { ...quiet, reads: 'readIndex', noOp: true } })
    hear(bench, 2)
      .forget()
      .receive(clientRequest(7, { kind: 'Get', key: 'x' }))
    bench
      .wait(150_000)
      .step({ kind: 'Transfer', to: serverId(2) })
      .forget()
      .wait(150_000)
    expect(bench.server).toMatchObject({ role: 'follower', transfer: null, change: null, reads: [] })
    expect(bench.server).toMatchObject({ quorumDue: Infinity, batchDue: Infinity })
    expect(bench.sent('ClientReply')).toMatchObject([{ serial: 7, result: null, leader: null }])
    expect(bench.sent('AppendEntries')).toEqual([])
  })

  it('nor does a leader look any more that a later term deposed', () => {
    const bench = leader({ term: 4, settings: quiet })
    bench.receive(voteReply({ term: 5, voteGranted: false, requestTerm: 4 }))
    expect(bench.server).toMatchObject({ role: 'follower', quorumDue: Infinity })
  })

  it('off, it leads on', () => {
    const bench = leader({ term: 4, servers: 3 })
    for (let i = 0; i < 9; i++) bench.wait(150_000)
    expect(bench.server.role).toBe('leader')
  })

  it('turned on in mid-term, it begins to look, and turned off it stops', () => {
    const bench = leader({ term: 4, servers: 3 })
    for (let i = 0; i < 9; i++) bench.wait(50_000)
    bench.change(settings)
    expect(bench.wait(50_000).server.role).toBe('leader')
    hear(bench, 2)
    expect(bench.wait(150_000).server.role).toBe('leader')
    bench.change({ checkQuorum: false })
    expect(bench.wait(150_000).wait(150_000).server.role).toBe('leader')
    bench.change(settings)
    expect(bench.wait(50_000).wait(150_000).server.role).toBe('follower')
  })
})

describe('who hears a leader disregards those who stand (D 4.2.3)', () => {
  /** Follows S3 in term 4, and heard from it `ago`. */
  const hearing = (ago: number, on = settings) =>
    follower({ term: 4, log: '13', settings: on })
      .receive(appendEntries({ from: 3, term: 4, log: '13', prev: 2 }))
      .wait(ago)
      .forget()

  it('no vote, and the newer term is not adopted; but there is an answer', () => {
    const bench = hearing(149_999)
    const { electionDue } = bench.server
    bench.receive(requestVote({ term: 9, log: '139' }))
    expect(bench.server).toMatchObject({ currentTerm: 4, votedFor: null, leaderId: 3, electionDue })
    const answer = { to: 2, term: 4, requestTerm: 9, voteGranted: false }
    expect(bench.sent('RequestVoteReply')).toMatchObject([answer])
    expect(bench.told('VoteRefused')).toMatchObject([
      { candidate: 2, term: 9, rule: 'D 4.2.3', why: { kind: 'HearsLeader', leader: 3 } },
    ])
    expect(bench.deeds.some(({ kind }) => kind === 'stored')).toBe(false)
  })

  it('after the shortest election timeout without it, the vote is free', () => {
    const bench = hearing(150_000).receive(requestVote({ term: 5, log: '13' }))
    expect(bench.server).toMatchObject({ currentTerm: 5, votedFor: 2 })
  })

  it('an InstallSnapshot is heard like an AppendEntries', () => {
    const bench = follower({ term: 4, settings }).wait(160_000)
    bench.receive(installSnapshot({ from: 3, term: 4, log: '13', bytes: 10 }))
    bench.receive(requestVote({ term: 5, log: '1344' }))
    expect(bench.told('VoteRefused')).toMatchObject([{ why: { kind: 'HearsLeader' } }])
  })

  it.each([
    ['follower', hearing(0)],
    ['leader', leader({ term: 4, log: '13', settings })],
  ])('a %s obeys the later term of anything else', (_, bench) => {
    bench.receive(voteReply({ term: 9, requestTerm: 4, voteGranted: false }))
    expect(bench.server).toMatchObject({ role: 'follower', currentTerm: 9 })
  })

  it('a leader is not deposed by one who stands', () => {
    const bench = leader({ term: 4, settings }).receive(requestVote({ term: 9, log: '9' }))
    expect(bench.server).toMatchObject({ role: 'leader', currentTerm: 4 })
    expect(bench.sent('RequestVoteReply')).toMatchObject([{ term: 4, voteGranted: false }])
  })

  it('but by the transfer that it asked for itself (D 3.10)', () => {
    for (const bench of [leader({ term: 4, settings }), hearing(0)]) {
      bench.receive({ ...requestVote({ term: 5, log: '134' }), transfer: true })
      expect(bench.server).toMatchObject({ role: 'follower', currentTerm: 5, votedFor: 2 })
    }
  })

  it('a transfer overrules nothing else', () => {
    const bench = hearing(0).receive({ ...requestVote({ term: 5, log: '1' }), transfer: true })
    expect(bench.sent('RequestVoteReply')).toMatchObject([{ voteGranted: false }])
    expect(bench.told('VoteRefused')).toMatchObject([{ why: { kind: 'LogBehind' } }])
    expect(bench.server.currentTerm).toBe(5)
  })

  it('a term that it learned by the way frees no vote: it has just promised the leader to wait (D 6.4.1)', () => {
    const bench = hearing(0).receive(preVoteReply({ from: 2, term: 5, requestTerm: 5, voteGranted: false }))
    expect(bench.server).toMatchObject({ currentTerm: 5, leaderId: null })
    bench.wait(149_999).receive(requestVote({ term: 5, log: '13' }))
    expect(bench.server.votedFor).toBeNull()
    bench.wait(1).receive(requestVote({ term: 5, log: '13' }))
    expect(bench.server.votedFor).toBe(2)
  })

  it('nor does the leader’s own term', () => {
    const bench = hearing(0).receive(requestVote({ term: 4, log: '13' }))
    expect(bench.server.votedFor).toBeNull()
  })

  it('off, the later term counts (Figure 2)', () => {
    const bench = hearing(0, { checkQuorum: false }).receive(requestVote({ term: 9, log: '13' }))
    expect(bench.server).toMatchObject({ currentTerm: 9, votedFor: 2 })
  })

  it('PreVote alone does not make anyone disregard a vote', () => {
    const bench = follower({ term: 4, settings: { preVote: true } }).receive(
      appendEntries({ from: 3, term: 4 }),
    )
    bench.receive(requestVote({ term: 5 }))
    expect(bench.server).toMatchObject({ currentTerm: 5, votedFor: 2 })
  })

  it('who restarts does not know whether it promised a lease: it behaves as if it had (D 6.4.1)', () => {
    const leases = { ...settings, reads: 'lease' } as const
    const bench = follower({ term: 4, settings: leases }).receive(requestVote({ term: 5 }))
    expect(bench.server.votedFor).toBeNull()
    bench.wait(150_000).receive(requestVote({ term: 5 }))
    expect(bench.server.votedFor).toBe(2)
    expect(follower({ term: 4, settings }).receive(requestVote({ term: 5 })).server.votedFor).toBe(2)
  })
})

describe('a candidate that is disregarded', () => {
  it('counts it as a refusal, and asks that server no more in this election', () => {
    const bench = candidate({ term: 5, servers: 3, settings })
    bench.receive(voteReply({ from: 2, term: 4, requestTerm: 5, voteGranted: false }))
    expect(bench.told('VoteDenied')).toMatchObject([{ voter: 2, term: 5 }])
    bench.forget().wait(80_000)
    expect(bench.sent('RequestVote')).toMatchObject([{ to: 3 }])
  })

  it('no server of an earlier term can have granted a vote', () => {
    const bench = candidate({ term: 5, servers: 3, settings })
    bench.receive(voteReply({ from: 2, term: 4, requestTerm: 5, voteGranted: true }))
    expect(bench.server.role).toBe('candidate')
  })

  it('answers the old leader, so that it steps down: that takes PreVote to prevent', () => {
    const three = candidate({ id: 3, term: 5, settings })
    three.receive(appendEntries({ from: 1, to: 3, term: 4 }))
    expect(three.sent('AppendEntriesReply')).toMatchObject([{ to: 1, term: 5, success: false }])
    const one = leader({ term: 4, settings }).receive(...three.sent('AppendEntriesReply'))
    expect(one.server).toMatchObject({ role: 'follower', currentTerm: 5 })
  })
})

describe('the one-way cut that needs both (D 6.2, 9.6)', () => {
  const both = { ...settings, preVote: true }

  it('a leader that is heard but does not hear keeps all others from standing until it steps down', () => {
    const two = follower({ id: 2, term: 4, settings: both })
    const one = leader({ term: 4, settings: both })
    const beats = () => one.sent('AppendEntries').filter(({ to }) => to === 2)
    for (let i = 0; i < 6; i++) {
      one.forget().wait(50_000)
      two.wait(50_000).receive(...beats())
    }
    expect(two.server.role).toBe('follower')
    expect(one.server).toMatchObject({ role: 'follower', currentTerm: 4 })
    expect(two.wait(200_000).server.role).toBe('pre-candidate')
  })

  it('and then it asks for ever and gets no answer, without raising its term', () => {
    const one = leader({ term: 4, settings: both })
    for (let i = 0; i < 40; i++) one.wait(50_000)
    expect(one.server).toMatchObject({ role: 'pre-candidate', currentTerm: 4 })
  })

  it('without PreVote its term rises and rises, and each request deposes its successor’s', () => {
    const one = leader({ term: 4, settings })
    for (let i = 0; i < 40; i++) one.wait(50_000)
    expect(one.server.role).toBe('candidate')
    expect(one.server.currentTerm).toBeGreaterThan(8)
  })

  it('a heartbeat that is only sent is no sign of life', () => {
    const bench = leader({ term: 4, settings }).wait(50_000).wait(50_000).wait(50_000).wait(150_000)
    expect(bench.server.role).toBe('follower')
    expect(bench.now).toBe(micros(1_300_000))
  })
})

it('a request of an earlier term is refused for that, whoever is heard (§5.1)', () => {
  const bench = follower({ term: 5, settings })
  bench.receive(appendEntries({ from: 3, term: 5 }), requestVote({ term: 4 }))
  expect(bench.told('VoteRefused')).toMatchObject([{ rule: '§5.1', why: { kind: 'StaleTerm', mine: 5 } }])
})

it('a leader looks for the first time an election timeout after it began, whatever else is due', () => {
  const bench = leader({ term: 4, settings: quiet })
  expect([bench.server.quorumDue, nextDue(bench.server)]).toEqual([bench.now + 150_000, bench.now + 150_000])
})

it('who has only just come has not answered yet', () => {
  const bench = established({ settings: quiet }).wait(150_000).wait(100_000)
  bench.receive(changeMembers([4])).wait(50_000)
  expect(bench.told('SteppedDown')).toMatchObject([{ why: { kind: 'NoQuorum', heard: [] } }])
})
