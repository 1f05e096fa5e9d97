/** Something that happens at a time; `seq` settles ties, so the order is total. */
export interface Timed {
  readonly at: number
  readonly seq: number
}

/** A binary heap, earliest first. Plain arrays only, so a copy is one `slice`. */
export class Heap<T extends Timed> {
  private items: T[]

  constructor(items: T[] = []) {
    this.items = items
  }

  get size(): number {
    return this.items.length
  }

  peek(): T | undefined {
    return this.items[0]
  }

  push(item: T): void {
    const items = this.items
    let i = items.length
    items.push(item)
    while (i > 0) {
      const parent = (i - 1) >> 1
      const above = items[parent] as T
      if (!before(item, above)) break
      items[i] = above
      i = parent
    }
    items[i] = item
  }

  pop(): T | undefined {
    const items = this.items
    const top = items[0]
    const last = items.pop()
    if (top === undefined || last === undefined || items.length === 0) return top
    this.sink(last)
    return top
  }

  /** The `count` earliest, in order. */
  first(count: number): T[] {
    if (count >= this.items.length) return this.items.slice().sort((a, b) => (before(a, b) ? -1 : 1))
    const rest = this.copy()
    return Array.from({ length: count }, () => rest.pop() as T)
  }

  /** All items, in no order. */
  all(): readonly T[] {
    return this.items
  }

  /** Replaces every item for which `change` gives another, and drops those for which it gives `null`. */
  rewrite(change: (item: T) => T | null): void {
    const kept: T[] = []
    for (const item of this.items) {
      const next = change(item)
      if (next !== null) kept.push(next)
    }
    this.items = []
    for (const item of kept) this.push(item)
  }

  copy(): Heap<T> {
    return new Heap(this.items.slice())
  }

  /** Puts `item` at the root and lets it sink to its place. */
  private sink(item: T): void {
    const items = this.items
    const size = items.length
    let i = 0
    for (;;) {
      let child = 2 * i + 1
      if (child >= size) break
      const right = child + 1
      if (right < size && before(items[right] as T, items[child] as T)) child = right
      const below = items[child] as T
      if (!before(below, item)) break
      items[i] = below
      i = child
    }
    items[i] = item
  }
}

function before(a: Timed, b: Timed): boolean {
  return a.at < b.at || (a.at === b.at && a.seq < b.seq)
}
