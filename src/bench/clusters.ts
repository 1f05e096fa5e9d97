import { fresh } from '../scenario/fresh.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { section5Defaults } from '../simulation/settings.ts'

/** Five servers left to themselves. */
export const idle: Scenario = { ...fresh, name: 'Idle', seed: 7 }

/** Five servers and a client that sends twenty commands a second. */
export const steady: Scenario = {
  ...idle,
  name: 'Steady',
  settings: { ...section5Defaults, clientRate: 20 },
}
