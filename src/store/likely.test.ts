import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Micros } from '../base/ids.ts'
import { LIBRARY } from '../scenario/library.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { FuturesJob, FuturesReport } from '../worker/futures-session.ts'
import { FuturesPort } from '../worker/futures-test-port.ts'
import { background } from './background.ts'
import { intervalOf } from './interval.ts'
import { askOf, forgetLikely, likely, lookAt, startLikely, stopLikely } from './likely.ts'
import { app } from './state.ts'

const scenario = LIBRARY.find(({ id }) => id === 'minority-leader')?.scenario as Scenario

/** Answers at once: from event 23 on all futures come to the outcome, until then one in four. */
const canned = {
  do(job: FuturesJob): FuturesReport {
    const at = (events: number) => (events * 10_000) as Micros
    const happened = { events: 50, at: at(50), facts: [] }
    const moments = [0, 10, 20, 30, 40].map((events) => ({ events, at: at(events) }))
    if (job.kind === 'begin') return { kind: 'course', course: { moments, happened, horizon: at(150) } }
    const { events, count } = job.batch
    return {
      kind: 'tally',
      tally: { batch: job.batch, at: at(events), facts: [], hits: events < 23 ? count / 4 : count },
    }
  },
}

let session: { do(job: FuturesJob): FuturesReport } | undefined
let ports: FuturesPort[]
beforeEach(() => {
  session = canned
  vi.useFakeTimers()
  vi.stubGlobal('navigator', { hardwareConcurrency: 3 })
  ports = []
  background.futures = () => {
    const port = new FuturesPort(session)
    ports.push(port)
    return port
  }
  app.setState({ scenario })
  likely.setState({ outcome: 'two leaders' })
})
afterEach(() => {
  forgetLikely()
  background.futures = null
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** All of them do one job. False if there was none. */
const round = () => ports.filter(({ isGone }) => !isGone).filter((port) => port.work()).length > 0
const workToTheEnd = () => {
  while (round());
  vi.runAllTimers()
}
const state = () => likely.getState()

test('a crew tries futures until each moment has enough of them', () => {
  session = undefined
  startLikely()
  expect(ports).toHaveLength(2)
  expect(app.getState().curve).toBe(true)
  expect(state().phase).toBe('running')
  workToTheEnd()
  const { phase, points, tried, turn, horizon } = state()
  expect(phase).toBe('done')
  expect(horizon).toBe(2_000_000)
  for (const point of points) expect(point.tried).toBe(point.certain ? 0 : 300)
  expect(tried).toBe(300 * points.filter(({ certain }) => !certain).length)
  expect(turn).toMatchObject({ unavoidable: true, after: { events: 42 } })
  expect(turn?.after.facts).not.toEqual([])
})

test('what is found does not depend on who is quicker', () => {
  startLikely()
  workToTheEnd()
  const { points, turn } = state()
  expect(turn).toMatchObject({ before: { events: 22, share: 0.25 }, after: { events: 23, share: 1 } })
  startLikely()
  const [quick, slow] = ports.slice(2)
  for (let i = 0; quick?.work() || slow?.work(); i++) if (i % 7 === 0) slow?.work()
  vi.runAllTimers()
  expect(state().phase).toBe('done')
  expect(state().points).toEqual(points)
})

test('one that is stopped leaves what it has found', () => {
  startLikely()
  for (let i = 0; i < 10; i++) round()
  stopLikely()
  expect(ports.map(({ isGone }) => isGone)).toEqual([true, true])
  expect(state().phase).toBe('stopped')
  expect(state().points.length).toBeGreaterThan(2)
  expect(state().tried).toBeGreaterThan(100)
  startLikely()
  stopLikely()
  expect(state().phase).toBe('none')
  expect(app.getState().curve).toBe(false)
})

test('an edit of the scenario drops all that was found, and a new name does not', () => {
  startLikely()
  workToTheEnd()
  app.setState({ scenario: { ...scenario, name: 'Another name' } })
  expect(state().phase).toBe('done')
  app.setState({ scenario: { ...scenario, script: scenario.script.slice(1) } })
  expect(state()).toMatchObject({ phase: 'outdated', points: [], tried: 0 })
  expect(app.getState().curve).toBe(false)
  expect(ports.every(({ isGone }) => isGone)).toBe(true)
})

test('a moment that is looked at is tried as well, but none after it has come about', () => {
  startLikely()
  workToTheEnd()
  const { points } = state()
  expect(points.some(({ events }) => events === 33)).toBe(false)
  lookAt({ events: 33, at: scenario.view.at })
  workToTheEnd()
  expect(state().points.find(({ events }) => events === 33)?.tried).toBe(300)
  expect(points.at(-1)).toMatchObject({ events: 50, certain: true })
  lookAt({ events: 51, at: scenario.view.at })
  expect(round()).toBe(false)
})

test('a worker that dies leaves its share to the others, and the last one says that it is over', () => {
  startLikely()
  for (let i = 0; i < 5; i++) round()
  ports[0]?.die('planted')
  workToTheEnd()
  expect(state().phase).toBe('done')
  for (const point of state().points) expect(point.tried).toBe(point.certain ? 0 : 300)
  startLikely()
  for (const port of ports.slice(2)) port.die('planted')
  expect(state().phase).toBe('failed')
  expect(state().failure).toContain('planted')
})

test('to ask of something else begins anew', () => {
  startLikely()
  workToTheEnd()
  askOf('violation')
  expect(state()).toMatchObject({ outcome: 'violation', phase: 'running', points: [] })
  expect(ports[2]?.jobs[0]).toMatchObject({ kind: 'begin', outcome: 'violation' })
  forgetLikely()
  askOf('no leader')
  expect(state().phase).toBe('none')
})

test.for([
  [0, 300, 0, 0.0127],
  [300, 300, 0.9873, 1],
  [261, 300, 0.8271, 0.9034],
  [1, 2, 0.0945, 0.9055],
  [0, 0, 0, 1],
] as const)('%i of %i are between %f and %f', ([hits, tried, low, high]) => {
  const interval = intervalOf(hits, tried)
  expect(interval.low).toBeCloseTo(low, 3)
  expect(interval.high).toBeCloseTo(high, 3)
})
