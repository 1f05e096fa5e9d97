import type { FactRecord } from '../../simulation/columns.ts'
import { firstAt } from './condition-index.ts'

/** Something on a server's lane that is worth a mark of its own. */
export interface Sign {
  readonly at: number
  readonly server: number
  readonly kind: SignKind
}

export type SignKind =
  | 'snapshot'
  | 'configuration'
  | 'rolledBack'
  | 'transfer'
  | 'kept'
  | 'steppedDown'
  | 'caughtUp'
  | 'written'
  | 'storageLost'
  | 'stale'

function kindOf({ fact }: FactRecord): SignKind | null {
  switch (fact.kind) {
    case 'SnapshotTaken':
    case 'SnapshotInstalled':
      return 'snapshot'
    case 'ConfigurationAppended':
    case 'ConfigurationAdopted':
      return 'configuration'
    case 'ConfigurationRolledBack':
      return 'rolledBack'
    case 'TransferStarted':
      return 'transfer'
    case 'TransferAbandoned':
      return 'kept'
    case 'SteppedDown':
      return 'steppedDown'
    case 'CatchUpRoundDone':
      return 'caughtUp'
    case 'WriteDone':
      return 'written'
    case 'StorageLost':
      return 'storageLost'
    case 'ClientAnswered':
      return fact.stale ? 'stale' : null
    default:
      return null
  }
}

/** Whom it is about: newcomers that caught up, not the leader that tells it. */
function lanesOf({ fact }: FactRecord): readonly number[] {
  if ('learners' in fact) return fact.learners
  return 'server' in fact ? [fact.server] : []
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
      const record = facts[this.count] as FactRecord
      const kind = kindOf(record)
      if (kind === null) continue
      for (const server of lanesOf(record)) this.signs.push({ at: record.at, server, kind })
      changedFrom = Math.min(changedFrom, record.at)
    }
    this.last = facts[this.count - 1]
    return changedFrom
  }
}
