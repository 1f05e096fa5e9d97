import { describe, expect, it } from 'vitest'
import { NEVER } from '../base/ids.ts'
import {
  appendEntries,
  appendReply,
  candidate,
  clientRequest,
  follower,
  leader,
  requestVote,
  voteReply,
} from './test-kit.ts'

describe('starting an election (§5.2)', () => {
  it('a follower that hears nothing becomes candidate of the next term and votes for itself', () => {
    const bench = follower({ term: 3, votedFor: 2, servers: 5 })
    bench.wait(199_999)
    expect(bench.server.role).toBe('follower')
    bench.wait(1)
    expect(bench.server).toMatchObject({ role: 'candidate', currentTerm: 4, votedFor: 1, leaderId: null })
  })

  it('it asks every other server, with its last entry’s index and term', () => {
    const bench = follower({ term: 3, log: '1123', servers: 5 }).wait(200_000)
    const asked = { term: 4, candidateId: 1, lastLogIndex: 4, lastLogTerm: 3 }
    expect(bench.sent('RequestVote')).toMatchObject([2, 3, 4, 5].map((to) => ({ from: 1, to, ...asked })))
  })

  it('its term and its own vote are on disk before any request leaves', () => {
    const bench = follower({ term: 3, servers: 3 }).wait(200_000)
    const [first] = bench.deeds
    expect(first).toEqual({ kind: 'stored', term: 4, votedFor: 1, log: '' })
  })

  it('a candidate without a majority tries again in a new term after another timeout', () => {
    const bench = candidate({ term: 4, servers: 5 })
    bench.receive(voteReply({ from: 2, term: 4 }))
    bench.wait(200_000)
    expect(bench.server).toMatchObject({ role: 'candidate', currentTerm: 5, votedFor: 1 })
    expect(bench.sent('RequestVote').filter((request) => request.term === 5)).toHaveLength(4)
    expect(bench.told('BecameCandidate')).toMatchObject([{ term: 5, again: true, waited: 200_000 }])
  })

  it('a vote from the election before does not count in the new one', () => {
    const bench = candidate({ term: 4, servers: 3 }).wait(200_000).forget()
    bench.receive(voteReply({ from: 2, term: 4 }))
    expect(bench.server.role).toBe('candidate')
    expect(bench.told('VoteReplyIgnored')).toMatchObject([{ voter: 2, why: 'OldElection' }])
  })

  it('a leader has no election timer, and cannot be made to time out', () => {
    const bench = leader({ term: 4 })
    expect(bench.server.electionDue).toBe(Infinity)
    bench.step({ kind: 'ElectionTimeout' })
    expect(bench.server).toMatchObject({ role: 'leader', currentTerm: 4 })
    expect(bench.deeds).toMatchObject([{ kind: 'told', fact: { kind: 'LeaderHasNoElectionTimer', term: 4 } }])
  })

  it('a cluster of one elects itself at once, and commits what it appends', () => {
    const bench = follower({ servers: 1 }).wait(200_000)
    expect(bench.server).toMatchObject({ role: 'leader', currentTerm: 2 })
    bench.receive(clientRequest())
    expect(bench.server).toMatchObject({ commitIndex: 1, lastApplied: 1 })
    expect(bench.sent('ClientReply')).toMatchObject([{ result: { kind: 'Done' } }])
  })
})

