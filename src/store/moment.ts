import { type Micros, MOST_SERVERS } from '../base/ids.ts'
import { ENGINE, type Scenario, type Selection, serversEver, type View } from '../scenario/scenario.ts'
import { player } from './player.ts'
import { type AppState, app } from './state.ts'

/**
 * The scenario as it is now: it opens at the moment on the screen, or at the one that is to be there next, and its
 * history is that of this engine.
 */
export function presentScenario(): Scenario {
  const state = app.getState()
  const { goal, now } = player
  const next = goal?.kind === 'time' ? { at: goal.at, skip: goal.skip } : {}
  return { ...state.scenario, engine: ENGINE, view: { ...viewAt(now, state), ...next } }
}

/** The same, once the moment that was asked for last is on the screen. */
export async function settledScenario(): Promise<Scenario> {
  await player.settled()
  return presentScenario()
}

/** Where somebody looks who has `now` µs on the clock. */
export function viewAt(
  now: number,
  { frame, scenario, selection, slowdown }: Pick<AppState, 'frame' | 'scenario' | 'selection' | 'slowdown'>,
): View {
  const view = { selection: existing(selection, scenario), slowdown }
  if (frame === null) return { ...scenario.view, ...view }
  const at = Math.floor(now) as Micros
  return { at, skip: frame.at === at ? frame.eventsNow : null, ...view }
}

/** After undo, a server can be selected still that nothing adds any more: that is not kept. */
function existing(selection: Selection | null, scenario: Scenario): Selection | null {
  if (selection === null) return null
  const { server, message } = { server: 0, message: { from: 0, to: 0 }, ...selection }
  const named = [server, message.from, message.to].filter((id) => id <= MOST_SERVERS)
  return Math.max(...named) <= serversEver(scenario) ? selection : null
}
