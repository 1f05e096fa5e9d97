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

const start = { term: 4, log: '13', servers: 5 }

/** By how much a message, after 100 ms of silence, puts the election off. */
function putOff(subject: Bench, ...messages: readonly PeerMessage[]): number {
  const { server } = subject
  const before = server.electionDue
  subject.wait(100_000).receive(...messages)
  return server.electionDue - before
}

describe('the election timer starts over (Figure 2, Followers)', () => {
  it('on a granted vote', () => {
    expect(putOff(follower(start), requestVote({ term: 4, log: '13' }))).toBe(100_000)
  })

  it('on an AppendEntries from the current leader', () => {
    expect(putOff(follower(start), appendEntries({ term: 4, log: '13', prev: 2 }))).toBe(100_000)
  })

  it('also on one that fails the consistency check', () => {
    const subject = follower(start)
    expect(putOff(subject, appendEntries({ term: 4, log: '1333', prev: 4 }))).toBe(100_000)
    expect(subject.sent('AppendEntriesReply')).toMatchObject([{ success: false }])
  })

  it('on an AppendEntries from the leader of a later term', () => {
    expect(putOff(follower(start), appendEntries({ term: 6, log: '13', prev: 2 }))).toBe(100_000)
  })

  it('for a candidate that follows the leader of its term', () => {
    expect(putOff(candidate(start), appendEntries({ term: 4, log: '13', prev: 2 }))).toBe(100_000)
  })

  it('as an election starts', () => {
    const { server, now } = follower(start).wait(200_000)
    expect(server).toMatchObject({ role: 'candidate', electionSetAt: now, electionDue: now + 200_000 })
  })

  it('as a leader steps down, which had none', () => {
    const { server, now } = leader(start).receive(requestVote({ term: 6 }))
    expect(server).toMatchObject({ role: 'follower', electionDue: now + 200_000 })
  })

  it('for a new time each time, so that votes seldom split (§5.2)', () => {
    const subject = follower(start)
    subject.timeout = 170_000
    subject.receive(appendEntries({ term: 4, log: '13', prev: 2 }))
    expect(subject.server.electionDue).toBe(subject.now + 170_000)
    subject.timeout = 290_000
    subject.receive(appendEntries({ term: 4, log: '13', prev: 2 }))
    expect(subject.server.electionDue).toBe(subject.now + 290_000)
  })
})

describe('the election timer runs on', () => {
  it.each([
    ['a vote refused to a log that is behind (§5.4.1)', requestVote({ term: 4, log: '1' })],
    ['a vote refused to an earlier term (§5.1)', requestVote({ term: 3, log: '13' })],
    ['a later term alone (§5.1)', requestVote({ term: 6, log: '1' })],
    ['a later term in a reply (§5.1)', voteReply({ term: 6, voteGranted: false, requestTerm: 4 })],
    ['an AppendEntries of an earlier term (§5.1)', appendEntries({ term: 3, log: '13' })],
    ['a vote that nobody asked for', voteReply({ term: 4 })],
    ['an acknowledgement that nobody waits for', appendReply(appendEntries({ from: 1, to: 2, term: 4 }))],
  ])('a follower’s, on %s', (_, message) => {
    expect(putOff(follower(start), message)).toBe(0)
  })

  it('a follower’s, on a vote refused as it went to another (§5.2)', () => {
    expect(putOff(follower({ ...start, votedFor: 3 }), requestVote({ term: 4, log: '13' }))).toBe(0)
  })

  it.each([
    ['a vote that is no majority', voteReply({ term: 4 })],
    ['a refusal', voteReply({ term: 4, voteGranted: false })],
    ['another candidate of its term', requestVote({ term: 4, log: '13' })],
    ['a later term alone', requestVote({ term: 6, log: '1' })],
  ])('a candidate’s, on %s (§5.2)', (_, message) => {
    expect(putOff(candidate(start), message)).toBe(0)
  })
})
