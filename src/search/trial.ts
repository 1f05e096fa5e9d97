import type { Intervention, ScriptItem, Setup } from '../simulation/script.ts'
import type { Draws } from './draws.ts'
import { type Broken, only, type Wanted } from './finding.ts'
import { interventionsOf, type MoveKind } from './moves.ts'
import type { Plan } from './plan.ts'
import { Run } from './run.ts'

/** By and by the election timers run out. */
const WAITS = [50_000, 100_000, 200_000]

export interface Tried {
  readonly events: number
  readonly broken: Broken | null
}

/** Carries out a plan. What is done is settled as the run goes, and goes into the script of an ordinary scenario. */
export function tryPlan(plan: Plan, draws: Draws, wanted: Wanted): Tried {
  const { seed, servers, settings, moves, tempo, events } = plan
  const script: ScriptItem[] = []
  const setup: Setup = { seed, servers, settings, initial: null, script }
  const run = new Run(setup, wanted)
  const { world } = run
  const act = (intervention: Intervention): boolean => {
    script.push({ at: world.now, skip: world.eventsNow, act: intervention })
    return run.advance(1)
  }
  let goesOn = true
  // Nothing happens without a leader.
  let move: MoveKind = 'TimeOut'
  while (goesOn && world.events < events) {
    for (const intervention of interventionsOf(move, world, draws)) goesOn &&= act(intervention)
    if (goesOn && move === 'Wait') goesOn = run.advanceTo(world.now + draws.of(WAITS), events)
    goesOn &&= run.advance(draws.below(tempo + 1))
    move = draws.of(moves)
  }
  const { finding } = run
  if (finding === null) return { events: world.events, broken: null }
  return { events: world.events, broken: { setup, finding, wanted: only(finding.kind, wanted.afterTwice) } }
}
