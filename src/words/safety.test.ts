import { expect, test } from 'vitest'
import { logIndex, type Micros, serverId, term } from '../base/ids.ts'
import { PROPERTIES, type Violation } from '../check/properties.ts'
import { PROPERTY_WORDS, tellViolation } from './safety.ts'

const where = { at: 5 as Micros, event: 1, servers: [serverId(2), serverId(4)] }

test('every property that is checked has words, in the same order', () => {
  expect(Object.keys(PROPERTY_WORDS)).toEqual(PROPERTIES.map(({ id }) => id))
})

const cases: readonly (readonly [Violation, string])[] = [
  [{ ...where, kind: 'ElectionSafety', term: term(3) }, 'S2 and S4 both led in term 3.'],
  [
    { ...where, kind: 'StateMachineSafety', index: logIndex(5), mine: term(3), theirs: term(4) },
    'At index 5, S2 applied an entry of term 3 and S4 one of term 4.',
  ],
  [
    { ...where, kind: 'OneVote', term: term(2), was: serverId(1), votedFor: null },
    'S2 voted for S1 in term 2 and forgot it.',
  ],
  [
    { ...where, kind: 'StoreFollowsLog', index: logIndex(3), key: 'x', expected: '1', found: null },
    'After entry 3, S2 has x = nothing instead of 1.',
  ],
]

test.for(cases)('%#: $1', ([violation, first]) => {
  const [what, why] = tellViolation(violation)
  expect(what).toBe(first)
  expect(why).toMatch(/^[A-Za-z].*\.$/)
})
