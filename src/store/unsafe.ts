import { unsafeRules } from '../scenario/unsafe.ts'
import type { AppState } from './state.ts'

/** How many settings, at the moment on the screen, break what Raft promises. */
export const unsafeCount = ({ frame, scenario }: AppState): number =>
  unsafeRules(
    frame?.settings ?? scenario.settings,
    frame?.servers.map(({ clockRate }) => clockRate),
  ).length
