import type { ServerId, Term } from '../base/ids.ts'
import type { Entry } from '../raft/log.ts'
import { ReferenceStore } from './reference-store.ts'

/** What was settled at one index, committed or applied, by the first server to do so. */
export interface Line {
  readonly entry: Entry
  readonly server: ServerId
  /** The earliest term in which a server took it for committed. */
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
  /** Each change of a `committedIn`, so that it can be taken back. */
  private readonly lowered: { readonly line: Line; readonly was: Term }[] = []

  get length(): number {
    return this.lines.length
  }

  /** The line of an index; undefined where nothing is settled yet. */
  at(index: number): Line | undefined {
    return this.lines[index - 1]
  }

  /** Settles the next index. */
  add(line: Line): void {
    this.lines.push(line)
    this.store.apply(line.entry)
  }

  /** Somebody in an earlier term also takes this line for committed. */
  lower(line: Line, committedIn: Term): void {
    this.lowered.push({ line, was: line.committedIn })
    line.committedIn = committedIn
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
    for (const { line, was } of this.lowered.splice(mark.lowered).reverse()) line.committedIn = was
    while (this.lines.length > mark.lines) this.store.takeBack((this.lines.pop() as Line).entry)
  }
}
