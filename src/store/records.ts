import { countWhile } from '../base/count-while.ts'
import type { Condition, FactRecord, MessageRecord } from '../simulation/columns.ts'
import type { Have, Records } from '../worker/protocol.ts'

/**
 * The page's mirror of the history's growing records. It is changed in place, sixty times a second: whoever draws from
 * it looks at `version`.
 */
export class Mirror {
  epoch = -1
  readonly messages: MessageRecord[] = []
  readonly conditions: Condition[] = []
  readonly facts: FactRecord[] = []
  /** Up to where the history is known, in µs. */
  knownTo = 0
  /** More has been recorded than is here: the latest is still to come. */
  unfinished = false
  /** Rises with every change. */
  version = 0
  /** Rises when something that was known before is no longer so, or is another: nothing drawn of it may be kept. */
  rewrites = 0

  have(): Have {
    const { epoch, messages, conditions, facts } = this
    return { epoch, messages: messages.length, conditions: conditions.length, facts: facts.length }
  }

  take(epoch: number, more: Records): void {
    const cut =
      more.messagesFrom < this.messages.length ||
      more.conditionsFrom < this.conditions.length ||
      more.factsFrom < this.facts.length
    if (cut || more.changed.length > 0 || epoch !== this.epoch) this.rewrites++
    this.epoch = epoch
    this.knownTo = more.knownTo
    this.unfinished = more.unfinished
    this.messages.length = more.messagesFrom
    this.conditions.length = more.conditionsFrom
    this.facts.length = more.factsFrom
    for (const record of more.messages) this.messages.push(record)
    for (const condition of more.conditions) this.conditions.push(condition)
    for (const fact of more.facts) this.facts.push(fact)
    for (const [i, record] of more.changed) this.messages[i] = record
    this.version++
  }

  /** Whether facts that were told by the time `events` events are over may be missing here. */
  lacksFactsUpTo(events: number): boolean {
    return this.unfinished && (this.facts.at(-1)?.event ?? -1) < events
  }

  /** How many facts are told by the time `events` events are over. */
  factsUpTo(events: number): number {
    return countWhile(this.facts, (fact) => fact.event < events)
  }
}
