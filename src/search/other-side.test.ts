import { expect, test } from 'vitest'
import { micros, serverId } from '../base/ids.ts'
import type { ClientOperation } from '../check/client-operation.ts'
import type { Violation } from '../check/properties.ts'
import type { Impossibility } from '../raft/facts.ts'
import type { Loose } from '../raft/test-kit.ts'
import type { FactRecord } from '../simulation/columns.ts'
import type { Fact } from '../simulation/facts.ts'
import { FOUND_KINDS } from './endings.ts'
import type { Finding } from './finding.ts'
import { otherSide } from './other-side.ts'

/** As much of a fact as matters here. */
type Some = { readonly kind: Fact['kind'] } & Readonly<Record<string, unknown>>

/** Facts by their events. The last, which is found to be wrong, comes after them. */
const recordsOf = (facts: readonly Some[]): FactRecord[] =>
  facts.map((fact, event) => ({ event, at: micros(event), cause: -1, fact: fact as unknown as Fact }))

function sideOf(facts: readonly Some[], servers: readonly number[], breach: Some | object): number[] {
  const event = facts.length
  const common = { at: micros(event), event, servers: servers.map(serverId) }
  const violation = { ...common, ...breach } as unknown as Violation
  const finding: Finding = { ...common, kind: violation.kind, violation }
  return otherSide(recordsOf([...facts, { kind: 'Applied', server: servers[0] }]), finding).sort()
}

function sideOfImpossible(facts: readonly Some[], what: Loose<Impossibility>): number[] {
  const event = facts.length
  const records = recordsOf([...facts, { kind: 'Impossible', server: 1, what }])
  const common = { at: micros(event), event, servers: [serverId(1)] }
  return otherSide(records, { ...common, kind: what.kind, violation: null } as Finding).sort()
}

const led = (server: number, term: number): Some => ({ kind: 'BecameLeader', server, term })
const stood = (server: number, term: number): Some => ({ kind: 'BecameCandidate', server, term })
const voted = (server: number, candidate: number, term: number): Some => ({
  kind: 'VoteGranted',
  server,
  candidate,
  term,
})
const noOp = (server: number, index: number): Some => ({ kind: 'NoOpAppended', server, index })
const appended = (server: number, first: number, last = first): Some => ({
  kind: 'EntriesAppended',
  server,
  first,
  last,
})
const learned = (server: number, first: number, last = first): Some => ({
  kind: 'CommitLearned',
  server,
  first,
  last,
})
const members = (server: number): Some => ({ kind: 'ConfigurationAppended', server, index: 1 })
const adopted = (server: number): Some => ({ kind: 'ConfigurationAdopted', server, index: 1 })
const committed = (server: number, first: number, last = first): Some => ({
  kind: 'Committed',
  server,
  first,
  last,
})
const put = (server: number, index: number, value: string): Some => ({
  kind: 'CommandAppended',
  server,
  index,
  client: 101,
  command: { kind: 'Put', key: 'x', value },
})

const moment = (event: number) => ({ place: event, event, at: micros(event) })
const write = (value: string, invoked: number, answered: number | null): ClientOperation =>
  ({
    client: 101,
    serial: invoked,
    command: { kind: 'Put', key: 'x', value },
    invoked: moment(invoked),
    answered: answered === null ? null : { ...moment(answered), result: { kind: 'Done' } },
  }) as unknown as ClientOperation
const look = (invoked: number, answered: number): ClientOperation => ({
  ...write('', invoked, answered),
  command: { kind: 'Get', key: 'x' },
})

