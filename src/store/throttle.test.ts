import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { Frame } from '../worker/protocol.ts'
import { app } from './state.ts'
import { calm } from './throttle.ts'

// One clock for all tests: the throttle remembers when it last let a frame through.
beforeAll(() => {
  vi.useFakeTimers()
})
beforeEach(() => {
  app.setState({ frame: frameOf(0) })
  vi.advanceTimersByTime(1000)
})
afterAll(() => {
  vi.useRealTimers()
})

const frameOf = (events: number) => ({ events }) as Frame
const shown = () => calm.getState().frame?.events

test('of many frames only ten a second are followed, and the last of all', () => {
  let changes = 0
  const stop = calm.subscribe(() => changes++)
  for (let i = 1; i <= 60; i++) {
    app.setState({ frame: frameOf(i), status: { kind: 'ready' } })
    vi.advanceTimersByTime(1000 / 60)
  }
  vi.advanceTimersByTime(200)
  stop()
  expect(changes).toBeGreaterThanOrEqual(9)
  expect(changes).toBeLessThanOrEqual(12)
  expect(shown()).toBe(60)
})

test('a single step is followed at once', () => {
  app.setState({ frame: frameOf(7) })
  expect(shown()).toBe(7)
})

test('what the viewer does is followed at once, in the middle of a stream of frames', () => {
  app.setState({ frame: frameOf(1) })
  app.setState({ frame: frameOf(2) })
  expect(shown()).toBe(1)
  app.setState({ panel: 'safety' })
  expect([calm.getState().panel, shown()]).toEqual(['safety', 2])
})
