/** Every key that does something on the page; what, is said in key-help.ts. */
export interface KeyRow {
  readonly name: string
  readonly keys: readonly Combination[]
}

export interface Combination {
  /** As KeyboardEvent.key has it, letters in lower case. */
  readonly key: string
  readonly shift?: true
  /** With Ctrl, or ⌘ on a Mac. */
  readonly ctrl?: true
}

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'].map((key) => ({ key }))

export const KEYS = [
  { name: 'play', keys: [{ key: ' ' }] },
  { name: 'next event', keys: [{ key: 'ArrowRight' }] },
  { name: 'last event', keys: [{ key: 'ArrowLeft' }] },
  {
    name: 'next beat',
    keys: [{ key: 'ArrowRight', shift: true }, { key: 'PageDown' }],
  },
  {
    name: 'last beat',
    keys: [{ key: 'ArrowLeft', shift: true }, { key: 'PageUp' }],
  },
  { name: 'slower', keys: [{ key: '[' }] },
  { name: 'faster', keys: [{ key: ']' }] },
  { name: 'start', keys: [{ key: 'Home' }] },
  { name: 'end', keys: [{ key: 'End' }] },
  { name: 'select', keys: digits },
  { name: 'crash', keys: [{ key: 'x' }] },
  { name: 'time out', keys: [{ key: 't' }] },
  { name: 'isolate', keys: [{ key: 'i' }] },
  { name: 'select tool', keys: [{ key: 'v' }] },
  { name: 'partition', keys: [{ key: 'c' }] },
  { name: 'members', keys: [{ key: 'm' }] },
  { name: 'heal', keys: [{ key: 'h' }] },
  { name: 'command', keys: [{ key: 'Enter' }] },
  { name: 'undo', keys: [{ key: 'z', ctrl: true }] },
  {
    name: 'redo',
    keys: [
      { key: 'z', ctrl: true, shift: true },
      { key: 'y', ctrl: true },
    ],
  },
  { name: 'rules', keys: [{ key: 'r' }] },
  { name: 'find', keys: [{ key: 'f' }] },
  { name: 'present', keys: [{ key: 'p' }] },
  { name: 'keys', keys: [{ key: '?' }] },
  { name: 'leave', keys: [{ key: 'Escape' }] },
] as const satisfies readonly KeyRow[]

export type KeyName = (typeof KEYS)[number]['name']

type Pressed = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>

/** What a pressed key means; `null` if nothing. */
export function keyPressed(event: Pressed): KeyName | null {
  if (event.altKey) return null
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  const ctrl = event.ctrlKey || event.metaKey
  // A letter is the same key under caps lock, and `?` needs Shift on some keyboards and none on others.
  const shiftCounts = ctrl || key.length > 1
  const found = (KEYS as readonly KeyRow[]).find(({ keys }) =>
    keys.some(
      (one) =>
        one.key === key &&
        (one.ctrl ?? false) === ctrl &&
        (!shiftCounts || (one.shift ?? false) === event.shiftKey),
    ),
  )
  return (found?.name as KeyName | undefined) ?? null
}
