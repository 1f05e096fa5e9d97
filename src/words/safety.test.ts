import { expect, test } from 'vitest'
import { clientId, logIndex, type Micros, serverId, term } from '../base/ids.ts'
import type { ClientOperation } from '../check/client-operation.ts'
import { FIGURE_3, type Violation } from '../check/properties.ts'
import type { Command } from '../raft/commands.ts'
import { PROPERTY_WORDS, tellViolation } from './safety.ts'
import { operationText } from './safety-evidence.ts'
import { stateOf } from './safety-states.ts'

const where = { at: 5 as Micros, event: 1, servers: [serverId(2), serverId(4)] }

test('the five properties of Figure 3 come first', () => {
  const sections = Object.entries(PROPERTY_WORDS).map(([id, { section }]) => ({ id, section }))
  expect(sections.slice(0, 5).map(({ id }) => id)).toEqual(FIGURE_3)
  expect(sections.findLastIndex(({ section }) => section === 'Fig. 3')).toBe(4)
})

const put = (value: string): Command => ({ kind: 'Put', key: 'x', value })
const moment = (place: number) => ({ place, event: place, at: (1000 * place) as Micros })
const later: ClientOperation = {
  client: clientId(12),
  serial: 1,
  command: put('1'),
  invoked: moment(1),
  answered: { ...moment(2), result: { kind: 'Done' } },
}
const stale: ClientOperation = {
  client: clientId(11),
  serial: 4,
  command: { kind: 'Get', key: 'x' },
  invoked: moment(5),
  answered: { ...moment(6), result: { kind: 'Found', value: '1' } },
}

const linearizability = (possible: readonly string[], source: ClientOperation | null): Violation => ({
  ...where,
  kind: 'Linearizability',
  evidence: {
    key: 'x',
    operation: stale,
    found: '1',
    possible,
    source,
    operations: [later, stale],
    before: { place: 0, values: [null] },
  },
})

const cases: readonly (readonly [Violation, string])[] = [
  [{ ...where, kind: 'ElectionSafety', term: term(3) }, 'S2 and S4 both led in term 3.'],
  [
    { ...where, kind: 'StateMachineSafety', index: logIndex(5), mine: term(3), theirs: term(4) },
    'At index 5, S2 applied an entry of term 3 and S4 one of term 4.',
  ],
  [
    {
      ...where,
      servers: [serverId(2), serverId(2)],
      kind: 'StateMachineSafety',
      index: logIndex(5),
      mine: term(4),
      theirs: term(3),
    },
    'At index 5, S2 applied an entry of term 4, and before it one of term 3.',
  ],
  [
    { ...where, kind: 'OneVote', term: term(2), was: serverId(1), votedFor: null },
    'S2 voted for S1 in term 2 and forgot it.',
  ],
  [
    { ...where, kind: 'StoreFollowsLog', index: logIndex(3), key: 'x', expected: '1', found: null },
    'After entry 3, S2 has x = nothing instead of 1.',
  ],
  [
    {
      ...where,
      kind: 'CommittedStays',
      index: logIndex(3),
      term: term(2),
      voters: [1, 2, 3].map(serverId),
      holders: [serverId(1)],
      outside: true,
    },
    'Of S1, S2 and S3, only S1 has the committed entry 3 of term 2 on its disk: no majority.',
  ],
  [
    {
      ...where,
      kind: 'CommittedStays',
      index: logIndex(3),
      term: term(2),
      voters: [1, 2, 3, 4, 5].map(serverId),
      holders: [1, 2].map(serverId),
      outside: false,
    },
    'Of S1, S2, S3, S4 and S5, only S1 and S2 have the committed entry 3 of term 2 on their disks: no majority.',
  ],
  [
    {
      ...where,
      kind: 'ExactlyOnce',
      promised: false,
      client: clientId(11),
      command: put('1'),
      first: logIndex(2),
      index: logIndex(5),
    },
    'C1’s put x 1 was applied at index 2 and again at 5.',
  ],
  [
    {
      ...where,
      kind: 'CommittedStays',
      index: logIndex(3),
      term: term(2),
      voters: [serverId(1)],
      holders: [],
      outside: true,
    },
    'S1, the only member, has the committed entry 3 of term 2 no more on its disk.',
  ],
  [
    {
      ...where,
      kind: 'LeaderCompleteness',
      term: term(4),
      index: logIndex(3),
      entryTerm: term(2),
      committedIn: term(3),
      found: term(1),
    },
    'S2 leads in term 4 without entry 3 of term 2 (it has one of term 1 there), though S4 took that for committed in term 3.',
  ],
  [
    linearizability(['2'], later),
    'C1’s get x was answered “x is 1” by S2, but all the while x can only have held 2.',
  ],
  [linearizability(['2'], null), 'C1’s get x was answered “x is 1” by S2, which nobody has written.'],
  [
    linearizability([], later),
    'C1’s get x was answered “x is 1” by S2, and nothing that clients did leaves x so.',
  ],
]

test.for(cases)('%#: $1', ([violation, first]) => {
  const [what, why] = tellViolation(violation)
  expect(what).toBe(first)
  expect(why).toMatch(/^[A-Za-z].*\.$/)
})

test('what a client did and saw is told in a line', () => {
  expect(operationText(later)).toBe('C2’s put x 1: sent at 1.0 ms, answered “done” at 2.0 ms')
  expect(operationText({ ...later, answered: null })).toBe('C2’s put x 1: sent at 1.0 ms, no answer taken')
})

test('each promise stands as what was found says', () => {
  const nothing = { notes: [], faulty: [], unjudged: false }
  expect(stateOf('Linearizability', nothing)).toEqual({ kind: 'holds', note: null })
  const notes = [linearizability(['2'], later)]
  expect(stateOf('Linearizability', { ...nothing, notes })).toMatchObject({ kind: 'broken', event: 1 })
  expect(stateOf('ExactlyOnce', { ...nothing, notes })).toMatchObject({ kind: 'holds' })
  const untold = [{ kind: 'Untold' as const, at: where.at, event: 3, key: 'y' }]
  expect(stateOf('Linearizability', { ...nothing, notes: untold })).toMatchObject({ kind: 'unknown' })
  expect(stateOf('Linearizability', { ...nothing, unjudged: true })).toMatchObject({ kind: 'not judged' })
  const once = { ...where, kind: 'ExactlyOnce' as const, client: clientId(11), command: put('1') }
  const twice = (promised: boolean) => ({ ...once, promised, first: logIndex(2), index: logIndex(5) })
  expect(stateOf('ExactlyOnce', { ...nothing, notes: [twice(false)] })).toMatchObject({
    ...{ kind: 'broken', promised: false },
    note: 'Client sessions are off: nothing keeps a command that is sent again from being applied again.',
  })
  expect(stateOf('ExactlyOnce', { ...nothing, notes: [twice(false), twice(true)] })).toMatchObject({
    ...{ kind: 'broken', promised: true, note: null },
  })
  const faulty = stateOf('OneVote', { ...nothing, faulty: [serverId(3)] })
  expect(faulty.note).toContain('Not judged: the loss on the disk of S3 itself')
})
