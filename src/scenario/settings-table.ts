import type { LinkSettings, Settings } from '../simulation/settings.ts'

export type SettingKey = keyof Settings
export type SettingGroup = 'Timing' | 'Network' | 'Clients' | 'Replication'

interface Described {
  /** Stands for the setting in links: never changed, never given to another. */
  readonly number: number
  readonly label: string
  readonly unit: string
  readonly group: SettingGroup
  /** What it is for, in one line. */
  readonly about: string
}

interface Ranged extends Described {
  readonly min: number
  readonly max: number
  /** How far one press of a button moves it. */
  readonly step: number
}

/** One setting as people see it and as files and links bound it. */
export type SettingRow =
  /** In microseconds; people see milliseconds. */
  | (Ranged & { readonly key: Exclude<SettingKey, 'backUp'>; readonly kind: 'time' })
  | (Ranged & { readonly key: Exclude<SettingKey, 'backUp'>; readonly kind: 'count' })
  /** In parts per million; people see per cent. */
  | (Ranged & { readonly key: Exclude<SettingKey, 'backUp'>; readonly kind: 'chance' })
  | (Described & {
      readonly key: 'backUp'
      readonly kind: 'choice'
      /** In an order that never changes: links name a choice by its place. */
      readonly choices: readonly { readonly value: Settings['backUp']; readonly label: string }[]
    })

const MS = 1000
const MINUTE = 60_000 * MS
const time = { kind: 'time', unit: 'ms', min: MS, max: MINUTE } as const
const chance = { kind: 'chance', unit: '%', min: 0, max: 1_000_000, step: 10_000 } as const

/** Every setting there is, in the order in which they are shown. */
export const SETTINGS: readonly SettingRow[] = [
  {
    ...time,
    key: 'electionTimeoutMin',
    number: 1,
    step: 10 * MS,
    label: 'Shortest election timeout',
    group: 'Timing',
    about: 'The least time a follower waits for word from a leader before it stands for election.',
  },
  {
    ...time,
    key: 'electionTimeoutMax',
    number: 2,
    step: 10 * MS,
    label: 'Longest election timeout',
    group: 'Timing',
    about: 'Each wait is drawn at random up to this, so that servers seldom stand at the same time.',
  },
  {
    ...time,
    key: 'heartbeatInterval',
    number: 3,
    step: 5 * MS,
    label: 'Heartbeat interval',
    group: 'Timing',
    about: 'A leader lets no follower go longer than this without a message.',
  },
  {
    ...time,
    key: 'rpcTimeout',
    number: 4,
    step: 10 * MS,
    label: 'RPC timeout',
    group: 'Timing',
    about: 'A request for a vote, or with entries, is sent again after this long without an answer.',
  },
  {
    ...time,
    key: 'latencyMin',
    number: 5,
    min: 100,
    step: MS,
    label: 'Shortest latency',
    group: 'Network',
    about: 'The least time a message is on its way.',
  },
  {
    ...time,
    key: 'latencyMax',
    number: 6,
    min: 100,
    step: MS,
    label: 'Longest latency',
    group: 'Network',
    about: 'The most time a message is on its way, unless it is held up.',
  },
  {
    ...chance,
    key: 'loss',
    number: 7,
    label: 'Loss',
    group: 'Network',
    about: 'The chance that a message never arrives.',
  },
  {
    ...chance,
    key: 'duplicate',
    number: 8,
    label: 'Duplication',
    group: 'Network',
    about: 'The chance that a message arrives twice.',
  },
  {
    ...chance,
    key: 'reorder',
    number: 9,
    label: 'Reordering',
    group: 'Network',
    about: 'The chance that a message is held up and later ones overtake it.',
  },
  {
    kind: 'count',
    key: 'clientRate',
    number: 10,
    unit: 'per second',
    min: 0,
    max: 200,
    step: 1,
    label: 'Steady commands',
    group: 'Clients',
    about: 'How many commands a second client C2 sends by itself; none at 0.',
  },
  {
    ...time,
    key: 'clientTimeout',
    number: 11,
    step: 50 * MS,
    label: 'Client timeout',
    group: 'Clients',
    about: 'A client that hears nothing for this long sends its command to another server.',
  },
  {
    ...time,
    key: 'clientBackoff',
    number: 12,
    step: 10 * MS,
    label: 'Client back-off',
    group: 'Clients',
    about: 'How long a client waits when the server it asked knows no leader.',
  },
  {
    ...time,
    key: 'clientPatience',
    number: 13,
    max: 60 * MINUTE,
    step: 1000 * MS,
    label: 'Client patience',
    group: 'Clients',
    about: 'A command without an answer for this long is given up.',
  },
  {
    kind: 'count',
    key: 'maxEntries',
    number: 14,
    unit: 'entries',
    min: 1,
    max: 100,
    step: 1,
    label: 'Entries in a message',
    group: 'Replication',
    about: 'The most log entries that one AppendEntries carries.',
  },
  {
    kind: 'choice',
    key: 'backUp',
    number: 15,
    unit: '',
    choices: [
      { value: 'term', label: 'a term at a time' },
      { value: 'one', label: 'one entry at a time' },
    ],
    label: 'Backing up',
    group: 'Replication',
    about: 'How far a leader goes back in its log when a follower refuses what it sent.',
  },
]

/** The settings that a single link can have for itself. */
export const LINK_KEYS: readonly (keyof LinkSettings)[] = [
  'latencyMin',
  'latencyMax',
  'loss',
  'duplicate',
  'reorder',
]

const BY_KEY = new Map(SETTINGS.map((row) => [row.key, row]))

/** The row of a setting. */
export const settingRow = (key: SettingKey): SettingRow => BY_KEY.get(key) as SettingRow
