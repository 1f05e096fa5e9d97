import { LIBRARY } from '../scenario/library.ts'
import { courseOf } from '../search/course.ts'
import { Curve } from '../search/curve.ts'
import { Futures } from '../search/futures.ts'
import { atLeast, below, type Figure } from './figures.ts'
import { median } from './statistics.ts'

const TIMES = 5

/** How fast the futures of Figure 8 are tried with the old rule, and how soon its curve is there, and complete. */
export function measureFutures(): Figure[] {
  const entry = LIBRARY.find(({ id }) => id === 'figure-8-overwritten')
  if (entry === undefined) throw new Error('Figure 8 is not in the library')
  const { settings, ...figure8 } = entry.scenario
  const setup = { ...figure8, settings: { ...settings, commitOldTerms: true } }
  const runs = Array.from({ length: TIMES }, () => {
    const start = performance.now()
    const course = courseOf(setup, 'violation', setup.view.at)
    const futures = new Futures(setup, 'violation', course.horizon)
    const curve = new Curve(course)
    let whole = 0
    for (let batch = curve.next(); batch !== null; batch = curve.next()) {
      curve.take(futures.try(batch))
      if (whole === 0 && curve.isWhole) whole = performance.now() - start
    }
    return { tried: curve.tried, points: curve.points().length, whole, all: performance.now() - start }
  })
  const [{ tried, points }] = runs as [(typeof runs)[0]]
  const figure = { section: 'futures', note: `Figure 8 with the old rule, all judges, one core` }
  return [
    {
      ...figure,
      name: 'futures tried',
      measured: median(runs.map(({ all }) => (1000 * tried) / all)),
      unit: 'futures/s',
      target: atLeast(500),
    },
    {
      ...figure,
      name: 'curve there',
      measured: median(runs.map(({ whole }) => whole / 1000)),
      unit: 's',
      target: below(1),
    },
    {
      ...figure,
      name: 'curve complete',
      measured: median(runs.map(({ all }) => all / 1000)),
      unit: 's',
      target: below(10),
      note: `${tried} futures of ${points} moments`,
    },
  ]
}
