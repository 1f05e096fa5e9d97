import { fresh } from '../scenario/fresh.ts'
import { SETTINGS, type SettingGroup, type SettingKey, type SettingRow } from '../scenario/settings-table.ts'
import { type Warning, warnings } from '../scenario/warnings.ts'
import type { Settings } from '../simulation/settings.ts'
import { act } from './edit.ts'
import { app } from './state.ts'

export interface Group {
  readonly name: SettingGroup
  readonly rows: readonly SettingRow[]
}

const groupsOf = (...names: readonly SettingGroup[]): readonly Group[] =>
  names.map((name) => ({ name, rows: SETTINGS.filter(({ group }) => group === name) }))

/** Where and how fast the cluster runs. */
export const surroundings = groupsOf('Timing', 'Network', 'Clients')

/** Which of Raft's rules hold, by chapter. */
export const rules = groupsOf(
  'Elections',
  'Log compaction',
  'Membership',
  'Sessions',
  'Reads',
  'Performance',
  'Disks',
  'Rules you can break',
)

/** What is usual. */
export const usualSettings: Settings = fresh.settings

export const warningsAbout = (settings: Settings, clocks: readonly number[]): readonly Warning[] =>
  warnings(settings, clocks)

/** The settings in which `wanted` differs from `present`. */
export function changesTo(present: Settings, wanted: Partial<Settings>): Partial<Settings> {
  const keys = (Object.keys(wanted) as SettingKey[]).filter((key) => wanted[key] !== present[key])
  return Object.fromEntries(keys.map((key) => [key, wanted[key]]))
}

/** Changes settings from the moment on the screen on: an intervention like any other. */
export function changeSettings(wanted: Partial<Settings>): void {
  const { frame } = app.getState()
  if (frame === null) return
  const settings = changesTo(frame.settings, wanted)
  if (Object.keys(settings).length > 0) act({ kind: 'Change', settings })
}
