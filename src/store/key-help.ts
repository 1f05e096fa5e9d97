import type { Combination, KeyName } from './keys.ts'

/** What the list of keys says of one. */
export interface KeyHelp {
  readonly group: KeyGroup
  readonly does: string
}

export type KeyGroup = 'Time' | 'Servers' | 'Stage' | 'Page'

export const KEY_HELP: Readonly<Record<KeyName, KeyHelp>> = {
  play: { group: 'Time', does: 'Play or pause' },
  'next event': { group: 'Time', does: 'One event on' },
  'last event': { group: 'Time', does: 'One event back' },
  'next beat': { group: 'Time', does: 'To the next event worth a stop' },
  'last beat': { group: 'Time', does: 'To the one before' },
  slower: { group: 'Time', does: 'Slower' },
  faster: { group: 'Time', does: 'Faster' },
  start: { group: 'Time', does: 'To the start' },
  end: { group: 'Time', does: 'As far as it has run' },
  select: { group: 'Servers', does: 'Select a server' },
  crash: { group: 'Servers', does: 'Crash it, or restart it' },
  'time out': { group: 'Servers', does: 'Let its election timer run out' },
  isolate: { group: 'Servers', does: 'Isolate it, or let it back' },
  'select tool': { group: 'Stage', does: 'Back to selecting' },
  partition: { group: 'Stage', does: 'Draw a partition' },
  members: { group: 'Stage', does: 'Change the members' },
  heal: { group: 'Stage', does: 'Heal the network' },
  command: { group: 'Stage', does: 'Send a client’s command' },
  undo: { group: 'Page', does: 'Undo' },
  redo: { group: 'Page', does: 'Redo' },
  rules: { group: 'Page', does: 'The rules' },
  find: { group: 'Page', does: 'Find a violation' },
  present: { group: 'Page', does: 'Present, or leave it' },
  keys: { group: 'Page', does: 'These keys' },
  leave: { group: 'Page', does: 'Leave a tool, the selection, a dialog' },
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