describe('voting (Figure 2, RequestVote RPC)', () => {
  it.each([
    { mine: '', theirs: '', granted: true, why: 'two empty logs are as good as each other' },
    { mine: '1', theirs: '1', granted: true, why: 'the same log is as up-to-date' },
    { mine: '1', theirs: '11', granted: true, why: 'on equal last terms the longer log is more up-to-date' },
    { mine: '11', theirs: '1', granted: false, why: 'on equal last terms the shorter log is behind' },
    { mine: '11', theirs: '2', granted: true, why: 'a later last term beats a longer log' },
    { mine: '2', theirs: '11', granted: false, why: 'an earlier last term loses, however long the log' },
    { mine: '12', theirs: '111', granted: false, why: 'an earlier last term loses, however long the log' },
    { mine: '112', theirs: '12', granted: false, why: 'only the last entry and the length count' },
    { mine: '122', theirs: '112', granted: true, why: 'only the last entry and the length count' },
    { mine: '1', theirs: '', granted: false, why: 'an empty log is behind any other' },
    { mine: '', theirs: '3', granted: true, why: 'any log is ahead of an empty one' },
  ])('$mine for $theirs: $granted, $why (§5.4.1)', ({ mine, theirs, granted }) => {
    const bench = follower({ term: 3, log: mine }).receive(requestVote({ term: 4, log: theirs }))
    expect(bench.sent('RequestVoteReply')).toMatchObject([{ to: 2, term: 4, voteGranted: granted }])
    expect(bench.server.votedFor).toBe(granted ? 2 : null)
  })

  it.each([
    { votedFor: null, granted: true, why: 'the vote is free' },
    { votedFor: 2, granted: true, why: 'the same candidate asks again' },
    { votedFor: 3, granted: false, why: 'first come, first served' },
    { votedFor: 1, granted: false, why: 'it voted for itself' },
  ])('votedFor $votedFor: $granted, $why (§5.2)', ({ votedFor, granted }) => {
    const bench = follower({ term: 4, votedFor }).receive(requestVote({ from: 2, term: 4 }))
    expect(bench.sent('RequestVoteReply')).toMatchObject([{ term: 4, voteGranted: granted }])
    expect(bench.server.votedFor).toBe(granted ? 2 : votedFor)
  })

  it('a request of an earlier term is refused with the current one (§5.1)', () => {
    const bench = follower({ term: 4 }).receive(requestVote({ term: 3, log: '3' }))
    expect(bench.sent('RequestVoteReply')).toMatchObject([{ term: 4, requestTerm: 3, voteGranted: false }])
    expect(bench.server).toMatchObject({ currentTerm: 4, votedFor: null })
    expect(bench.told('VoteRefused')).toMatchObject([{ rule: '§5.1', why: { kind: 'StaleTerm', mine: 4 } }])
  })

  it('a vote is on disk before its reply leaves (§5.1)', () => {
    const bench = follower({ term: 4, log: '1' }).receive(requestVote({ term: 4, log: '1' }))
    const stored = bench.deeds.findIndex((deed) => deed.kind === 'stored' && deed.votedFor === 2)
    const sent = bench.deeds.findIndex((deed) => deed.kind === 'sent')
    expect(stored).toBeGreaterThanOrEqual(0)
    expect(stored).toBeLessThan(sent)
  })

  it('a later term is adopted, and stored, even where the vote is refused; the vote is then still free (§5.1)', () => {
    const bench = follower({ term: 3, votedFor: 3, log: '3' })
    bench.receive(requestVote({ from: 2, term: 5, log: '1' }))
    expect(bench.server).toMatchObject({ currentTerm: 5, votedFor: null })
    expect(bench.deeds[0]).toMatchObject({ kind: 'stored', term: 5, votedFor: null })
    bench.forget().receive(requestVote({ from: 3, term: 5, log: '3' }))
    expect(bench.sent('RequestVoteReply')).toMatchObject([{ to: 3, voteGranted: true }])
  })

  it.each(['candidate', 'leader'] as const)('a %s keeps its vote for itself (§5.2)', (role) => {
    const bench = (role === 'leader' ? leader : candidate)({ term: 4 })
    bench.receive(requestVote({ term: 4, log: '33' }))
    expect(bench.sent('RequestVoteReply')).toMatchObject([{ voteGranted: false }])
    expect(bench.server).toMatchObject({ role, votedFor: 1 })
  })
})

describe('counting votes (§5.2)', () => {
  it.each([
    { servers: 1, others: 0 },
    { servers: 2, others: 1 },
    { servers: 3, others: 1 },
    { servers: 4, others: 2 },
    { servers: 5, others: 2 },
    { servers: 6, others: 3 },
    { servers: 7, others: 3 },
    { servers: 9, others: 4 },
  ])('of $servers servers, $others others make it leader and fewer do not', ({ servers, others }) => {
    const bench = candidate({ term: 4, servers })
    for (let voter = 2; voter < 2 + others; voter++) {
      expect(bench.server.role).toBe('candidate')
      bench.receive(voteReply({ from: voter, term: 4 }))
    }
    expect(bench.server.role).toBe('leader')
  })

  it('one voter’s answers count once, however often they come', () => {
    const bench = candidate({ term: 4, servers: 5 })
    const vote = voteReply({ from: 2, term: 4 })
    bench.receive(vote, vote, vote)
    expect(bench.server.role).toBe('candidate')
    expect(bench.told('VoteCounted')).toMatchObject([{ voter: 2, votes: 2, needed: 3 }])
    expect(bench.told('VoteReplyIgnored')).toHaveLength(2)
  })

  it('refusals do not add up to anything', () => {
    const bench = candidate({ term: 4, servers: 3 })
    bench.receive(...[2, 3].map((from) => voteReply({ from, term: 4, voteGranted: false })))
    expect(bench.server).toMatchObject({ role: 'candidate', currentTerm: 4 })
  })

  it('a new leader makes itself known at once, with an empty AppendEntries to everyone', () => {
    const bench = candidate({ term: 4, log: '12', servers: 3 }).receive(voteReply({ term: 4 }))
    const heartbeat = { term: 4, leaderId: 1, prevLogIndex: 2, prevLogTerm: 2, entries: [], leaderCommit: 0 }
    expect(bench.sent('AppendEntries')).toMatchObject([2, 3].map((to) => ({ to, ...heartbeat })))
  })

  it('it begins with nextIndex after its own log and matchIndex 0 (Figure 2)', () => {
    const bench = leader({ term: 4, log: '112', servers: 3 })
    expect(bench.server.peers).toMatchObject([2, 3].map((id) => ({ id, nextIndex: 4, matchIndex: 0 })))
  })

  it('a vote that comes after the majority does not start the leader over', () => {
    const bench = leader({ term: 4, servers: 5 }).receive(clientRequest())
    for (const request of bench.sent('AppendEntries').slice(0, 2)) bench.receive(appendReply(request))
    const before = JSON.stringify(bench.server)
    bench.forget().receive(voteReply({ from: 5, term: 4 }))
    expect(JSON.stringify(bench.server)).toBe(before)
    expect(bench.deeds).toMatchObject([{ fact: { kind: 'VoteReplyIgnored', why: 'NotCandidate' } }])
  })

  it('a vote for a follower that was candidate of that very term counts for nothing', () => {
    const bench = candidate({ term: 4, servers: 3 }).receive(appendEntries({ from: 3, term: 4 }))
    bench.receive(voteReply({ from: 2, term: 4 }))
    expect(bench.server).toMatchObject({ role: 'follower', leaderId: 3 })
  })
})

