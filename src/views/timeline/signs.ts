import type { FactRecord } from '../../simulation/columns.ts'
import { firstAt } from './condition-index.ts'

/** Something on a server's lane that is worth a mark of its own. */
export interface Sign {
  readonly at: number
  readonly server: number
  readonly kind: SignKind
}

export type SignKind = 'snapshot' | 'configuration' | 'rolledBack' | 'transfer'

function signOf({ at, fact }: FactRecord): Sign | null {
  switch (fact.kind) {
    case 'SnapshotTaken':
    case 'SnapshotInstalled':
      return { at, server: fact.server, kind: 'snapshot' }
    case 'ConfigurationAppended':
    case 'ConfigurationAdopted':
      return { at, server: fact.server, kind: 'configuration' }
    case 'ConfigurationRolledBack':
      return { at, server: fact.server, kind: 'rolledBack' }
    case 'TransferStarted':
      return { at, server: fact.server, kind: 'transfer' }
    default:
      return null
  }
}

/** The signs among the growing record of facts. */
export class SignIndex {
  private readonly signs: Sign[] = []
  private count = 0
  private last: FactRecord | undefined

  /** Those of a stretch of time. */
  within(from: number, to: number): readonly Sign[] {
    return this.signs.slice(firstAt(this.signs, from), firstAt(this.signs, to) + 1)
  }

  /** Takes in what is new. Returns from when on something is different now: Infinity if nothing is. */
  update(facts: readonly FactRecord[]): number {
    // Records are only ever cut off at the end: if the last one seen still stands, so do all before it.
    const isCut = this.count > 0 && facts[this.count - 1] !== this.last
    let changedFrom = isCut && this.signs.length > 0 ? 0 : Infinity
    if (isCut) this.signs.length = this.count = 0
    for (; this.count < facts.length; this.count++) {
      const sign = signOf(facts[this.count] as FactRecord)
      if (sign === null) continue
      this.signs.push(sign)
      changedFrom = Math.min(changedFrom, sign.at)
    }
    this.last = facts[this.count - 1]
    return changedFrom
  }
}
