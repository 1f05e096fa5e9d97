import { expect, it } from 'vitest'
import type { Command, Result } from '../raft/commands.ts'
import { commandText, commandWords, resultText } from './commands.ts'

const put: Command = { kind: 'Put', key: 'x', value: '3' }
const get: Command = { kind: 'Get', key: 'x' }
const cas: Command = { kind: 'CompareAndSet', key: 'x', expected: '3', value: '5' }

it.each<[Command, string, string]>([
  [put, 'x←3', 'put x 3'],
  [get, 'x?', 'get x'],
  [{ kind: 'Delete', key: 'x' }, 'x✕', 'delete x'],
  [cas, 'x:3→5', 'cas x 3 5'],
])('%j in a log cell, and in words', (command, cell, words) => {
  expect([commandText(command), commandWords(command)]).toEqual([cell, words])
})

it.each<[Command, Result, string]>([
  [put, { kind: 'Done' }, 'done'],
  [get, { kind: 'Found', value: '3' }, 'x is 3'],
  [get, { kind: 'Found', value: null }, 'there is no x'],
  [cas, { kind: 'Mismatch', value: '4' }, 'not done, x is 4'],
  [cas, { kind: 'Mismatch', value: null }, 'not done, there is no x'],
])('the answer to %j, %j', (command, result, text) => {
  expect(resultText(command, result)).toBe(text)
})
