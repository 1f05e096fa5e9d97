import { describe, expect, it } from 'vitest'
import { type Micros, micros } from '../base/ids.ts'
import { LIBRARY } from '../scenario/library.ts'
import { at, firstLeader, setupOf } from '../simulation/test-kit.ts'
import { type Course, courseOf } from './course.ts'
import { Curve, IN_FULL, type Point } from './curve.ts'
import { Futures } from './futures.ts'
import type { Outcome } from './outcome.ts'
import { turnOf } from './turn.ts'

function fromLibrary(id: string) {
  const entry = LIBRARY.find((one) => one.id === id)
  if (entry === undefined) throw new Error(`no scenario ${id}`)
  return entry.scenario
}

const figure8 = fromLibrary('figure-8-overwritten')
const figure8Broken = { ...figure8, settings: { ...figure8.settings, commitOldTerms: true } }

interface Done {
  readonly course: Course
  readonly points: readonly Point[]
  readonly tried: number
}

function curveOf(setup: typeof figure8, outcome: Outcome): Done {
  const course = courseOf(setup, outcome, setup.view.at)
  const futures = new Futures(setup, outcome, course.horizon)
  const curve = new Curve(course)
  for (let batch = curve.next(); batch !== null; batch = curve.next()) curve.take(futures.try(batch))
  expect(curve.isDone).toBe(true)
  return { course, points: curve.points(), tried: curve.tried }
}

describe('futures', { timeout: 60_000 }, () => {
  it('of a broken Figure 8 all lose the entry, from one event on', () => {
    const { course, points } = curveOf(figure8Broken, 'violation')
    expect(course.happened?.at).toBe(451_828)
    const turn = turnOf(points)
    expect(turn).toMatchObject({ unavoidable: true, before: { events: 75 }, after: { events: 76 } })
    expect(turn?.before.share).toBeLessThan(0.95)
    expect(points[0]?.share).toBeGreaterThan(0.8)
    expect(points[0]?.share).toBeLessThan(1)
    expect(points.at(-1)).toMatchObject({ events: 110, at: 451_828, share: 1, certain: true, tried: 0 })
    for (const { tried, certain } of points) expect(tried).toBe(certain ? 0 : IN_FULL)
  })

  it('of a correct cluster break nothing, at any moment', () => {
    const { course, points, tried } = curveOf(figure8, 'violation')
    expect(course.happened).toBeNull()
    expect(points.map(({ hits }) => hits)).toEqual(points.map(() => 0))
    expect(tried).toBe(12 * IN_FULL)
    expect(turnOf(points)).toBeNull()
  })

  it('that are all but certain from the start do not turn where chance makes the last difference', () => {
    const point = (events: number, hits: number): Point => ({
      events,
      at: micros(1000 * events),
      facts: [],
      tried: IN_FULL,
      hits,
      share: hits / IN_FULL,
      certain: false,
    })
    expect(turnOf([point(0, 291), point(10, 294), point(20, 296), point(30, 300)])).toBeNull()
    expect(turnOf([point(0, 150), point(10, 295), point(20, 300)])).toMatchObject({ after: { events: 10 } })
  })

  it('of a stale read turn at one event, which is searched out', () => {
    const { points, tried } = curveOf(fromLibrary('stale-read'), 'violation')
    const turn = turnOf(points)
    expect(turn).toMatchObject({ unavoidable: true, after: { events: 50, at: 363_188 } })
    expect(turn?.before.events).toBe(49)
    expect(turn?.before.share).toBeLessThan(0.95)
    expect(points.length).toBeGreaterThan(12)
    expect(tried).toBe((points.length - 1) * IN_FULL)
  })

  it('have two leaders from the event before a partition on, after which nobody’s luck can help', () => {
    const { points } = curveOf(fromLibrary('minority-leader'), 'two leaders')
    expect(turnOf(points)).toMatchObject({ unavoidable: true, before: { events: 41 }, after: { events: 42 } })
  })

  it('are without a leader for a second where a majority is down', () => {
    const script = [
      ...firstLeader,
      at(300, { kind: 'Crash', server: 1 }),
      at(301, { kind: 'Crash', server: 2 }),
    ]
    const setup = {
      ...figure8,
      ...setupOf({ script: [...script, at(1400, { kind: 'Restart', server: 1 })] }),
    }
    const { course, points } = curveOf(setup, 'no leader')
    expect(course.happened?.at).toBeLessThan(1_400_000)
    expect(points[0]?.share).toBe(1)
    const restarted = script.slice(0, 2)
    const { points: others } = curveOf({ ...setup, script: restarted }, 'no leader')
    for (const { share } of others) expect(share).toBeLessThan(0.02)
  })

  it('are the same ones each time, however they are handed out', () => {
    const { horizon } = courseOf(figure8Broken, 'violation', 0 as Micros)
    const whole = new Futures(figure8Broken, 'violation', horizon)
    const parts = new Futures(figure8Broken, 'violation', horizon)
    const hits = (subject: Futures, events: number, first: number, count: number) =>
      subject.try({ events, first, count }).hits
    const [later, sooner] = [hits(whole, 64, 0, 60), hits(whole, 19, 0, 60)]
    const inParts = [20, 0, 40].map((first) => [hits(parts, 19, first, 20), hits(parts, 64, first, 20)])
    expect(inParts.reduce((sum, [one = 0]) => sum + one, 0)).toBe(sooner)
    expect(inParts.reduce((sum, [, other = 0]) => sum + other, 0)).toBe(later)
  })

  it('break no promise by what was never promised: a command applied twice without sessions', () => {
    const lostReply = fromLibrary('lost-reply')
    // It is applied twice in event 73; an answer that contradicts another comes in event 102.
    expect(courseOf(lostReply, 'violation', lostReply.view.at).happened?.events).toBe(103)
  })
})
