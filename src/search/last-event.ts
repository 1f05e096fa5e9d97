import type { Micros } from '../base/ids.ts'
import type { Fact } from '../simulation/facts.ts'
import type { Happening, Trace } from '../simulation/trace.ts'

/** Keeps what the last event of a run told. */
export class LastEvent implements Trace {
  facts: Fact[] = []

  event(_index: number, _at: Micros, _cause: number, _what: Happening): void {
    this.facts = []
  }

  fact(fact: Fact): void {
    this.facts.push(fact)
  }

  sent(): void {}
  ended(): void {}
  redirected(): void {}
}
