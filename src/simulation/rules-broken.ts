import { BREAKABLE_RULES } from '../raft/settings.ts'
import type { Setup } from './script.ts'
import type { Settings } from './settings.ts'

/** Whether any rule of a run has been broken so far, so that what every rule takes for granted may not be so. */
export function rulesBroken({
  setup,
  scriptDone,
}: {
  readonly setup: Setup
  readonly scriptDone: number
}): boolean {
  const breaksOne = (settings: Partial<Settings>) => BREAKABLE_RULES.some((rule) => settings[rule] === true)
  const done = setup.script.slice(0, scriptDone)
  return breaksOne(setup.settings) || done.some(({ act }) => act.kind === 'Change' && breaksOne(act.settings))
}
