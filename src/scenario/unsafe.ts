import type { Settings } from '../simulation/settings.ts'

/** The rules that break Raft's promises, as these settings have them. */
export function unsafeRules({ membership, changeAfterOwnEntry, reads }: Settings): (keyof Settings)[] {
  const found: (keyof Settings)[] = []
  if (membership === 'jump') found.push('membership')
  // Joint consensus needs no such care: nobody wins without a majority of the old members.
  if (membership === 'single' && !changeAfterOwnEntry) found.push('changeAfterOwnEntry')
  if (reads === 'local') found.push('reads')
  return found
}
