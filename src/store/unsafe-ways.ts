import { unsafeRules } from '../scenario/unsafe.ts'
import { brokenWays, isBroken, UNSAFE_WAYS, type UnsafeWay } from '../scenario/unsafe-ways.ts'
import type { Settings } from '../simulation/settings.ts'
import { rules } from './settings.ts'
import type { AppState } from './state.ts'

const ownRows = rules.flatMap(({ name, rows }) => (name === 'Rules you can break' ? rows : []))

/** The unsafe ways that are values of settings with other uses. */
export const waysAmongOthers: readonly UnsafeWay[] = UNSAFE_WAYS.filter(
  (way) => !ownRows.some(({ key }) => key === way.key),
)

/** The settings that break what Raft promises. */
export const unsafeIn = (settings: Settings, clocks: readonly number[]): readonly (keyof Settings)[] =>
  unsafeRules(settings, clocks)

export const isWayBroken = (way: UnsafeWay, settings: Settings, clocks: readonly number[]): boolean =>
  isBroken(way, settings, clocks)

/** What the broken rules at the moment on the screen are called, a line each. */
export const brokenNow = ({ frame, scenario }: AppState): string =>
  brokenWays(frame?.settings ?? scenario.settings, frame?.servers.map(({ clockRate }) => clockRate) ?? [])
    .map(({ label }) => label)
    .join('\n')
