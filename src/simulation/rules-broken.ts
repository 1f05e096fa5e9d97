import { BREAKABLE_RULES } from '../raft/settings.ts'
import type { Setup } from './script.ts'
import type { Settings } from './settings.ts'

/**
 * Whether anything of a run so far was outside of what Raft relies on, so that what every rule takes for granted may not
 * be so. Reads do not count: whatever a server answers, it changes nothing.
 */
export function rulesBroken({
  setup,
  scriptDone,
}: {
  readonly setup: Setup
  readonly scriptDone: number
}): boolean {
  let { settings } = setup
  if (breaksOne(settings)) return true
  for (const { act } of setup.script.slice(0, scriptDone)) {
    if (act.kind === 'RestartWithout') return true
    if (act.kind !== 'Change') continue
    settings = { ...settings, ...act.settings }
    if (breaksOne(settings)) return true
  }
  return false
}

const breaksOne = (settings: Settings): boolean =>
  BREAKABLE_RULES.some((rule) => settings[rule]) ||
  settings.membership === 'jump' ||
  // Joint consensus needs no such care: nobody wins without a majority of the old members.
  (settings.membership === 'single' && !settings.changeAfterOwnEntry)