const VIOLATIONS: readonly (readonly [
  string,
  readonly Some[],
  readonly number[],
  object,
  readonly number[],
])[] = [
  [
    'the other leader, and both votes of whoever voted twice',
    [stood(1, 2), stood(2, 2), voted(3, 1, 2), led(1, 2), voted(3, 2, 2), voted(4, 2, 2)],
    [2, 1],
    { kind: 'ElectionSafety', term: 2 },
    [2, 3, 4],
  ],
  [
    'a candidate’s vote for itself',
    [stood(1, 2), stood(2, 2), voted(1, 2, 2), led(1, 2)],
    [2, 1],
    { kind: 'ElectionSafety', term: 2 },
    [0, 2, 3],
  ],
  [
    'a vote kept from an earlier term',
    [voted(3, 1, 1), voted(3, 2, 2), led(2, 2)],
    [1, 2],
    { kind: 'ElectionSafety', term: 2 },
    [0, 1, 2],
  ],
  [
    'the first vote',
    [voted(1, 3, 1), voted(1, 3, 2)],
    [1],
    { kind: 'OneVote', term: 2, was: 3, votedFor: 2 },
    [1],
  ],
  [
    'its own vote',
    [stood(1, 2), voted(1, 3, 1)],
    [1],
    { kind: 'OneVote', term: 2, was: 1, votedFor: 2 },
    [0],
  ],
  [
    'how it came to the term',
    [{ kind: 'TermAdopted', server: 1, term: 3 }, stood(2, 3), stood(1, 4)],
    [1],
    { kind: 'TermsRise', was: 3, term: 0 },
    [0],
  ],
  [
    'what it held committed',
    [learned(1, 1, 4), learned(2, 5)],
    [1],
    { kind: 'CommitRises', was: 4, index: 2 },
    [0],
  ],
  [
    'a snapshot that committed it',
    [{ kind: 'SnapshotInstalled', server: 1, lastIncludedIndex: 5 }],
    [1],
    { kind: 'CommitRises', was: 5, index: 2 },
    [0],
  ],
  [
    'the commit that its log no longer bears',
    [learned(1, 2, 3), appended(1, 4)],
    [1],
    { kind: 'IndexOrder', lastApplied: 3, commitIndex: 3, lastLogIndex: 2 },
    [0],
  ],
  [
    'how it came by what it applies',
    [appended(1, 2, 3), learned(1, 1, 2)],
    [1],
    { kind: 'IndexOrder', lastApplied: 3, commitIndex: 2, lastLogIndex: 3 },
    [0],
  ],
  [
    'its election, and the entry',
    [led(1, 1), led(1, 2), noOp(1, 3), noOp(2, 3)],
    [1],
    { kind: 'LeaderAppendOnly', term: 2, index: 3 },
    [1, 2],
  ],
  [
    'a no-op',
    [noOp(2, 3), noOp(1, 3)],
    [1, 2],
    { kind: 'LogMatching', term: 2, index: 3, differs: 'Command' },
    [0],
  ],
  [
    'a configuration, and what stands before',
    [appended(1, 2), noOp(2, 2), { kind: 'ConfigurationAppended', server: 2, index: 3 }],
    [1, 2],
    { kind: 'LogMatching', term: 2, index: 3, differs: 'EntryBefore' },
    [0, 1, 2],
  ],
  [
    'the entry before',
    [put(1, 1, 'a'), noOp(2, 1)],
    [1],
    { kind: 'LogTermsRise', index: 2, term: 1, before: 2 },
    [0],
  ],
  [
    'the latest commit of the other',
    [noOp(2, 3), learned(2, 1, 3), learned(1, 3)],
    [1, 2],
    { kind: 'StateMachineSafety', index: 3, mine: 1, theirs: 2 },
    [1],
  ],
  [
    'what the other stores, if it waits for no commit',
    [noOp(2, 3), noOp(1, 3)],
    [1, 2],
    { kind: 'StateMachineSafety', index: 3, mine: 1, theirs: 2 },
    [0],
  ],
  [
    'the commit',
    [committed(2, 1, 2), committed(2, 3)],
    [1, 2],
    { kind: 'LeaderCompleteness', index: 2 },
    [0],
  ],
  ['the commit', [committed(2, 1, 2)], [1], { kind: 'CommittedStays', index: 2 }, [0]],
  [
    'how the lost entry came to be, and what stands in its place, with the elections of their leaders',
    [led(2, 1), put(2, 1, 'a'), led(3, 3), put(3, 1, 'b'), led(2, 4), committed(2, 1), led(3, 5)],
    [3, 2],
    { kind: 'LeaderCompleteness', term: 5, index: 1, entryTerm: 1, found: 3 },
    [0, 1, 2, 3, 4, 5],
  ],
  [
    'the members that each of two leaders counts, and who put them into its log',
    [led(4, 1), members(4), led(1, 2), members(1), adopted(2), led(4, 3), led(2, 3)],
    [2, 4],
    { kind: 'ElectionSafety', term: 3 },
    [0, 1, 2, 3, 4, 5],
  ],
  ['what it applied', [learned(1, 2), learned(2, 2)], [1], { kind: 'StoreFollowsLog', index: 2 }, [0]],
  [
    'where it stood first',
    [put(1, 2, 'a'), put(1, 3, 'a')],
    [1],
    { kind: 'ExactlyOnce', first: 2, index: 3 },
    [0],
  ],
  [
    'answers, and how what should have been seen was written',
    [{ kind: 'ClientSent' }, put(1, 1, 'a'), { kind: 'ClientSent' }, put(1, 2, 'b'), { kind: 'ClientSent' }],
    [1],
    {
      kind: 'Linearizability',
      evidence: { operations: [write('b', 2, 4), look(4, 5)], source: write('a', 0, null) },
    },
    [1, 3, 4],
  ],
]

