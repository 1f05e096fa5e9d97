import { describe, expect, it } from 'vitest'
import type { PeerMessage } from './messages.ts'
import {
  appendEntries,
  appendReply,
  type Bench,
  candidate,
  clientRequest,
  follower,
  leader,
  preCandidate,
  preVote,
  preVoteReply,
  requestVote,
  timeoutNow,
  voteReply,
} from './test-kit.ts'

const settings = { preVote: true }

/** What a PreVote may never change. */
const standing = ({ server }: Bench) => {
  const { currentTerm, votedFor, role, leaderId, electionDue, electionSetAt, heardAt } = server
  return { currentTerm, votedFor, role, leaderId, electionDue, electionSetAt, heardAt }
}

describe('before it stands, a server asks whether it could win (D 9.6)', () => {
  it('its term and its vote stay, and nothing is stored', () => {
    const bench = follower({ term: 4, votedFor: 2, log: '13', servers: 5, settings })
    bench
      .receive(appendEntries({ from: 3, term: 4, log: '13', prev: 2 }))
      .forget()
      .wait(200_000)
    expect(bench.server).toMatchObject({ role: 'pre-candidate', currentTerm: 4, votedFor: 2, leaderId: null })
    expect(bench.deeds.some(({ kind }) => kind === 'stored')).toBe(false)
    expect(bench.sent('RequestVote')).toEqual([])
  })

  it('it names the term that the election would have, and its last entry', () => {
    const bench = follower({ term: 4, log: '13', servers: 5, settings }).wait(200_000)
    const asked = { term: 5, candidateId: 1, lastLogIndex: 2, lastLogTerm: 3 }
    expect(bench.sent('PreVote')).toMatchObject([2, 3, 4, 5].map((to) => ({ from: 1, to, ...asked })))
    expect(bench.told('PreVoteStarted')).toMatchObject([{ term: 5, again: false, waited: 200_000 }])
  })

  it.each([
    { servers: 2, others: 1 },
    { servers: 3, others: 1 },
    { servers: 4, others: 2 },
    { servers: 5, others: 2 },
  ])('of $servers, it takes $others others, and then it asks for votes', ({ servers, others }) => {
    const bench = preCandidate({ term: 4, servers })
    for (let from = 2; from < 2 + others; from++) {
      expect(bench.server).toMatchObject({ role: 'pre-candidate', currentTerm: 4 })
      bench.receive(preVoteReply({ from, term: 4 }))
    }
    expect(bench.server).toMatchObject({ role: 'candidate', currentTerm: 5, votedFor: 1 })
    expect(bench.sent('RequestVote')).toHaveLength(servers - 1)
    expect(bench.sent('RequestVote')[0]).toMatchObject({ term: 5, transfer: false })
  })

  it('a cluster of one needs to ask nobody', () => {
    const bench = follower({ term: 4, servers: 1, settings }).wait(200_000)
    expect(bench.server).toMatchObject({ role: 'leader', currentTerm: 5 })
  })

  it('without a majority it asks again after another timeout, still in its term', () => {
    const bench = preCandidate({ term: 4, servers: 5 }).receive(preVoteReply({ from: 2, term: 4 }))
    bench.forget().wait(200_000)
    expect(bench.server).toMatchObject({ role: 'pre-candidate', currentTerm: 4 })
    expect(bench.sent('PreVote')).toMatchObject([2, 3, 4, 5].map((to) => ({ to, term: 5 })))
    bench.receive(preVoteReply({ from: 3, term: 4 }))
    expect(bench.server.role).toBe('pre-candidate')
  })

  it('who does not answer is asked again, who has answered is not (§5.1)', () => {
    const bench = preCandidate({ term: 4, servers: 4 }).receive(preVoteReply({ from: 2, term: 4 }))
    bench.receive(preVoteReply({ from: 3, term: 4, voteGranted: false })).wait(80_000)
    expect(bench.sent('PreVote')).toMatchObject([{ to: 4, term: 5 }])
    expect(bench.told('VoteRetried')).toMatchObject([{ to: 4, rule: 'D 9.6' }])
  })

  it('a candidate whose election failed asks first as well', () => {
    const bench = candidate({ term: 4 }).change(settings).wait(200_000)
    expect(bench.server).toMatchObject({ role: 'pre-candidate', currentTerm: 4, votedFor: 1 })
  })

  it('it takes no commands, and knows of no leader', () => {
    const bench = preCandidate({ term: 4 }).receive(clientRequest(7))
    expect(bench.sent('ClientReply')).toMatchObject([{ serial: 7, leader: null, result: null }])
  })
})

