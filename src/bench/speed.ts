import { Watch } from '../check/watch.ts'
import { History } from '../simulation/history.ts'
import { World } from '../simulation/world.ts'
import { steady } from './clusters.ts'
import { atLeast, type Figure } from './figures.ts'
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
    figure('with the safety judges', judged, share(judged)),
    figure(
      'with judges, history and keyframes',
      recorded,
      `${share(recorded)}; runs of ${RECORDED.toLocaleString('en')}`,
    ),
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
  const watch = new Watch(world)
  for (let i = 0; i < events; i++) {
    world.advance()
    if (watch.after(world) !== null) throw new Error('a safety property does not hold')
  }
}

function runRecorded(events: number): void {
  new History(steady, (world) => new Watch(world)).seek(events)
}
