import type { Rule } from '../raft/facts.ts'
import type { Settings } from '../simulation/settings.ts'
import type { SettingKey } from './settings-table.ts'
import { BREAKABLE_ROWS } from './settings-table-breakable.ts'
import { unsafeRules } from './unsafe.ts'

/** One way to break what Raft promises. */
export interface UnsafeWay {
  /** As commands name it. Never changed. */
  readonly id: string
  /** The setting that decides it. */
  readonly key: SettingKey
  readonly label: string
  /** What it breaks, in one line. */
  readonly about: string
  /** Where it is forbidden, or its cure described; or what it belongs to, if the rule against it is younger. */
  readonly rule: Rule
  /** What breaks it. */
  readonly broken: Partial<Settings>
  /** What keeps it. */
  readonly kept: Partial<Settings>
  /** Settings alone do not break it: the servers' clocks must run apart, too. */
  readonly byClocks?: true
}

/** Ways of doing things beyond §5 that are unsafe; each is a value of a setting with other uses. */
const AMONG_OTHERS: readonly UnsafeWay[] = [
  {
    id: 'jump-between-configurations',
    key: 'membership',
    label: 'Jump between configurations',
    about: 'Members change at once: the old ones and the new ones can each have a majority of their own.',
    rule: '§6',
    broken: { membership: 'jump' },
    kept: { membership: 'single' },
  },
  {
    id: 'change-before-own-entry',
    key: 'changeAfterOwnEntry',
    label: 'Change members before an entry of its own',
    about:
      'A new leader’s change and one begun before it can go by majorities with nobody in common; known since 2015.',
    rule: 'D 4.1',
    broken: { membership: 'single', changeAfterOwnEntry: false },
    kept: { changeAfterOwnEntry: true },
  },
  {
    id: 'read-locally',
    key: 'reads',
    label: 'Answer reads locally',
    about:
      'A leader that was deposed without knowing it, or one newly elected that does not know yet what is committed, returns what is out of date.',
    rule: 'D 6.4',
    broken: { reads: 'local' },
    kept: { reads: 'log' },
  },
  {
    id: 'drifting-clocks',
    key: 'reads',
    label: 'Lease with drifting clocks',
    about: 'On a slow clock a lease lasts longer than the others wait: give a server a clock of its own.',
    rule: 'D 6.4.1',
    broken: { reads: 'lease' },
    kept: { reads: 'log' },
    byClocks: true,
  },
  {
    id: 'no-sessions',
    key: 'sessions',
    label: 'No client sessions',
    about: 'A command whose answer is lost is sent again, and can be applied twice.',
    rule: '§8',
    broken: { sessions: false },
    kept: { sessions: true },
  },
]

/** Every way there is. */
export const UNSAFE_WAYS: readonly UnsafeWay[] = [
  ...BREAKABLE_ROWS.map(({ key, label, about, rule }): UnsafeWay => {
    const id = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    return { id, key, label, about, rule, broken: { [key]: true }, kept: { [key]: false } }
  }),
  ...AMONG_OTHERS,
]

/** Whether the settings, and the clocks where they matter, break it. */
export function isBroken(
  { key, broken, byClocks }: UnsafeWay,
  settings: Settings,
  clocks: readonly number[],
): boolean {
  const asked = Object.keys(broken) as SettingKey[]
  if (asked.some((one) => settings[one] !== broken[one])) return false
  return byClocks === undefined || unsafeRules(settings, clocks).includes(key)
}

/** The broken ones. Having no sessions is left out: they are an addition to the paper's rules, and off in all its figures. */
export const brokenWays = (settings: Settings, clocks: readonly number[]): readonly UnsafeWay[] =>
  UNSAFE_WAYS.filter((way) => way.key !== 'sessions' && isBroken(way, settings, clocks))