describe('the answer promises nothing (D 9.6)', () => {
  it.each([
    ['follower', 4, () => follower({ term: 4, log: '13' }), true],
    ['follower', 9, () => follower({ term: 4, log: '13' }), true],
    ['follower that voted for another', 9, () => follower({ term: 4, votedFor: 3, log: '13' }), true],
    ['candidate', 5, () => candidate({ term: 4, log: '13' }), true],
    ['pre-candidate', 5, () => preCandidate({ term: 4, log: '13' }), true],
    ['leader', 9, () => leader({ term: 4, log: '13' }), false],
  ] as const)('a %s asked about term %i stays just as it is', (_, term, make, granted) => {
    const bench = make()
    bench.wait(30_000).forget()
    const before = standing(bench)
    bench.receive(preVote({ term, log: '13' }))
    expect(standing(bench)).toEqual(before)
    expect(bench.deeds.some(({ kind }) => kind === 'stored')).toBe(false)
    const answer = { voteGranted: granted, term: 4, requestTerm: term }
    expect(bench.sent('PreVoteReply')).toMatchObject([{ to: 2, ...answer }])
  })

  it('so two may be told yes, and one of them gets the vote', () => {
    const bench = follower({ term: 4 }).receive(preVote({ from: 2, term: 5 }), preVote({ from: 3, term: 5 }))
    expect(bench.sent('PreVoteReply')).toMatchObject([{ voteGranted: true }, { voteGranted: true }])
    bench.receive(requestVote({ from: 3, term: 5 }), requestVote({ from: 2, term: 5 }))
    expect(bench.sent('RequestVoteReply')).toMatchObject([{ voteGranted: true }, { voteGranted: false }])
  })
})

describe('the answer is no where the vote would be refused, or a leader is heard (D 9.6)', () => {
  const heard = (term: number) => follower({ term, log: '13' }).receive(appendEntries({ term, log: '13' }))
  it.each([
    ['its log is behind (§5.4.1)', follower({ term: 4, log: '13' }), { term: 5, log: '1' }, 'LogBehind'],
    ['its last term is older', follower({ term: 4, log: '13' }), { term: 5, log: '1111' }, 'LogBehind'],
    ['the term is past', follower({ term: 6, log: '13' }), { term: 5, log: '13' }, 'StaleTerm'],
    ['this term’s vote is given', candidate({ term: 5, log: '13' }), { term: 5, log: '13' }, 'AlreadyVoted'],
    ['a leader is heard', heard(4), { term: 5, log: '1344' }, 'HearsLeader'],
    ['it is the leader', leader({ term: 4, log: '13' }), { term: 9, log: '139' }, 'HearsLeader'],
    ['a leader is heard, and the term is past', heard(6), { term: 5, log: '13' }, 'StaleTerm'],
  ])('%s', (_, bench, question, why) => {
    bench.receive(preVote(question))
    expect(bench.sent('PreVoteReply')).toMatchObject([{ voteGranted: false }])
    expect(bench.told('PreVoteRefused')).toMatchObject([{ candidate: 2, rule: 'D 9.6', why: { kind: why } }])
  })

  it.each([
    { after: 149_999, granted: false },
    { after: 150_000, granted: true },
  ])('$after µs after a heartbeat: $granted', ({ after, granted }) => {
    const bench = follower({ term: 4 }).receive(appendEntries({ from: 3, term: 4 }))
    bench.wait(after).receive(preVote({ term: 5 }))
    expect(bench.sent('PreVoteReply')).toMatchObject([{ voteGranted: granted }])
  })

  it('a leader that is of an earlier term is not heard', () => {
    const bench = follower({ term: 4 }).receive(appendEntries({ from: 3, term: 3 }), preVote({ term: 5 }))
    expect(bench.sent('PreVoteReply')).toMatchObject([{ voteGranted: true }])
  })

  it('nor does a leader that stepped down still hear itself', () => {
    const bench = leader({ term: 4 }).receive(requestVote({ from: 3, term: 5 }), preVote({ term: 6 }))
    expect(bench.sent('PreVoteReply')).toMatchObject([{ voteGranted: true }])
  })
})

