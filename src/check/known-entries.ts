import type { ServerId, Term } from '../base/ids.ts'
import type { Entry } from '../raft/log.ts'

/** An entry that some log has, or had. */
export interface KnownEntry {
  readonly entry: Entry
  /** The term of the entry before it. */
  readonly before: Term
  /** Whose log it was first seen in. */
  readonly server: ServerId
}

/**
 * Every entry ever seen, by index and term. If each (index, term) always has the same command after an entry of the
 * same term, then by induction two logs that share one entry share all before it: that is Log Matching.
 */
export class KnownEntries {
  /** At place i those of index i, a new one at the end. */
  private readonly byIndex: KnownEntry[][] = [[]]
  /** The indexes in the order in which entries were added. */
  private readonly added: number[] = []

  find(entry: Entry): KnownEntry | null {
    const here = this.byIndex[entry.index]
    if (here !== undefined) for (const known of here) if (known.entry.term === entry.term) return known
    return null
  }

  add(known: KnownEntry): void {
    const { index } = known.entry
    while (this.byIndex.length <= index) this.byIndex.push([])
    this.byIndex[index]?.push(known)
    this.added.push(index)
  }

  mark(): number {
    return this.added.length
  }

  backTo(mark: number): void {
    while (this.added.length > mark) this.byIndex[this.added.pop() as number]?.pop()
  }
}
