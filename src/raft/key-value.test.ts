import { expect, it } from 'vitest'
import type { Command, Result } from './commands.ts'
import { applyCommand, type KeyValues } from './key-value.ts'

it.each<[Command, Result, string | undefined]>([
  [{ kind: 'Put', key: 'x', value: '5' }, { kind: 'Done' }, '5'],
  [{ kind: 'Get', key: 'x' }, { kind: 'Found', value: '3' }, '3'],
  [{ kind: 'Get', key: 'y' }, { kind: 'Found', value: null }, '3'],
  [{ kind: 'Delete', key: 'x' }, { kind: 'Done' }, undefined],
  [{ kind: 'Delete', key: 'y' }, { kind: 'Done' }, '3'],
  [{ kind: 'CompareAndSet', key: 'x', expected: '3', value: '5' }, { kind: 'Done' }, '5'],
  [{ kind: 'CompareAndSet', key: 'x', expected: '4', value: '5' }, { kind: 'Mismatch', value: '3' }, '3'],
  [{ kind: 'CompareAndSet', key: 'y', expected: '4', value: '5' }, { kind: 'Mismatch', value: null }, '3'],
])('where x is 3, %j answers %j', (command, result, after) => {
  const store: KeyValues = new Map([['x', '3']])
  expect(applyCommand(store, command)).toEqual(result)
  expect(store.get('x')).toBe(after)
})
