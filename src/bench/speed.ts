import { Judges } from '../check/judges.ts'
import { History } from '../simulation/history.ts'
import { World } from '../simulation/world.ts'
import { steady } from './clusters.ts'
import { atLeast, atMost, type Figure } from './figures.ts'
import { median } from './statistics.ts'

const RUNS = 5
const EVENTS = 1_000_000
/** A history keeps what it records, so its runs are shorter. */
const RECORDED = 200_000

/** How many events a second are simulated: bare, judged, and recorded as the worker does. */
export function measureSpeed(): Figure[] {
  const bare = rate(EVENTS, runBare)
  const judged = rate(EVENTS, runJudged)
  const recorded = rate(RECORDED, runRecorded)
  const figure = (name: string, events: number, note: string) =>
    ({ section: 'speed', name, measured: events, unit: 'events/s', target: null, note }) satisfies Figure
  const share = (events: number) => `${Math.round((100 * events) / bare)} % of the bare speed`
  const runs = `5 servers, steady client, one core; median of ${RUNS} runs of ${EVENTS.toLocaleString('en')} events`
  return [
    { ...figure('simulation', bare, runs), target: atLeast(1_000_000) },
    { ...figure('with all judges', judged, share(judged)), target: atLeast(bare / 2) },
    figure(
      'with judges, history and keyframes',
      recorded,
      `${share(recorded)}; runs of ${RECORDED.toLocaleString('en')}`,
    ),
    {
      ...{ section: 'speed', name: 'an event at the end of a long log, judged', unit: 'times one before' },
      ...{ measured: growth(), target: atMost(1.5) },
      note: `the last tenth of ${EVENTS.toLocaleString('en')} events against the second; median of ${RUNS} runs`,
    },
  ]
}

/** Events per second: the median of several runs, after one that only warms up. */
function rate(events: number, run: (events: number) => void): number {
  run(events)
  const rates = Array.from({ length: RUNS }, () => {
    const start = performance.now()
    run(events)
    return (events / (performance.now() - start)) * 1000
  })
  return median(rates)
}

function runBare(events: number): void {
  const world = new World(steady)
  for (let i = 0; i < events; i++) world.advance()
}

function runJudged(events: number): void {
  const world = new World(steady)
  judge(world, new Judges(world), events)
}

function judge(world: World, judges: Judges, events: number): void {
  for (let i = 0; i < events; i++) {
    world.advance()
    if (judges.after(world) !== null || judges.noted.length > 0) throw new Error('a promise is broken')
  }
}

/** How much longer the simulation and its judges take with a log of many entries than with one of a few. */
function growth(): number {
  const ratios = Array.from({ length: RUNS }, () => {
    const world = new World(steady)
    const judges = new Judges(world)
    const tenths = Array.from({ length: 10 }, () => {
      const start = performance.now()
      judge(world, judges, EVENTS / 10)
      return performance.now() - start
    })
    return (tenths[9] as number) / (tenths[1] as number)
  })
  return median(ratios)
}

function runRecorded(events: number): void {
  new History(steady, (world) => new Judges(world)).seek(events)
}
