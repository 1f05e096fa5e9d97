import { fresh } from '../scenario/fresh.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { defaultSettings } from '../simulation/settings.ts'

/** Five servers left to themselves. */
export const idle: Scenario = { ...fresh, name: 'Idle', seed: 7 }

/** Five servers and a client that sends twenty commands a second. */
export const steady: Scenario = {
  ...idle,
  name: 'Steady',
  settings: { ...defaultSettings, clientRate: 20 },
}
