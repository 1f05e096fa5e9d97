import { expect, it } from 'vitest'
import { isSamePayload } from './commands.ts'

it.each([
  [
    { kind: 'Put', key: 'x', value: '1' },
    { kind: 'Put', key: 'x', value: '2' },
  ],
  [
    { kind: 'Get', key: 'x' },
    { kind: 'Delete', key: 'x' },
  ],
  [
    { kind: 'CompareAndSet', key: 'x', expected: '1', value: '3' },
    { kind: 'CompareAndSet', key: 'x', expected: '2', value: '3' },
  ],
  [
    { kind: 'OpenSession', most: 1 },
    { kind: 'OpenSession', most: 2 },
  ],
] as const)('%o and %o are each itself, and not the other', (one, two) => {
  expect([isSamePayload(one, one), isSamePayload(two, two)]).toEqual([true, true])
  expect([isSamePayload(one, two), isSamePayload(two, one)]).toEqual([false, false])
})
