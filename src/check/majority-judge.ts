import type { ServerId } from '../base/ids.ts'
import type { Entry } from '../raft/log.ts'
import type { Server } from '../raft/server.ts'
import type { Host } from '../simulation/host.ts'
import type { Ledger, Line } from './ledger.ts'
import { Losses } from './losses.ts'
import { hasOnDisk, type Members, membersOf, setWithout } from './members.ts'
import type { Report } from './properties.ts'
import { type Seen, unchangedEntries } from './seen.ts'

/** Judges whether what is committed gets onto a majority of disks (§5.3, §5.4.2), and stays there. */
export class MajorityJudge {
  /** Those among whom what is committed now was counted. */
  counted: Members
  readonly losses = new Losses()
  private readonly ledger: Ledger
  /** Before any change of them. */
  private readonly first: Members
  private readonly report: Report

  constructor(ledger: Ledger, first: Members, report: Report) {
    this.ledger = ledger
    this.first = first
    this.counted = first
    this.report = report
  }

  /**
   * What is to be committed is on a majority: of the members as they are in the log of the server that counts them, at
   * the indexes given, or as they were `before` this event, since one event can both commit and begin a change.
   */
  judgeCommitted(
    { id, log, commitIndex }: Server,
    configurations: readonly number[],
    before: number,
    hosts: readonly Host[],
  ): void {
    const last = Math.min(log.length, commitIndex)
    if (last <= this.ledger.committed) return
    if (last <= log.base) {
      this.counted = this.membersAt(log, last)
      return
    }
    const entry = log.buffer[last - 1 - log.base] as Entry
    let few: readonly ServerId[] | null = null
    for (const index of countedBy(configurations, before)) {
      this.counted = this.membersAt(log, index)
      few = setWithout(this.counted, entry, hosts)
      if (few === null) return
    }
    for (let index = this.ledger.committed + 1; index <= last; index++) {
      const there = log.buffer[index - 1 - log.base]
      const without = there === undefined ? null : setWithout(this.counted, there, hosts)
      if (there !== undefined && without !== null) return this.reportFew(id, there, without, hosts)
    }
  }

  /**
   * What is committed stays on a majority: of those that counted it, or whom a committed change has put in their
   * place.
   */
  judgeDisk(host: Host, { written, losses }: Seen, hosts: readonly Host[]): void {
    const { disk } = host
    if (host.losses !== losses) this.losses.add(host.id, written, disk.log)
    if (disk.log.length >= written.length && disk.log.buffer === written.buffer && host.losses === losses)
      return
    const { committed: lastCommitted } = this.ledger
    const kept = unchangedEntries(disk.log, written)
    const last = Math.min(written.length, lastCommitted)
    // Whoever has the last change of members has all that comes before it.
    const from = Math.max(kept + 1, this.ledger.lastConfigurationUpTo(lastCommitted))
    for (let index = from; index <= last; index++) {
      const { entry, committed } = this.ledger.at(index) as Line
      const members = membersOf(entry) ?? committed?.members ?? this.first
      const few = setWithout(members, entry, hosts)
      if (few !== null) return this.reportFew(host.id, entry, few, hosts)
    }
  }

  /** The members that the entry at an index of a log names; where it is compacted or there is none, those before the log. */
  private membersAt(log: Server['log'], index: number): Members {
    const own = index > log.base ? log.buffer[index - 1 - log.base] : undefined
    const settled = this.ledger.at(this.ledger.lastConfigurationUpTo(Math.max(index, log.base)))
    const entry = own ?? settled?.entry
    return (entry === undefined ? null : membersOf(entry)) ?? this.first
  }

  private reportFew(
    server: ServerId,
    entry: Entry,
    voters: readonly ServerId[],
    hosts: readonly Host[],
  ): void {
    const { index, term } = entry
    const holders = voters.filter((id) => hasOnDisk(hosts[id - 1], entry))
    const outside = voters.some((id) => !holders.includes(id) && this.losses.has(id, entry))
    this.report([server], { kind: 'CommittedStays', index, term, voters, holders, outside })
  }
}

const THE_FIRST: readonly number[] = [0]

/** The indexes of the changes of members that the server can have counted by in one event. */
function countedBy(configurations: readonly number[], before: number): readonly number[] {
  if (configurations.length === 0) return THE_FIRST
  const since = configurations.filter((index) => index >= before)
  if (before === 0 || since.length === 0)
    since.unshift(configurations.findLast((index) => index < before) ?? 0)
  return since
}
