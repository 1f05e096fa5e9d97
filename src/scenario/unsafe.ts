import { BREAKABLE_RULES } from '../raft/settings.ts'
import type { Settings } from '../simulation/settings.ts'

/** The rules that break Raft's promises, as these settings have them. `clocks` are the servers' rates, in thousandths. */
export function unsafeRules(settings: Settings, clocks: readonly number[] = []): (keyof Settings)[] {
  const { membership, changeAfterOwnEntry, reads } = settings
  const found: (keyof Settings)[] = BREAKABLE_RULES.filter((rule) => settings[rule])
  if (membership === 'jump') found.push('membership')
  // Joint consensus needs no such care: nobody wins without a majority of the old members.
  if (membership === 'single' && !changeAfterOwnEntry) found.push('changeAfterOwnEntry')
  if (reads === 'local' || (reads === 'lease' && runApart(clocks))) found.push('reads')
  return found
}

const runApart = (clocks: readonly number[]): boolean => Math.min(...clocks) < Math.max(...clocks)
