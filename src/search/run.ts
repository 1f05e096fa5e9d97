import { Judges } from '../check/judges.ts'
import { isPromised, type Note } from '../check/properties.ts'
import type { Setup } from '../simulation/script.ts'
import type { Halt } from '../simulation/trace.ts'
import { World } from '../simulation/world.ts'
import type { Broken, Finding, Wanted } from './finding.ts'

/** One run under the eyes of all judges, up to the first thing wrong that is wanted. */
export class Run {
  readonly world: World
  finding: Finding | null = null
  private isOver = false
  private readonly promises: Judges
  private readonly wanted: Wanted

  constructor(setup: Setup, wanted: Wanted) {
    this.world = new World(setup)
    this.wanted = wanted
    this.promises = new Judges(this.world)
    this.look()
  }

  /** Executes up to so many events. False once the run is over. */
  advance(events: number): boolean {
    const { world } = this
    const end = world.events + events
    while (world.events < end && this.finding === null && !this.isOver) {
      if (!world.advance()) return false
      this.look()
    }
    return this.finding === null && !this.isOver
  }

  /** Executes what comes up to a time, but no more than so many events. False once the run is over. */
  advanceTo(at: number, events: number): boolean {
    const end = this.world.events + events
    while (this.world.events < end && this.world.nextAt() <= at) if (!this.advance(1)) return false
    return true
  }

  private look(): void {
    const { world, promises } = this
    const violation = promises.after(world)
    if (violation !== null) this.take({ ...violation, violation })
    // Where a scenario is opened its history ends here, so nothing later could be shown.
    this.isOver ||= violation !== null
    if (world.halted !== null) this.takeHalt(world.halted)
    if (promises.noted.length > 0) this.takeNotes(promises.noted)
  }

  private take({ kind, at, event, servers, violation }: Finding): void {
    if (this.finding !== null || this.wanted.kinds?.has(kind) === false) return
    this.finding = { kind, at, event, servers, violation }
  }

  private takeNotes(notes: readonly Note[]): void {
    const { kinds, afterTwice } = this.wanted
    for (const note of notes) {
      if (note.kind === 'Untold') continue
      if (kinds !== null || isPromised(note)) this.take({ ...note, violation: note })
      if (!isPromised(note)) this.isOver ||= !afterTwice
    }
  }

  /** A run that ends for too many messages is nobody's fault. */
  private takeHalt({ at, event, fact }: Halt): void {
    if (fact.kind !== 'Impossible') return
    const { server, what } = fact
    this.take({ kind: what.kind, at, event, servers: [server], violation: null })
  }
}

/** Runs a setup again, for at most so many events, to the first thing that is wanted; `null` if none comes. */
export function rerun(setup: Setup, wanted: Wanted, most: number): Broken | null {
  const run = new Run(setup, wanted)
  run.advance(most)
  const { finding, world } = run
  if (finding === null) return null
  // What would have come later in the script has nothing to do with it.
  const script = setup.script.slice(0, world.scriptDone)
  return { setup: { ...setup, script }, finding, wanted }
}
