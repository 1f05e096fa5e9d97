import { expect, test } from 'vitest'
import { caps } from './key-help.ts'
import { KEYS, type KeyRow, keyPressed } from './keys.ts'

const rows: readonly KeyRow[] = KEYS
const none = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false }

test.for(rows.flatMap(({ name, keys }) => keys.map((one) => [name, one] as const)))(
  '%s: %j',
  ([name, one]) => {
    const event = { ...none, key: one.key, shiftKey: one.shift ?? false, ctrlKey: one.ctrl ?? false }
    expect(keyPressed(event)).toBe(name)
  },
)

test.for([
  ['under caps lock', { ...none, key: 'X' }, 'crash'],
  ['with Shift, where a keyboard needs it', { ...none, key: '?', shiftKey: true }, 'keys'],
  ['with ⌘', { ...none, key: 'z', metaKey: true }, 'undo'],
  ['with ⌘ and Shift', { ...none, key: 'Z', metaKey: true, shiftKey: true }, 'redo'],
  ['a browser’s own', { ...none, key: 't', ctrlKey: true }, null],
  ['with Alt', { ...none, key: 'x', altKey: true }, null],
  ['a digit that no server has', { ...none, key: '0' }, null],
] as const)('%s', ([, event, name]) => {
  expect(keyPressed(event)).toBe(name)
})

test('a key is written as it is on the keyboard', () => {
  expect(caps({ key: 'ArrowRight', shift: true }, false)).toEqual(['Shift', '→'])
  expect(caps({ key: 'z', ctrl: true }, false)).toEqual(['Ctrl', 'Z'])
  expect(caps({ key: 'z', ctrl: true }, true)).toEqual(['⌘', 'Z'])
  expect(caps({ key: ' ' }, false)).toEqual(['Space'])
})
