import { millis } from '../base/ids.ts'
import { fresh } from '../scenario/fresh.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { type Settings, section5Defaults } from '../simulation/settings.ts'

/** Five servers left to themselves. */
export const idle: Scenario = { ...fresh, name: 'Idle', seed: 7, settings: section5Defaults }

/** Five servers and a client that sends twenty commands a second. */
export const steady: Scenario = {
  ...idle,
  name: 'Steady',
  settings: { ...section5Defaults, clientRate: 20 },
}

/** The ways beyond §5, each as somebody would use it. */
export const BEYOND: Readonly<Record<string, Partial<Settings>>> = {
  'no-op': { noOp: true },
  PreVote: { preVote: true },
  CheckQuorum: { checkQuorum: true },
  'log compaction': { snapshotAt: 64, snapshotChunk: 400 },
  sessions: { sessions: true },
  'reads by ReadIndex': { reads: 'readIndex' },
  'reads by lease': { reads: 'lease' },
  batching: { batchDelay: millis(5) },
  pipelining: { pipeline: 4 },
  'slow disks': { diskLatency: millis(2) },
  'slow disks, written in parallel': { diskLatency: millis(2), parallelWrite: true },
}

/** All of them at once. */
export const ALL_BEYOND: Partial<Settings> = Object.assign({}, ...Object.values(BEYOND))

/** The same five servers and client with everything on. */
export const everything: Scenario = {
  ...steady,
  name: 'Everything',
  settings: { ...steady.settings, ...ALL_BEYOND },
}
