import type { ServerId } from '../base/ids.ts'
import type { Entry } from '../raft/log.ts'
import { hasEntry } from './same-entry.ts'
import { type Seen, unchangedEntries } from './seen.ts'

/** What a disk had of a log, and how much of that it kept. */
interface Loss extends Readonly<Seen['written']> {
  readonly server: ServerId
  readonly kept: number
}

/** The entries that disks have lost: outside Raft's assumptions, so who lacks them for that has broken no promise. */
export class Losses {
  private readonly all: Loss[] = []

  /** A disk has failed. */
  add(server: ServerId, had: Seen['written'], log: Parameters<typeof unchangedEntries>[0]): void {
    const kept = unchangedEntries(log, had)
    if (kept < had.length) this.all.push({ server, kept, ...had })
  }

  /** Whether the server's disk lost this entry. */
  has(server: ServerId, entry: Entry): boolean {
    const { index } = entry
    return this.all.some(
      (lost) => lost.server === server && index > lost.kept && index <= lost.length && hasEntry(lost, entry),
    )
  }

  mark(): number {
    return this.all.length
  }

  backTo(mark: number): void {
    this.all.length = mark
  }
}
