import { Watch } from '../check/watch.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { Settings } from '../simulation/settings.ts'
import { World } from '../simulation/world.ts'
import { BEYOND, everything, steady } from './clusters.ts'
import { atLeast, type Figure } from './figures.ts'
import { median } from './statistics.ts'

const RUNS = 5
const EVENTS = 300_000

/**
 * What each way beyond §5 costs, in two measures: how fast its events are simulated, and how many of them a second of
 * the cluster's life takes. One way after the other is measured in each round, so that a noisy machine treats all alike.
 */
export function measureFeatures(): Figure[] {
  const ways: [string, Scenario][] = [
    ['§5 alone', steady],
    ...Object.entries(BEYOND).map(([name, settings]) => [name, withSettings(settings)] as [string, Scenario]),
    ['everything on', everything],
  ]
  const rates = ways.map((): number[] => [])
  const judged: number[] = []
  for (let run = 0; run < RUNS; run++) {
    for (const [i, [, scenario]] of ways.entries()) rates[i]?.push(rateOf(scenario, false))
    judged.push(rateOf(everything, true))
  }
  const bare = median(rates[0] ?? [])
  const events = eventsPerSecond(steady)
  const figures = ways.map(([name, scenario], i): Figure => {
    const measured = median(rates[i] ?? [])
    const more = eventsPerSecond(scenario) / events
    const note = `${Math.round((100 * measured) / bare)} % of §5’s speed an event, ${more.toFixed(2)} times the events`
    return { section: 'features', name, measured, unit: 'events/s', target: atLeast(1_000_000), note }
  })
  const note = `${Math.round((100 * median(judged)) / median(rates.at(-1) ?? []))} % of the speed without judges`
  const watched = {
    section: 'features',
    name: 'everything on, with the safety judges',
    unit: 'events/s',
    note,
  }
  return [...figures, { ...watched, measured: median(judged), target: null }]
}

const withSettings = (settings: Partial<Settings>): Scenario => ({
  ...steady,
  settings: { ...steady.settings, ...settings },
})

function rateOf(scenario: Scenario, isJudged: boolean): number {
  const world = new World(scenario)
  const watch = isJudged ? new Watch(world) : null
  const start = performance.now()
  for (let i = 0; i < EVENTS; i++) {
    world.advance()
    if (watch !== null && watch.after(world) !== null) throw new Error('a safety property does not hold')
  }
  return (EVENTS / (performance.now() - start)) * 1000
}

/** Events in a second of the cluster's own time. */
function eventsPerSecond(scenario: Scenario): number {
  const world = new World(scenario)
  for (let i = 0; i < EVENTS; i++) world.advance()
  return (EVENTS / world.now) * 1_000_000
}
