/** Every key that does something on the page: for whoever listens to keys, and for the list of them. */
export interface KeyRow {
  readonly name: string
  readonly group: KeyGroup
  readonly does: string
  readonly keys: readonly Combination[]
}

export type KeyGroup = 'Time' | 'Servers' | 'Stage' | 'Page'

interface Combination {
  /** As KeyboardEvent.key has it, letters in lower case. */
  readonly key: string
  readonly shift?: true
  /** With Ctrl, or ⌘ on a Mac. */
  readonly ctrl?: true
}

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'].map((key) => ({ key }))

export const KEYS = [
  { name: 'play', group: 'Time', does: 'Play or pause', keys: [{ key: ' ' }] },
  { name: 'next event', group: 'Time', does: 'One event on', keys: [{ key: 'ArrowRight' }] },
  { name: 'last event', group: 'Time', does: 'One event back', keys: [{ key: 'ArrowLeft' }] },
  {
    name: 'next beat',
    group: 'Time',
    does: 'To the next event worth a stop',
    keys: [{ key: 'ArrowRight', shift: true }, { key: 'PageDown' }],
  },
  {
    name: 'last beat',
    group: 'Time',
    does: 'To the one before',
    keys: [{ key: 'ArrowLeft', shift: true }, { key: 'PageUp' }],
  },
  { name: 'slower', group: 'Time', does: 'Slower', keys: [{ key: '[' }] },
  { name: 'faster', group: 'Time', does: 'Faster', keys: [{ key: ']' }] },
  { name: 'start', group: 'Time', does: 'To the start', keys: [{ key: 'Home' }] },
  { name: 'end', group: 'Time', does: 'As far as it has run', keys: [{ key: 'End' }] },
  { name: 'select', group: 'Servers', does: 'Select a server', keys: digits },
  { name: 'crash', group: 'Servers', does: 'Crash it, or restart it', keys: [{ key: 'x' }] },
  { name: 'time out', group: 'Servers', does: 'Let its election timer run out', keys: [{ key: 't' }] },
  { name: 'isolate', group: 'Servers', does: 'Isolate it, or let it back', keys: [{ key: 'i' }] },
  { name: 'select tool', group: 'Stage', does: 'Back to selecting', keys: [{ key: 'v' }] },
  { name: 'partition', group: 'Stage', does: 'Draw a partition', keys: [{ key: 'c' }] },
  { name: 'members', group: 'Stage', does: 'Change the members', keys: [{ key: 'm' }] },
  { name: 'heal', group: 'Stage', does: 'Heal the network', keys: [{ key: 'h' }] },
  { name: 'command', group: 'Stage', does: 'Send a client’s command', keys: [{ key: 'Enter' }] },
  { name: 'undo', group: 'Page', does: 'Undo', keys: [{ key: 'z', ctrl: true }] },
  {
    name: 'redo',
    group: 'Page',
    does: 'Redo',
    keys: [
      { key: 'z', ctrl: true, shift: true },
      { key: 'y', ctrl: true },
    ],
  },
  { name: 'rules', group: 'Page', does: 'The rules', keys: [{ key: 'r' }] },
  { name: 'present', group: 'Page', does: 'Present, or leave it', keys: [{ key: 'p' }] },
  { name: 'keys', group: 'Page', does: 'These keys', keys: [{ key: '?' }] },
  { name: 'leave', group: 'Page', does: 'Leave a tool, the selection, a dialog', keys: [{ key: 'Escape' }] },
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

const CAPS: Readonly<Record<string, string>> = {
  ' ': 'Space',
  ArrowRight: '→',
  ArrowLeft: '←',
  PageDown: 'Page ↓',
  PageUp: 'Page ↑',
  Escape: 'Esc',
}

/** What is written on the keys: `['Shift', '→']`. */
export function caps({ key, shift, ctrl }: Combination, mac: boolean): string[] {
  const cap = CAPS[key] ?? (key.length === 1 ? key.toUpperCase() : key)
  return [...(ctrl ? [mac ? '⌘' : 'Ctrl'] : []), ...(shift ? ['Shift'] : []), cap]
}
