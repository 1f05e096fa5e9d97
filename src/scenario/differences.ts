import type { Settings } from '../simulation/settings.ts'

/** Those of the settings that are not as they were. */
export function differences(was: Settings, settings: Settings): Partial<Settings> {
  const names = (Object.keys(settings) as (keyof Settings)[]).filter((name) => settings[name] !== was[name])
  return Object.fromEntries(names.map((name) => [name, settings[name]]))
}
