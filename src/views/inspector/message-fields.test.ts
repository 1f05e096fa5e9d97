import { expect, test } from 'vitest'
import { clientId, logIndex, serverId, term } from '../../base/ids.ts'
import type { Message } from '../../raft/messages.ts'
import { fieldsOf } from './message-fields.ts'

const [s1, s2] = [serverId(1), serverId(2)]
const textOf = (message: Message): string =>
  fieldsOf(message)
    .map(({ name, value }) => `${name} ${value}`)
    .join(', ')

test('a vote request has the four fields of Figure 2, and the leader its sender knows', () => {
  const request: Message = {
    kind: 'RequestVote',
    from: s1,
    to: s2,
    leader: null,
    term: term(3),
    candidateId: s1,
    lastLogIndex: logIndex(5),
    lastLogTerm: term(2),
    transfer: false,
  }
  expect(textOf(request)).toBe('term 3, candidateId S1, lastLogIndex 5, lastLogTerm 2, leader none known')
})

test('a refusal says where the logs part, an acceptance how far they agree (§5.3)', () => {
  const reply = {
    kind: 'AppendEntriesReply',
    from: s2,
    to: s1,
    leader: s1,
    term: term(3),
    rpcId: 7,
    requestTerm: term(3),
    prevLogIndex: logIndex(6),
    lastVouchedIndex: logIndex(8),
  } as const
  const refusal = textOf({
    ...reply,
    success: false,
    conflict: { conflictTerm: term(2), conflictIndex: logIndex(4) },
  })
  expect(refusal).toContain('success false, rpcId 7')
  expect(refusal).toContain('conflictTerm 2, conflictIndex 4')
  expect(refusal).not.toContain('lastVouchedIndex')
  expect(textOf({ ...reply, success: true, conflict: null })).toContain('lastVouchedIndex 8')
})

test('a client that asked a follower is told whom to ask', () => {
  const reply: Message = {
    kind: 'ClientReply',
    from: s2,
    to: clientId(11),
    leader: s1,
    serial: 4,
    result: null,
    upTo: logIndex(0),
  }
  expect(textOf(reply)).toBe('result none: it does not lead, serial 4, leader S1')
})

const peer = { from: s1, to: s2, leader: s1, term: term(3) } as const

test('an InstallSnapshot has the fields of Figure 13, and what its bytes are of', () => {
  const text = textOf({
    ...peer,
    kind: 'InstallSnapshot',
    leaderId: s1,
    lastIncludedIndex: logIndex(9),
    lastIncludedTerm: term(2),
    offset: 40,
    bytes: 40,
    done: false,
    snapshot: {
      lastIncludedIndex: logIndex(9),
      lastIncludedTerm: term(2),
      store: new Map([['x', '3']]),
      sessions: new Map(),
      configuration: { index: logIndex(0), configuration: { voters: [s1, s2], next: null } },
      bytes: 116,
    },
    rpcId: 5,
  })
  expect(text).toContain(
    'term 3, leaderId S1, lastIncludedIndex 9, lastIncludedTerm 2, offset 40, data[] 40 bytes, done false',
  )
  expect(text).toContain('store x = 3, sessions 0, members S1,2')
})

test('a request for a vote tells if the leader itself asked for the election (D 3.10)', () => {
  const request = {
    ...peer,
    kind: 'RequestVote',
    candidateId: s1,
    lastLogIndex: logIndex(5),
    lastLogTerm: term(2),
  } as const
  expect(textOf({ ...request, transfer: true })).toContain('transfer true')
})

test('a command under a session tells which, and what it no longer needs (D 6.3)', () => {
  const request = {
    kind: 'ClientRequest',
    from: clientId(11),
    to: s1,
    leader: s1,
    serial: 4,
    firstOpen: 3,
    command: { kind: 'Get', key: 'x' },
  } as const
  expect(textOf({ ...request, session: logIndex(2) })).toBe(
    'command get x, serial 4, session 2, firstOpen 3, leader S1',
  )
  expect(textOf({ ...request, session: null })).not.toContain('firstOpen')
})

test('a leader that cannot take a command now does not say that it does not lead', () => {
  const reply = {
    kind: 'ClientReply',
    from: s1,
    to: clientId(11),
    leader: s1,
    serial: 4,
    result: null,
    upTo: logIndex(0),
  } as const
  expect(textOf(reply)).toContain('none: not now')
})
