import { BREAKAGES, type Breakage, settingsWith } from '../search/breakages.ts'
import type { Broken } from '../search/finding.ts'
import { Search } from '../search/search.ts'
import { shrunk } from '../search/shrink.ts'
import { defaultSettings } from '../simulation/settings.ts'
import { atLeast, atMost, below, type Figure } from './figures.ts'
import { median } from './statistics.ts'

const SEEDS = 20
const STEP = 50
/** A search that takes longer counts as having taken so long. */
const LONGEST = 30
const RATED = 20_000

/** Those that have to be found within a second. */
const SOON = ['commit-old-terms', 'forget-vote', 'vote-twice', 'truncate-always']

/** One search, and what became of what it found. */
interface Searched {
  readonly scenarios: number
  readonly seconds: number
  readonly small: Broken | null
  readonly shrinking: number
}

const sizeOf = ({ small }: Searched): number => small?.setup.script.length ?? 0

/** How soon each broken rule is found, how fast scenarios are tried, and how small what is found becomes. */
export function measureSearch(): Figure[] {
  const rate = measureRate()
  const all = BREAKAGES.map((breakage) => ({ breakage, runs: runsOf(breakage) }))
  const found = all.flatMap(({ runs }) => runs.filter(({ small }) => small !== null))
  const longest = Math.max(...found.map(({ shrinking }) => shrinking))
  return [
    rate,
    ...all.map(({ breakage, runs }) => timeFigure(breakage, runs)),
    {
      section: 'search',
      name: 'shrunk scenario',
      measured: median(found.map(sizeOf)),
      unit: 'interventions',
      target: atMost(8),
      note: `median of ${found.length}, of all rules`,
    },
    {
      section: 'search',
      name: 'shrinking',
      measured: median(found.map(({ shrinking }) => shrinking)),
      unit: 's',
      target: below(1),
      note: `median of ${found.length}; the longest ${longest.toFixed(2)} s`,
    },
  ]
}

/** Scenarios a second where nothing is to be found, and everything is looked for. */
function measureRate(): Figure {
  const settings = { ...defaultSettings, sessions: true }
  const tryAll = (seed: number, count: number) => new Search({ settings, wanted: null, seed }).step(count)
  tryAll(1, RATED >> 1)
  const start = performance.now()
  const { scenarios, events, found } = tryAll(2, RATED)
  const seconds = (performance.now() - start) / 1000
  if (found !== null) throw new Error('a correct cluster is accused')
  return {
    section: 'search',
    name: 'scenarios tried, correct cluster',
    measured: scenarios / seconds,
    unit: 'scenarios/s',
    target: atLeast(5000),
    note: `one core, all judges, ${Math.round(events / scenarios)} events each`,
  }
}

function runsOf(breakage: Breakage): Searched[] {
  return Array.from({ length: SEEDS }, (_, i) => runOf(breakage, i + 1))
}

function runOf(breakage: Breakage, seed: number): Searched {
  const { shows: wanted, beyond } = breakage
  const settings = settingsWith([breakage])
  const search = new Search({ settings, wanted, beyond, seed })
  const start = performance.now()
  const took = () => (performance.now() - start) / 1000
  let { found, scenarios } = search.step(STEP)
  while (found === null && took() < LONGEST) ({ found, scenarios } = search.step(STEP))
  const seconds = took()
  if (found === null) return { scenarios, seconds, small: null, shrinking: 0 }
  const before = performance.now()
  const small = shrunk(found, { settings })
  return { scenarios, seconds, small, shrinking: (performance.now() - before) / 1000 }
}

function timeFigure({ name }: Breakage, runs: readonly Searched[]): Figure {
  const found = runs.filter(({ small }) => small !== null)
  const scenarios = median(runs.map((run) => run.scenarios))
  const size = median(found.map(sizeOf))
  return {
    section: 'search',
    name: `first violation, ${name}`,
    measured: median(runs.map(({ seconds }) => seconds)),
    unit: 's',
    target: below(SOON.includes(name) ? 1 : 5),
    note: `median of ${SEEDS} seeds, ${found.length} found; ${scenarios} scenarios; shrunk to ${size} interventions`,
  }
}
