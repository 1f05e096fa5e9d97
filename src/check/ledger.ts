import type { LogIndex, ServerId, Term } from '../base/ids.ts'
import type { Entry } from '../raft/log.ts'
import { Applications } from './applications.ts'
import type { Members } from './members.ts'
import { ReferenceStore } from './reference-store.ts'

/** Who took an entry for committed, in the earliest term in which anybody did. */
export interface Commitment {
  readonly server: ServerId
  readonly term: Term
  /** The members that it was counted among. */
  readonly members: Members
}

/** What was settled at one index, committed or applied, and by whom first. */
export interface Line {
  readonly entry: Entry
  readonly server: ServerId
  /** `null` while it is merely applied. */
  committed: Commitment | null
}

export interface LedgerMark {
  readonly lines: number
  readonly committed: number
  readonly changes: number
}

/** What is settled for good, index by index, and what the store holds after it. */
export class Ledger {
  readonly store = new ReferenceStore()
  private readonly lines: Line[] = []
  private readonly applications = new Applications()
  /** The indexes of what changed the members. */
  private readonly configurations: number[] = []
  private lastCommitted = 0
  /** Each change of a line, so that it can be taken back. */
  private readonly changes: { readonly line: Line; readonly was: Commitment | null }[] = []

  /** The last index that anybody has taken for committed. */
  get committed(): number {
    return this.lastCommitted
  }

  /** The line of an index; undefined where nothing is settled yet. */
  at(index: number): Line | undefined {
    return this.lines[index - 1]
  }

  /** Settles the next index. If that applies a client's command once more, where it was applied first. */
  add(line: Line): LogIndex | null {
    const { entry } = line
    this.lines.push(line)
    if (line.committed !== null) this.lastCommitted = entry.index
    if (entry.command.kind === 'Configuration') this.configurations.push(entry.index)
    return this.store.apply(entry) ? this.applications.add(entry) : null
  }

  /** Where an entry's command took effect before, if that is what the entry repeats; else `null`. */
  firstOf(entry: Entry): LogIndex | null {
    const first = this.applications.firstOf(entry)
    return first === null || first >= entry.index ? null : first
  }

  /** The index of the last settled change of members up to `index`; 0 if there is none. */
  lastConfigurationUpTo(index: number): number {
    return this.configurations.findLast((other) => other <= index) ?? 0
  }

  /** This line, merely applied until now, is committed, or was so in an earlier term than is known. */
  commit(line: Line, commitment: Commitment): void {
    this.changes.push({ line, was: line.committed })
    line.committed = commitment
    this.lastCommitted = Math.max(this.lastCommitted, line.entry.index)
  }

  /** The last index that was committed in an earlier term than this; 0 if none was. */
  lastCommittedBefore(term: Term): number {
    let index = this.lastCommitted
    while (index > 0 && !isBefore((this.lines[index - 1] as Line).committed, term)) index--
    return index
  }

  mark(): LedgerMark {
    return { lines: this.lines.length, committed: this.lastCommitted, changes: this.changes.length }
  }

  backTo(mark: LedgerMark): void {
    for (const { line, was } of this.changes.splice(mark.changes).reverse()) line.committed = was
    this.lastCommitted = mark.committed
    while (this.lines.length > mark.lines) {
      const { entry } = this.lines.pop() as Line
      this.store.takeBack(entry)
      this.applications.takeBack(entry)
      if (entry.command.kind === 'Configuration') this.configurations.pop()
    }
  }
}

/** Whether it was in an earlier term. */
export function isBefore(committed: Commitment | null, term: Term): committed is Commitment {
  return committed !== null && committed.term < term
}
