import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Scenario } from '../scenario/scenario.ts'
import { World } from '../simulation/world.ts'
import { idle, steady } from './clusters.ts'
import { atMost, type Figure } from './figures.ts'

const MILLIONS = 10
const MILLION = 1_000_000
const MB = 1_000_000

/** What a simulation without a history retains over ten million events. Logs grow: there is no compaction. */
export function measureMemory(): Figure[] {
  const quiet = run(idle)
  const busy = run(steady)
  const figure = { section: 'memory', unit: 'MB', target: atMost(2) }
  const note = `over ${MILLIONS} million events, retained heap after each million`
  return [
    { ...figure, name: 'growth without a client', measured: quiet.spread, note: `${note}, most − least` },
    {
      ...figure,
      name: 'growth with a client, but for the logs',
      measured: busy.besideLogs,
      note: `${MILLIONS} million events, ${busy.entries.toLocaleString('en')} entries`,
    },
    {
      ...figure,
      name: 'a log entry, on five servers and disks',
      measured: busy.logs / busy.entries,
      unit: 'bytes',
      target: null,
      note: `${(busy.logs / MB).toFixed(1)} MB of logs`,
    },
  ]
}

/** All in megabytes, but the logs, in bytes. */
interface Retained {
  /** Between the highest and the lowest sample. */
  readonly spread: number
  readonly besideLogs: number
  readonly logs: number
  readonly entries: number
}

function run(scenario: Scenario): Retained {
  let world: World | null = new World(scenario)
  for (let i = 0; i < MILLION; i++) world.advance()
  const start = world.hosts[0]?.server.log.length ?? 0
  const samples = [retained()]
  for (let million = 1; million < MILLIONS; million++) {
    for (let i = 0; i < MILLION; i++) world.advance()
    samples.push(retained())
  }
  const last = samples.at(-1) as number
  const first = samples[0] as number
  // The logs are weighed by letting go of the world first and of them after.
  const held = { logs: world.hosts.map((host) => host.server.log.buffer) }
  const entries = held.logs[0]?.length ?? 0
  world = null
  const logsAlone = retained()
  held.logs = []
  const logs = logsAlone - retained()
  const grownLogs = (logs * (entries - start)) / Math.max(1, entries)
  return {
    spread: (Math.max(...samples) - Math.min(...samples)) / MB,
    besideLogs: (last - first - grownLogs) / MB,
    logs,
    entries,
  }
}

/** Bytes in use once everything that can be let go of has been. */
function retained(): number {
  collectGarbage()
  return process.memoryUsage().heapUsed
}

const collectGarbage = garbageCollector()

function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc') as () => void
}
