import type { ServerId } from '../base/ids.ts'
import type { Entry } from '../raft/log.ts'
import type { Host } from '../simulation/host.ts'
import { hasEntry } from './same-entry.ts'

/** The sets of servers of each of which a majority has to have what is committed: in joint consensus two (§6). */
export interface Members {
  readonly voters: readonly ServerId[]
  readonly next: readonly ServerId[] | null
}

/** The members that an entry names; it changes them as soon as it is in a log, not when it is committed (§6). */
export function membersOf({ command }: Entry): Members | null {
  return command.kind === 'Configuration' ? command.configuration : null
}

/** The set that has an entry on too few of its disks; `null` if each has it on a majority. */
export function setWithout(
  { voters, next }: Members,
  entry: Entry,
  hosts: readonly Host[],
): readonly ServerId[] | null {
  if (!isMajority(voters, entry, hosts)) return voters
  return next === null || isMajority(next, entry, hosts) ? null : next
}

function isMajority(voters: readonly ServerId[], entry: Entry, hosts: readonly Host[]): boolean {
  let count = 0
  for (const id of voters) if (hasOnDisk(hosts[id - 1], entry)) count++
  return 2 * count > voters.length
}

export const hasOnDisk = (host: Host | undefined, entry: Entry): boolean =>
  host !== undefined && hasEntry(host.disk.log, entry)