describe('giving way', () => {
  it('a candidate that hears from a leader of its own term follows it, and keeps its vote (§5.2)', () => {
    const bench = candidate({ term: 4 }).receive(appendEntries({ from: 3, term: 4 }))
    expect(bench.server).toMatchObject({ role: 'follower', currentTerm: 4, votedFor: 1, leaderId: 3 })
    expect(bench.told('YieldedToLeader')).toMatchObject([{ leader: 3, term: 4 }])
    bench.forget().receive(requestVote({ from: 2, term: 4 }))
    expect(bench.sent('RequestVoteReply')).toMatchObject([{ voteGranted: false }])
  })

  it('a candidate does not give way to a leader of an earlier term (§5.2)', () => {
    const bench = candidate({ term: 4 }).receive(appendEntries({ from: 3, term: 3 }))
    expect(bench.server).toMatchObject({ role: 'candidate', currentTerm: 4, leaderId: null })
    expect(bench.sent('AppendEntriesReply')).toMatchObject([{ term: 4, success: false }])
  })

  it('two candidates of one term split the vote: neither votes for the other, and both try again (§5.2)', () => {
    const one = candidate({ id: 1, term: 4, servers: 4 })
    const two = candidate({ id: 2, term: 4, servers: 4 })
    one.receive(requestVote({ from: 2, to: 1, term: 4 }), voteReply({ from: 3, to: 1, term: 4 }))
    two.receive(requestVote({ from: 1, to: 2, term: 4 }), voteReply({ from: 4, to: 2, term: 4 }))
    for (const reply of one.sent('RequestVoteReply')) two.receive(reply)
    for (const reply of two.sent('RequestVoteReply')) one.receive(reply)
    expect([one.server.role, two.server.role]).toEqual(['candidate', 'candidate'])
    one.wait(200_000)
    expect(one.server).toMatchObject({ role: 'candidate', currentTerm: 5 })
    const [request] = one.sent('RequestVote').filter(({ to, term }) => to === 2 && term === 5)
    if (request !== undefined) two.receive(request)
    expect(two.server).toMatchObject({ role: 'follower', currentTerm: 5, votedFor: 1 })
  })
})

describe('asking again (§5.1)', () => {
  it('a candidate asks those again, for ever, that have not answered', () => {
    const settings = { rpcTimeout: 80_000 }
    const bench = candidate({ term: 4, servers: 5, settings })
    bench.server.electionDue = NEVER
    bench.receive(voteReply({ from: 3, term: 4 }), voteReply({ from: 4, term: 4, voteGranted: false }))
    for (let round = 1; round <= 20; round++) {
      bench.forget().wait(79_999)
      expect(bench.sent('RequestVote')).toEqual([])
      bench.wait(1)
      expect(bench.sent('RequestVote').map(({ to }) => to)).toEqual([2, 5])
    }
  })

  it('a leader asks for no more votes', () => {
    const bench = leader({ term: 4, servers: 5 })
    for (let round = 1; round <= 20; round++) bench.wait(20_000)
    expect(bench.sent('RequestVote')).toEqual([])
    expect(bench.sent('AppendEntries').length).toBeGreaterThan(0)
  })
})

it('who refused, and votes for it after all in the same term, is counted (D 4.2.3)', () => {
  const bench = candidate({ term: 5, settings: { checkQuorum: true } })
  bench.receive(voteReply({ from: 2, term: 4, requestTerm: 5, voteGranted: false }))
  expect(bench.server.role).toBe('candidate')
  expect(bench.receive(voteReply({ from: 2, term: 5 })).server.role).toBe('leader')
})
