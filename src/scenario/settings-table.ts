import type { Rule } from '../raft/facts.ts'
import type { BreakableRule } from '../raft/settings.ts'
import type { LinkSettings, Settings } from '../simulation/settings.ts'
import { BREAKABLE_ROWS } from './settings-table-breakable.ts'

export type SettingKey = keyof Settings
export type SettingGroup =
  | 'Timing'
  | 'Network'
  | 'Clients'
  | 'Elections'
  | 'Log compaction'
  | 'Membership'
  | 'Sessions'
  | 'Reads'
  | 'Performance'
  | 'Disks'
  | 'Rules you can break'

/** The settings that are on or off. */
export type SwitchKey =
  | 'noOp'
  | 'preVote'
  | 'checkQuorum'
  | 'changeAfterOwnEntry'
  | 'catchUp'
  | 'sessions'
  | 'parallelWrite'
  | BreakableRule
/** Those with a few named values. */
export type ChoiceKey = 'backUp' | 'membership' | 'reads'
type NumberKey = Exclude<SettingKey, SwitchKey | ChoiceKey>

interface Described {
  /** Stands for the setting in links: never changed, never given to another. */
  readonly number: number
  readonly label: string
  readonly unit: string
  readonly group: SettingGroup
  /** What it is for, in one line. */
  readonly about: string
  /** Where it is written about; `null` for what no protocol has a say in. */
  readonly rule: Rule | null
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
  | (Ranged & { readonly key: NumberKey; readonly kind: 'time' })
  | (Ranged & { readonly key: NumberKey; readonly kind: 'count' })
  /** In parts per million; people see per cent. */
  | (Ranged & { readonly key: NumberKey; readonly kind: 'chance' })
  | SwitchRow
  | ChoiceRow

export interface SwitchRow extends Described {
  readonly key: SwitchKey
  readonly kind: 'switch'
}

export interface ChoiceRow extends Described {
  readonly key: ChoiceKey
  readonly kind: 'choice'
  /** In an order that never changes: links name a choice by its place. */
  readonly choices: readonly { readonly value: string; readonly label: string }[]
}

const MS = 1000
const MINUTE = 60_000 * MS
const time = { kind: 'time', unit: 'ms', min: MS, max: MINUTE } as const
const toggle = { kind: 'switch', unit: '' } as const
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
    rule: '§5.2',
  },
  {
    ...time,
    key: 'electionTimeoutMax',
    number: 2,
    step: 10 * MS,
    label: 'Longest election timeout',
    group: 'Timing',
    about: 'Each wait is drawn at random up to this, so that servers seldom stand at the same time.',
    rule: '§5.2',
  },
  {
    ...time,
    key: 'heartbeatInterval',
    number: 3,
    step: 5 * MS,
    label: 'Heartbeat interval',
    group: 'Timing',
    about: 'A leader lets no follower go longer than this without a message.',
    rule: '§5.2',
  },
  {
    ...time,
    key: 'rpcTimeout',
    number: 4,
    step: 10 * MS,
    label: 'RPC timeout',
    group: 'Timing',
    about: 'A request for a vote, or with entries, is sent again after this long without an answer.',
    rule: '§5.1',
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
    rule: null,
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
    rule: null,
  },
  {
    ...chance,
    key: 'loss',
    number: 7,
    label: 'Loss',
    group: 'Network',
    about: 'The chance that a message never arrives.',
    rule: null,
  },
  {
    ...chance,
    key: 'duplicate',
    number: 8,
    label: 'Duplication',
    group: 'Network',
    about: 'The chance that a message arrives twice.',
    rule: null,
  },
  {
    ...chance,
    key: 'reorder',
    number: 9,
    label: 'Reordering',
    group: 'Network',
    about: 'The chance that a message is held up and later ones overtake it.',
    rule: null,
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
    rule: null,
  },
  {
    ...time,
    key: 'clientTimeout',
    number: 11,
    step: 50 * MS,
    label: 'Client timeout',
    group: 'Clients',
    about: 'A client that hears nothing for this long sends its command to another server.',
    rule: '§8',
  },
  {
    ...time,
    key: 'clientBackoff',
    number: 12,
    step: 10 * MS,
    label: 'Client back-off',
    group: 'Clients',
    about: 'How long a client waits when the server it asked knows no leader.',
    rule: '§8',
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
    rule: null,
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
    group: 'Performance',
    about: 'The most log entries that one AppendEntries carries.',
    rule: '§5.3',
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
    group: 'Performance',
    about: 'How far a leader goes back in its log when a follower refuses what it sent.',
    rule: '§5.3',
  },
  {
    ...toggle,
    key: 'noOp',
    number: 16,
    label: 'No-op at the start of a term',
    group: 'Elections',
    about:
      'A new leader appends an entry of its own, so that what it inherited is committed at once, not with the next command.',
    rule: '§8',
  },
  {
    ...toggle,
    key: 'preVote',
    number: 17,
    label: 'PreVote',
    group: 'Elections',
    about: 'A server asks whether it could win before it raises its term, so that rejoining disturbs nobody.',
    rule: 'D 9.6',
  },
  {
    ...toggle,
    key: 'checkQuorum',
    number: 18,
    label: 'CheckQuorum',
    group: 'Elections',
    about:
      'A leader that hears from no majority steps down, and a server that hears a leader grants no vote.',
    rule: 'D 6.2',
  },
  {
    kind: 'count',
    key: 'snapshotAt',
    number: 19,
    unit: 'entries',
    min: 0,
    max: 1000,
    step: 1,
    label: 'Take a snapshot at',
    group: 'Log compaction',
    about: 'A server replaces its applied entries by a snapshot once there are so many; never at 0.',
    rule: '§7',
  },
  {
    kind: 'count',
    key: 'snapshotChunk',
    number: 20,
    unit: 'bytes',
    min: 0,
    max: 10_000,
    step: 16,
    label: 'Snapshot in one message',
    group: 'Log compaction',
    about: 'The most of a snapshot that one InstallSnapshot carries; all of it at 0.',
    rule: '§7',
  },
  {
    kind: 'choice',
    key: 'membership',
    number: 21,
    unit: '',
    choices: [
      { value: 'single', label: 'one at a time' },
      { value: 'joint', label: 'joint consensus' },
      { value: 'jump', label: 'at once (unsafe)' },
    ],
    label: 'Changing members',
    group: 'Membership',
    about: 'How the cluster goes from one set of members to the next.',
    rule: '§6',
  },
  {
    ...toggle,
    key: 'changeAfterOwnEntry',
    number: 22,
    label: 'Changes only after an entry of its own',
    group: 'Membership',
    about: 'A leader changes members only once an entry of its own term is committed: the repair of 2015.',
    rule: 'D 4.1',
  },
  {
    ...toggle,
    key: 'catchUp',
    number: 23,
    label: 'Newcomers catch up first',
    group: 'Membership',
    about: 'New servers receive the log before they get a vote.',
    rule: 'D 4.2.1',
  },
  {
    ...toggle,
    key: 'sessions',
    number: 24,
    label: 'Client sessions',
    group: 'Sessions',
    about: 'Commands carry serial numbers, so that one that is sent again is applied once.',
    rule: 'D 6.3',
  },
  {
    kind: 'count',
    key: 'mostSessions',
    number: 25,
    unit: 'sessions',
    min: 1,
    max: 100,
    step: 1,
    label: 'Sessions at once',
    group: 'Sessions',
    about: 'With more than this, the session that was unused for longest ends, on every server alike.',
    rule: 'D 6.3',
  },
  {
    kind: 'choice',
    key: 'reads',
    number: 26,
    unit: '',
    choices: [
      { value: 'log', label: 'through the log' },
      { value: 'readIndex', label: 'ReadIndex' },
      { value: 'lease', label: 'lease' },
      { value: 'local', label: 'local (unsafe)' },
    ],
    label: 'How a get is answered',
    group: 'Reads',
    about: 'How a leader makes sure that a get returns the latest value.',
    rule: 'D 6.4',
  },
  {
    ...time,
    key: 'batchDelay',
    number: 27,
    min: 0,
    max: 10_000 * MS,
    step: 5 * MS,
    label: 'Batching',
    group: 'Performance',
    about: 'How long a leader collects commands before it sends them out together; not at all at 0.',
    rule: 'D 10.2.2',
  },
  {
    kind: 'count',
    key: 'pipeline',
    number: 28,
    unit: 'messages',
    min: 0,
    max: 64,
    step: 1,
    label: 'Pipelining',
    group: 'Performance',
    about:
      'How many AppendEntries may be on their way to one follower unanswered; 0 sets no bound, and no modes.',
    rule: 'D 10.2.2',
  },
  {
    ...time,
    key: 'diskLatency',
    number: 29,
    min: 0,
    max: 10_000 * MS,
    step: MS,
    label: 'Disk latency',
    group: 'Disks',
    about: 'How long a write takes until a crash cannot undo it.',
    rule: 'Fig. 2',
  },
  {
    ...toggle,
    key: 'parallelWrite',
    number: 30,
    label: 'Leaders write in parallel',
    group: 'Disks',
    about: 'A leader sends entries out while its own disk still writes them.',
    rule: 'D 10.2.1',
  },
  ...BREAKABLE_ROWS,
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
