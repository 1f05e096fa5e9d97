import { millis } from '../base/ids.ts'
import { defaultSettings } from '../simulation/settings.ts'
import { ENGINE, type Scenario } from './scenario.ts'

export const FRESH_SERVERS = 5

/** What the page opens with. The seed makes S3 the only candidate, soon enough to wait for. */
export const fresh: Scenario = {
  engine: ENGINE,
  name: 'Fresh cluster',
  seed: 31,
  servers: FRESH_SERVERS,
  settings: defaultSettings,
  initial: null,
  script: [],
  view: { at: millis(0), skip: null, selection: null, slowdown: 10 },
}
