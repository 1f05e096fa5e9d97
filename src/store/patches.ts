import { applyPatches, type Draft, enablePatches, type Patch, produceWithPatches } from 'immer'
import type { Scenario } from '../scenario/scenario.ts'

// Edits of the scenario as Immer records them: a part of its own, which the first view does without.
enablePatches()

export type { Patch }

/** The scenario as changed by `recipe`, with the patches that lead there and back. */
export const edited = (scenario: Scenario, recipe: (draft: Draft<Scenario>) => void) =>
  produceWithPatches(scenario, recipe)

export const patched = (scenario: Scenario, patches: Patch[]): Scenario => applyPatches(scenario, patches)
