import { describe, expect, it } from 'vitest'
import type { PeerMessage } from './messages.ts'
import {
  appendEntries,
  appendReply,
  type Bench,
  candidate,
  follower,
  leader,
  requestVote,
  voteReply,
} from './test-kit.ts'

const roles = { follower, candidate, leader }
const aRequest = appendEntries({ from: 1, to: 2, term: 4 })

/** One message of each kind, all of this term. */
const messages = (term: number): PeerMessage[] => [
  requestVote({ term, log: '' }),
  voteReply({ term, requestTerm: 4, voteGranted: false }),
  appendEntries({ term }),
  appendReply(aRequest, { term, conflict: { conflictTerm: null, conflictIndex: 1 } }),
]

const cases = (term: number): [keyof typeof roles, PeerMessage['kind'], PeerMessage][] =>
  (['follower', 'candidate', 'leader'] as const).flatMap((role) =>
    messages(term).map((message): [typeof role, PeerMessage['kind'], PeerMessage] => [
      role,
      message.kind,
      message,
    ]),
  )

const bench = (role: keyof typeof roles): Bench => roles[role]({ term: 4, log: '13', servers: 5 })

describe('a later term makes anyone a follower of that term (§5.1; Figure 2, All Servers)', () => {
  it.each(cases(6))('a %s that gets %s', (role, _, message) => {
    const { server, deeds } = bench(role).receive(message)
    expect(server).toMatchObject({ role: 'follower', currentTerm: 6 })
    expect(server.votedFor).toBe(null)
    expect(server.leaderId).toBe(message.kind === 'AppendEntries' ? 2 : null)
    expect(server.electionDue).toBeLessThan(Infinity)
    expect(deeds[0]).toEqual({ kind: 'stored', term: 6, votedFor: null, log: '13' })
  })

  it.each(cases(6))('a %s that gets %s says so, and what it was', (role, kind, message) => {
    const told = bench(role).receive(message).told('TermAdopted')
    expect(told).toEqual([
      { kind: 'TermAdopted', server: 1, rule: '§5.1', was: 4, term: 6, role, from: 2, message: kind },
    ])
  })
})

describe('an earlier term changes nobody (§5.1)', () => {
  it.each(cases(3))('a %s that gets %s', (role, _, message) => {
    const subject = bench(role)
    const before = JSON.stringify(subject.server)
    subject.receive(message)
    expect(JSON.stringify(subject.server)).toBe(before)
    expect(subject.deeds.some((deed) => deed.kind === 'stored')).toBe(false)
  })

  it.each(['follower', 'candidate', 'leader'] as const)(
    'a %s refuses such requests with its own term',
    (role) => {
      const subject = bench(role).receive(requestVote({ term: 3 }), appendEntries({ term: 3 }))
      expect(subject.sent('RequestVoteReply')).toMatchObject([{ term: 4, voteGranted: false }])
      expect(subject.sent('AppendEntriesReply')).toMatchObject([{ term: 4, success: false, conflict: null }])
    },
  )
})
