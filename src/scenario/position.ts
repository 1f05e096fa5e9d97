import type { Micros } from '../base/ids.ts'
import type { World } from '../simulation/world.ts'

/**
 * Executes everything before `at`, and of the events at exactly `at` the first `skip`, or all of them for `null`: the
 * position that a scenario's view names.
 */
export function runTo(world: World, at: Micros, skip: number | null): void {
  for (;;) {
    const next = world.nextAt()
    if (next > at) return
    const done = world.now === at ? world.eventsNow : 0
    if (next === at && skip !== null && done >= skip) return
    if (!world.advance()) return
  }
}
