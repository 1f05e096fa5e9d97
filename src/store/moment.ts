import type { Micros } from '../base/ids.ts'
import { ENGINE, type Scenario, type View } from '../scenario/scenario.ts'
import { player } from './player.ts'
import { type AppState, app } from './state.ts'

/** The scenario as it is now: it opens at the moment on the screen, and its history is that of this engine. */
export function presentScenario(): Scenario {
  const state = app.getState()
  return { ...state.scenario, engine: ENGINE, view: viewAt(player.now, state) }
}

/** Where somebody looks who has `now` µs on the clock. */
export function viewAt(
  now: number,
  { frame, scenario, selection, slowdown }: Pick<AppState, 'frame' | 'scenario' | 'selection' | 'slowdown'>,
): View {
  if (frame === null) return { ...scenario.view, selection, slowdown }
  const at = Math.floor(now) as Micros
  return { at, skip: frame.at === at ? frame.eventsNow : null, selection, slowdown }
}
