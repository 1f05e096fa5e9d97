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

interface Known extends KnownEntry {
  readonly earlier: Known | null
}

/**
 * Every entry ever seen, by index and term. If each (index, term) always has the same command after an entry of the
 * same term, then by induction two logs that share one entry share all before it: that is Log Matching.
 */
export class KnownEntries {
  /** At place i the latest of index i, which leads on to the others. */
  private readonly byIndex: (Known | null)[] = [null]
  /** The indexes in the order in which entries were added. */
  private readonly added: number[] = []

  find(entry: Entry): KnownEntry | null {
    let known = this.byIndex[entry.index] ?? null
    while (known !== null && known.entry.term !== entry.term) known = known.earlier
    return known
  }

  add({ entry, before, server }: KnownEntry): void {
    const { index } = entry
    while (this.byIndex.length <= index) this.byIndex.push(null)
    this.byIndex[index] = { entry, before, server, earlier: this.byIndex[index] ?? null }
    this.added.push(index)
  }

  mark(): number {
    return this.added.length
  }

  backTo(mark: number): void {
    while (this.added.length > mark) {
      const index = this.added.pop() as number
      this.byIndex[index] = this.byIndex[index]?.earlier ?? null
    }
  }
}