describe('a pre-candidate and what it gets', () => {
  it('an AppendEntries of its term: it follows that leader, and late answers are nothing', () => {
    const bench = preCandidate({ term: 4 })
      .wait(50_000)
      .receive(appendEntries({ from: 3, term: 4 }))
    expect(bench.server).toMatchObject({ role: 'follower', currentTerm: 4, leaderId: 3 })
    expect(bench.server.electionDue).toBe(bench.now + 200_000)
    expect(bench.told('YieldedToLeader')).toMatchObject([{ leader: 3, term: 4 }])
    bench.receive(preVoteReply({ from: 2, term: 4 }))
    expect(bench.server).toMatchObject({ role: 'follower', currentTerm: 4 })
    expect(bench.told('VoteReplyIgnored')).toMatchObject([{ voter: 2, why: 'OldElection', rule: 'D 9.6' }])
  })

  it('an AppendEntries of an earlier term: it says so, and goes on', () => {
    const bench = preCandidate({ term: 4 }).receive(appendEntries({ from: 3, term: 3 }))
    expect(bench.sent('AppendEntriesReply')).toMatchObject([{ to: 3, term: 4, success: false }])
    expect(bench.receive(preVoteReply({ from: 2, term: 4 })).server.role).toBe('candidate')
  })

  it.each<[string, PeerMessage]>([
    ['a refusal', preVoteReply({ term: 6, requestTerm: 5, voteGranted: false })],
    ['even a grant', preVoteReply({ term: 5, requestTerm: 5, voteGranted: true })],
    ['a RequestVote of a log that is behind', requestVote({ term: 6, log: '1' })],
    ['a vote', voteReply({ term: 6, requestTerm: 4, voteGranted: false })],
    ['an acknowledgement', appendReply(appendEntries({ from: 1, to: 2, term: 4 }), { term: 6 })],
  ])('%s of a later term: it follows in that term, on the same timer', (_, message) => {
    const bench = preCandidate({ term: 4, log: '13' }).wait(30_000)
    const due = bench.server.electionDue
    bench.receive(message)
    expect(bench.server).toMatchObject({ role: 'follower', currentTerm: message.term, electionDue: due })
    bench.receive(preVoteReply({ from: 3, term: 4 }))
    expect(bench.server.role).toBe('follower')
  })

  it('a PreVote of a later term: only an answer', () => {
    const bench = preCandidate({ term: 4 }).receive(preVote({ from: 3, term: 9 }))
    expect(bench.server).toMatchObject({ role: 'pre-candidate', currentTerm: 4 })
    expect(bench.sent('PreVoteReply')).toMatchObject([{ to: 3, term: 4, requestTerm: 9, voteGranted: true }])
  })

  it('a RequestVote of its own term: it votes, and then waits for that candidate as anyone does (§5.2)', () => {
    const bench = preCandidate({ term: 4 })
      .wait(30_000)
      .receive(requestVote({ from: 3, term: 4 }))
    expect(bench.sent('RequestVoteReply')).toMatchObject([{ to: 3, voteGranted: true }])
    expect(bench.server).toMatchObject({ role: 'follower', votedFor: 3, electionDue: bench.now + 200_000 })
    bench.receive(preVoteReply({ from: 2, term: 4 }))
    expect(bench.server).toMatchObject({ role: 'follower', currentTerm: 4 })
  })

  it('a refusal of its own: it votes for nobody, and asks on', () => {
    const bench = preCandidate({ term: 4, log: '3' }).receive(requestVote({ from: 3, term: 4, log: '' }))
    expect(bench.server).toMatchObject({ role: 'pre-candidate', votedFor: null })
  })

  it('TimeoutNow: it stands at once (D 3.10)', () => {
    const bench = preCandidate({ term: 4 }).receive(timeoutNow({ term: 4 }))
    expect(bench.server).toMatchObject({ role: 'candidate', currentTerm: 5 })
  })
})

