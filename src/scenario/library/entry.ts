import type { Settings } from '../../simulation/settings.ts'
import type { Scenario } from '../scenario.ts'
import type { SettingKey } from '../settings-table.ts'
import { type Given, scenario } from './script.ts'

/** What a scenario is about, in the order in which it is best learned. */
export const CHAPTERS = [
  'Leader election',
  'Log replication',
  'Unreliable networks',
  'Elections that disturb nobody',
  'Log compaction',
  'Membership changes',
  'Handing over leadership',
  'Clients and reads',
  'Performance',
  'Faulty disks',
] as const
export type Chapter = (typeof CHAPTERS)[number]

/** A scenario that comes with the program. */
export interface LibraryEntry {
  /** Never changed: addresses and commands use it. */
  readonly id: string
  readonly title: string
  /** What to look for. */
  readonly about: string
  readonly chapter: Chapter
  /** Which scenarios to compare it with; `null` if it stands alone. */
  readonly pair: Pair | null
  /** One of the promises is broken in it: that is its point. */
  readonly breaks: boolean
  readonly scenario: Scenario
}

/** Scenarios that are the same but for one thing: without it the trouble, with it the cure. */
export interface Pair {
  /** The id of the first of them. */
  readonly of: string
  /** The settings that make the difference; none where the script makes it. */
  readonly settings: readonly SettingKey[]
}

/** One of several scenarios that are the same but for this. */
interface Variant {
  readonly id: string
  readonly title: string
  readonly about: string
  readonly settings?: Partial<Settings>
  readonly script?: Given['script']
  readonly breaks?: true
}

/** The same scenario several times: where a rule makes the difference, first without it. */
export function variants(
  chapter: Chapter,
  given: Omit<Given, 'name'>,
  ...all: readonly [Variant, Variant, ...Variant[]]
): readonly LibraryEntry[] {
  const settings = [...new Set(all.flatMap((one) => Object.keys(one.settings ?? {}) as SettingKey[]))]
  const pair = { of: all[0].id, settings }
  return all.map((one) => ({ ...single(chapter, given, one), pair }))
}

export function single(chapter: Chapter, given: Omit<Given, 'name'>, one: Variant): LibraryEntry {
  const { id, title, about } = one
  const settings = { ...given.settings, ...one.settings }
  const script = one.script ?? given.script ?? []
  const breaks = one.breaks ?? false
  const whole = scenario({ ...given, settings, script, name: title })
  return { id, title, about, chapter, pair: null, breaks, scenario: whole }
}
