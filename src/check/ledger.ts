import type { LogIndex, ServerId, Term } from '../base/ids.ts'
import type { Entry } from '../raft/log.ts'
import { Applications } from './applications.ts'
import type { Members } from './members.ts'
import { ReferenceStore } from './reference-store.ts'

/** What was settled at one index, committed or applied, and by whom in the earliest term. */
export interface Line {
  readonly entry: Entry
  server: ServerId
  /** The members that it was counted among. */
  readonly members: Members
  /** The term in which that server took it for committed. */
  committedIn: Term
}

export interface LedgerMark {
  readonly lines: number
  readonly lowered: number
}

/** What is settled for good, index by index, and what the store holds after it. */
export class Ledger {
  readonly store = new ReferenceStore()
  private readonly lines: Line[] = []
  private readonly applications = new Applications()
  /** The indexes of what changed the members. */
  private readonly configurations: number[] = []
  /** Each change of a line, so that it can be taken back. */
  private readonly lowered: { readonly line: Line; readonly was: Pick<Line, 'server' | 'committedIn'> }[] = []

  get length(): number {
    return this.lines.length
  }

  /** The line of an index; undefined where nothing is settled yet. */
  at(index: number): Line | undefined {
    return this.lines[index - 1]
  }

  /** Settles the next index. If that applies a client's command once more, where it was applied first. */
  add(line: Line): LogIndex | null {
    const { entry } = line
    this.lines.push(line)
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

  /** Somebody in an earlier term also takes this line for committed. */
  lower(line: Line, server: ServerId, committedIn: Term): void {
    this.lowered.push({ line, was: { server: line.server, committedIn: line.committedIn } })
    Object.assign(line, { server, committedIn })
  }

  /** The last index that was committed in an earlier term than this; 0 if none was. */
  lastCommittedBefore(term: Term): number {
    let index = this.lines.length
    while (index > 0 && (this.lines[index - 1] as Line).committedIn >= term) index--
    return index
  }

  mark(): LedgerMark {
    return { lines: this.lines.length, lowered: this.lowered.length }
  }

  backTo(mark: LedgerMark): void {
    for (const { line, was } of this.lowered.splice(mark.lowered).reverse()) Object.assign(line, was)
    while (this.lines.length > mark.lines) {
      const { entry } = this.lines.pop() as Line
      this.store.takeBack(entry)
      this.applications.takeBack(entry)
      if (entry.command.kind === 'Configuration') this.configurations.pop()
    }
  }
}