describe('an answer counts for the question it answers, once, and is never a vote', () => {
  it('a late grant does not elect the candidate', () => {
    const bench = preCandidate({ term: 4, servers: 5 })
    bench.receive(...[2, 3].map((from) => preVoteReply({ from, term: 4 }))).forget()
    bench.receive(...[4, 5, 2, 3].map((from) => preVoteReply({ from, term: 4 })))
    expect(bench.server).toMatchObject({ role: 'candidate', currentTerm: 5 })
    expect(bench.told('VoteReplyIgnored').map(({ why }) => why)).toEqual(Array(4).fill('OldElection'))
    bench.receive(...[4, 5].map((from) => voteReply({ from, term: 5 })))
    expect(bench.server.role).toBe('leader')
  })

  it('nor is one that the voter gave in the new term', () => {
    const bench = preCandidate({ term: 4, servers: 3 }).receive(preVoteReply({ from: 2, term: 4 }))
    bench.receive(preVoteReply({ from: 3, term: 5, requestTerm: 5 }))
    expect(bench.server).toMatchObject({ role: 'candidate', currentTerm: 5 })
  })

  it('a late vote is no answer', () => {
    const bench = candidate({ term: 4, servers: 3 }).change(settings).wait(200_000)
    bench.receive(voteReply({ from: 2, term: 4 }))
    expect(bench.server).toMatchObject({ role: 'pre-candidate', currentTerm: 4 })
    expect(bench.told('VoteReplyIgnored')).toMatchObject([{ voter: 2, why: 'NotCandidate' }])
  })

  it('one for another term does not count', () => {
    const bench = preCandidate({ term: 4 }).receive(preVoteReply({ term: 3, requestTerm: 4 }))
    expect(bench.server.role).toBe('pre-candidate')
  })

  it('one counts once, however often it comes', () => {
    const bench = preCandidate({ term: 4, servers: 5 })
    bench.receive(...[2, 2, 2].map((from) => preVoteReply({ from, term: 4 })))
    expect(bench.server.role).toBe('pre-candidate')
    expect(bench.told('PreVoteCounted')).toMatchObject([{ voter: 2, term: 5, votes: 2, needed: 3 }])
    expect(bench.told('VoteReplyIgnored')).toHaveLength(2)
  })

  it('a refusal counts for nothing', () => {
    const bench = preCandidate({ term: 4, servers: 3 })
    bench.receive(...[2, 3].map((from) => preVoteReply({ from, term: 4, voteGranted: false })))
    expect(bench.server.role).toBe('pre-candidate')
    expect(bench.told('PreVoteDenied')).toMatchObject([{ voter: 2 }, { voter: 3 }])
  })

  it('one of a server that is no member does not count', () => {
    const bench = preCandidate({ term: 4, servers: 3 }).receive(preVoteReply({ from: 7, term: 4 }))
    expect(bench.server.role).toBe('pre-candidate')
  })

  it('one from a server of an earlier term counts: it will follow into the new one', () => {
    const bench = preCandidate({ term: 4 }).receive(preVoteReply({ term: 2, requestTerm: 5 }))
    expect(bench.server).toMatchObject({ role: 'candidate', currentTerm: 5 })
  })
})

describe('what it is for', () => {
  /** S3 was cut off and timed out many times; now it is back, with a log that is behind. */
  const back = (preVote: boolean) => {
    const three = follower({ id: 3, term: 4, log: '1', settings: { preVote } })
    for (let i = 0; i < 9; i++) three.wait(200_000)
    return three
  }

  it.each([
    { preVote: false, term: 13 },
    { preVote: true, term: 4 },
  ])('a server that is cut off: with PreVote $preVote its term rises to $term', ({ preVote, term }) => {
    expect(back(preVote).server.currentTerm).toBe(term)
  })

  it('back again, it deposes the leader without, and is told no with it', () => {
    const one = leader({ term: 4, log: '13' }).receive(
      ...back(false).forget().wait(200_000).sent('RequestVote').slice(0, 1),
    )
    expect(one.server).toMatchObject({ role: 'follower', currentTerm: 14 })
    const other = leader({ term: 4, log: '13' }).receive(
      ...back(true).forget().wait(200_000).sent('PreVote').slice(0, 1),
    )
    expect(other.server).toMatchObject({ role: 'leader', currentTerm: 4 })
    expect(other.told('PreVoteRefused')).toMatchObject([
      { candidate: 3, why: { kind: 'HearsLeader', leader: 1 } },
    ])
  })

  it('a server of a later term is not locked out: it learns nothing, but the others learn its term', () => {
    const asked = follower({ term: 9, log: '13' }).receive(preVote({ from: 2, term: 5, log: '1344' }))
    expect(asked.sent('PreVoteReply')).toMatchObject([{ to: 2, term: 9, voteGranted: false }])
    const asker = preCandidate({ id: 2, term: 4, log: '1344' }).receive(...asked.sent('PreVoteReply'))
    asker.wait(200_000)
    expect(asker.sent('PreVote')[0]).toMatchObject({ term: 10 })
  })
})

it('its timer starts anew as it asks, and it asks again when that runs out', () => {
  const bench = follower({ term: 4, settings: { preVote: true } }).wait(200_000)
  expect(bench.server.electionDue).toBe(bench.now + 200_000)
  expect(bench.forget().wait(199_999).told('PreVoteStarted')).toEqual([])
  expect(bench.wait(1).told('PreVoteStarted')).toMatchObject([{ again: true }])
})

it('who refused, and would vote for it after all, is counted', () => {
  const bench = preCandidate({ term: 4 }).receive(preVoteReply({ from: 2, term: 4, voteGranted: false }))
  expect(bench.receive(preVoteReply({ from: 2, term: 4 })).server.role).toBe('candidate')
})

it('a late question of the one that has the vote of that term is granted: it has not voted for another', () => {
  const bench = follower({ term: 4 }).receive(
    requestVote({ from: 2, term: 5 }),
    preVote({ from: 2, term: 5 }),
  )
  expect(bench.sent('PreVoteReply')).toMatchObject([{ to: 2, voteGranted: true, term: 5 }])
})
