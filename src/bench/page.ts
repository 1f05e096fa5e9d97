import { spawnSync } from 'node:child_process'
import { micros, millis, serverId } from '../base/ids.ts'
import { encodeLink } from '../scenario/link.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { section5Defaults } from '../simulation/settings.ts'
import { builtPage } from './build.ts'
import { ALL_BEYOND, steady } from './clusters.ts'
import { atLeast, atMost, below, type Figure, type Target } from './figures.ts'
import type { Order, Report, Scene, Watched } from './report.ts'
import { gzipped, inlineScripts } from './size.ts'
import { median, quantile } from './statistics.ts'

const LOADS = 9
const KB = 1000

/** Nine servers whose leader sends so often, over such long links, that some 200 messages are always on their way. */
const crowded: Scenario = {
  ...steady,
  name: 'Crowded',
  servers: 9,
  settings: {
    ...section5Defaults,
    clientRate: 20,
    latencyMin: millis(100),
    latencyMax: millis(200),
    heartbeatInterval: millis(13),
    electionTimeoutMin: millis(1000),
    electionTimeoutMax: millis(2000),
    rpcTimeout: millis(800),
    clientTimeout: millis(3000),
  },
  view: { at: millis(5000), skip: null, selection: null, slowdown: 10 },
}

/** The same with everything beyond §5 on, while two of the nine catch up and become members by joint consensus. */
const crowdedBeyond: Scenario = {
  ...crowded,
  name: 'Everything on',
  servers: 7,
  settings: { ...crowded.settings, ...ALL_BEYOND, membership: 'joint', diskLatency: millis(20) },
  script: [
    {
      at: millis(4900),
      skip: 0,
      act: { kind: 'ChangeMembers', add: [serverId(8), serverId(9)], remove: [] },
    },
  ],
}

/** Logs of a thousand entries, made by a client in a hurry that then goes on at its usual rate. */
const long: Scenario = {
  ...steady,
  name: 'Long logs',
  settings: { ...section5Defaults, clientRate: 200 },
  script: [{ at: millis(9000), skip: 0, act: { kind: 'Change', settings: { clientRate: 20 } } }],
  view: { at: millis(9500), skip: null, selection: null, slowdown: 1 },
}

/** What the page costs and how soon it is there, in a browser. */
export async function measurePage(given: string | undefined): Promise<Figure[]> {
  const dist = builtPage(given)
  const scenes = await Promise.all([
    sceneOf('9 servers, 200 messages', crowded, 30),
    sceneOf('9 servers, 200 messages, real time', { ...crowded, view: { ...crowded.view, slowdown: 1 } }, 15),
    sceneOf('1,000 entries', long, 20),
    sceneOf('9 servers, everything on', crowdedBeyond, 30),
  ])
  const report = watchPage({ dist, scenes, loads: LOADS })
  const [crowd, hurried, logs, beyond] = report.watched
  if (crowd === undefined || hurried === undefined || logs === undefined || beyond === undefined)
    throw new Error('a scene is missing')
  for (const { name, flights } of [crowd, beyond])
    if (flights < 180) throw new Error(`${name}: only ${flights.toFixed(0)} messages were on their way`)
  if (logs.entries < 1000) throw new Error(`the logs had only ${logs.entries} entries`)
  return [
    ...loading(report, dist),
    ...playing(crowd, { work: below(6), smooth: true }),
    ...playing(hurried, {}),
    ...playing(logs, { smooth: true }),
    ...playing(beyond, { work: below(6), smooth: true }),
  ]
}

async function sceneOf(name: string, scenario: Scenario, seconds: number): Promise<Scene> {
  return { name, fragment: await encodeLink(scenario, null), at: micros(scenario.view.at), seconds }
}

function watchPage(order: Order): Report {
  const args = ['e2e/bench-page.mjs', JSON.stringify(order)]
  const { status, stdout } = spawnSync(process.execPath, args, {
    stdio: ['ignore', 'pipe', 2],
    encoding: 'utf8',
    maxBuffer: 1e8,
  })
  if (status !== 0) throw new Error('the page could not be measured')
  return JSON.parse(stdout) as Report
}

function loading({ drawn, usable, led, loaded, soon, later }: Report, dist: string): Figure[] {
  const kilobytes = (files: readonly string[]) =>
    files.reduce((sum, file) => sum + gzipped(dist, file), 0) / KB
  const scripts = loaded.filter((file) => file.endsWith('.js'))
  const figure = { section: 'page', unit: 'kB', target: null, note: '' }
  const note = `median of ${drawn.length} first visits over this machine’s own network`
  return [
    {
      ...figure,
      name: 'servers on the screen',
      measured: median(drawn),
      unit: 'ms',
      target: atMost(200),
      note,
    },
    { ...figure, name: '  slowest', measured: Math.max(...drawn), unit: 'ms' },
    { ...figure, name: '  of use', measured: median(usable), unit: 'ms' },
    {
      ...figure,
      name: 'a leader on the screen',
      measured: median(led),
      unit: 'ms',
      target: atMost(3000),
      note,
    },
    {
      ...figure,
      name: 'scripts asked for until of use',
      measured: kilobytes(scripts) + inlineScripts(dist) / KB,
      target: atMost(150),
      note: scripts.join(' '),
    },
    {
      ...figure,
      name: 'everything asked for until of use',
      measured: kilobytes(loaded),
      target: atMost(200),
      note: `${loaded.length} files`,
    },
    { ...figure, name: '  after that until a leader', measured: kilobytes(soon), note: soon.join(' ') },
    { ...figure, name: '  in the seconds after', measured: kilobytes(later), note: later.join(' ') },
  ]
}

/** What a scene is there to show: how much a frame may cost, and whether play must be smooth. */
interface Aims {
  readonly work?: Target
  readonly smooth?: boolean
}

function playing(watched: Watched, { work: aim, smooth = false }: Aims): Figure[] {
  const { name, work, processor, framesPerSecond, longTasks, flights, entries, simulated, elapsed } = watched
  const figure = { section: 'page', target: null, note: '' }
  const note = `${work.length} frames, ${flights.toFixed(0)} messages on their way, logs of ${entries}`
  const pace = elapsed / Math.max(1, simulated)
  return [
    {
      ...figure,
      name: `${name}: work a frame, p95`,
      measured: quantile(processor, 0.95),
      unit: 'ms',
      target: aim ?? null,
      note: `of the main thread’s processor time; ${note}`,
    },
    {
      ...figure,
      name: '  by the clock, p95',
      measured: quantile(work, 0.95),
      unit: 'ms',
      note: 'with the time in which the machine ran something else',
    },
    {
      ...figure,
      name: '  p50',
      measured: median(processor),
      unit: 'ms',
      note: `played ${pace.toFixed(1)} times slower than real`,
    },
    {
      ...figure,
      name: '  tasks over 50 ms',
      measured: longTasks,
      unit: '',
      target: smooth ? atMost(0) : null,
    },
    {
      ...figure,
      name: '  frames a second, median',
      measured: median(framesPerSecond),
      unit: '',
      target: smooth ? atLeast(60) : null,
    },
  ]
}