const IMPOSSIBLE: readonly (readonly [readonly Some[], Loose<Impossibility>, readonly number[]])[] = [
  [[voted(3, 2, 1), led(2, 1), voted(3, 1, 1)], { kind: 'TwoLeaders', term: 1, other: 2 }, [0, 1, 2]],
  [[led(1, 1), noOp(1, 2), noOp(1, 3)], { kind: 'LeaderOverwrites', term: 1, index: 2 }, [0, 1]],
  [[learned(1, 1, 3), appended(1, 4)], { kind: 'CommitMovesBack', from: 3, to: 1 }, [0]],
  [[led(1, 1), appended(2, 2)], { kind: 'VouchesForMore', follower: 2, vouched: 2, lastIndex: 1 }, [0, 1]],
  [[learned(1, 2), led(3, 2)], { kind: 'ErasesCommitted', index: 2, commitIndex: 2, leader: 3 }, [0, 1]],
  [[{ kind: 'RuleBroken', server: 1 }, led(1, 1)], { kind: 'Contradiction', assumed: 'order' }, [0]],
]

test.each(VIOLATIONS)('%s', (_, facts, servers, breach, events) => {
  expect(sideOf(facts, servers, breach)).toEqual(events)
})

test.each(IMPOSSIBLE)('of %j: %j', (facts, what, events) => {
  expect(sideOfImpossible(facts, what)).toEqual(events)
})

test('who answered is shown to have been elected, as is who took a write', () => {
  const answered: Some = { kind: 'ReadAnswered', server: 3, client: 101 }
  const facts = [led(2, 1), put(2, 1, 'a'), led(3, 2), answered, { kind: 'ClientSent' } as Some]
  const evidence = { operations: [look(2, 4), write('a', 0, null)], source: null }
  expect(sideOf(facts, [3], { kind: 'Linearizability', evidence })).toEqual([0, 1, 2, 4])
})

test('where a snapshot’s end was not compared, how that server came to its snapshot is told', () => {
  const facts: Some[] = [
    { kind: 'SnapshotTaken', server: 2 },
    { kind: 'SnapshotTaken', server: 1 },
    { kind: 'RuleBroken', server: 1, broken: 'ignoreSnapshotBoundary' },
    { kind: 'SnapshotTaken', server: 1 },
  ]
  expect(sideOf(facts, [1], { kind: 'CommittedStays', index: 9 })).toEqual([1, 2])
})

test('every kind is above', () => {
  const kinds = [...VIOLATIONS.map(([, , , breach]) => breach), ...IMPOSSIBLE.map(([, what]) => what)]
  const names = kinds.map((one) => (one as { kind: string }).kind)
  expect([...new Set(names)].sort()).toEqual([...FOUND_KINDS].sort())
})

test('where the rule was broken last is told as well, and nothing from after the finding', () => {
  const broken = { kind: 'RuleBroken', server: 1 } as const
  const facts = [broken, broken, committed(2, 2)]
  expect(sideOf(facts, [1, 2], { kind: 'LeaderCompleteness', index: 2 })).toEqual([1, 2])
  const early = { at: micros(1), event: 1, servers: [serverId(1)] }
  const violation = { ...early, kind: 'CommittedStays', index: 2 } as unknown as Violation
  expect(otherSide(recordsOf(facts), { ...early, kind: 'CommittedStays', violation })).toEqual([])
})
