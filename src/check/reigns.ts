import type { ServerId, Term } from '../base/ids.ts'
import type { Entry } from '../raft/log.ts'

/** A leader of a term, with the log that it was elected with: a slice that never changes. */
export interface Reign {
  readonly term: Term
  readonly server: ServerId
  readonly buffer: readonly Entry[]
  readonly length: number
  /** How many entries its snapshot stood for. */
  readonly base: number
}

/** Who has led in which term. */
export class Reigns {
  private readonly byTerm = new Map<Term, Reign>()
  /** In the order of their elections, which need not be that of the terms. */
  private readonly inOrder: Reign[] = []
  /** The latest term among the first n, at place n. */
  private readonly latest: number[] = [0]

  /** The latest term that anybody has led in. */
  latestTerm(): number {
    return this.latest[this.inOrder.length] as number
  }

  /** The first of a term. */
  of(term: Term): Reign | undefined {
    return this.byTerm.get(term)
  }

  all(): readonly Reign[] {
    return this.inOrder
  }

  add(reign: Reign): void {
    this.latest.push(Math.max(this.latestTerm(), reign.term))
    if (!this.byTerm.has(reign.term)) this.byTerm.set(reign.term, reign)
    this.inOrder.push(reign)
  }

  mark(): number {
    return this.inOrder.length
  }

  backTo(mark: number): void {
    for (const reign of this.inOrder.splice(mark))
      if (this.byTerm.get(reign.term) === reign) this.byTerm.delete(reign.term)
    this.latest.length = mark + 1
  }
}
