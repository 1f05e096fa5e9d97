import { expect, test } from 'vitest'
import { fresh } from '../scenario/fresh.ts'
import type { Frame } from '../worker/protocol.ts'
import { brokenOnes, isTold } from './broken.ts'
import { firstFrame } from './first-frame.ts'
import { app } from './state.ts'

/** Puts a moment on the screen, and tells of which moments it says what was broken. */
function broken(events: number, what: 'nothing' | 'end', playing = false, epoch = 1): number[] {
  const end = what === 'end' ? ({ violation: null } as Frame['end']) : null
  const frame: Frame = { ...firstFrame(fresh), epoch, events, end }
  app.setState({ frame, playing })
  return brokenOnes(frame, null).map((one) => one.events)
}

test('what was broken is kept in mind while somebody looks how it came about, until time runs again', () => {
  expect(broken(5, 'nothing')).toEqual([])
  expect(broken(9, 'end')).toEqual([9])
  expect(broken(4, 'nothing')).toEqual([9])
  expect(broken(3, 'end')).toEqual([3, 9])
  expect(broken(9, 'end')).toEqual([9])
  expect(broken(12, 'nothing')).toEqual([])
  expect(broken(8, 'nothing')).toEqual([9])
  expect(broken(8, 'nothing', true)).toEqual([])
  expect(broken(7, 'nothing')).toEqual([])
})

test('an edit makes another history', () => {
  expect(broken(9, 'end', false, 2)).toEqual([9])
  expect(broken(4, 'nothing', false, 3)).toEqual([])
})

test('what nobody has promised stays back during a walk to something else', () => {
  const violation = { kind: 'ExactlyOnce', promised: false } as Frame['violation']
  const frame: Frame = { ...firstFrame(fresh), events: 7, violation }
  const walkTo = (event: number) => ({ steps: [{ event, at: 0, sentences: [] }], slowdown: 1, origin: null })
  expect(isTold(frame, null)).toBe(true)
  expect(isTold(frame, walkTo(6))).toBe(true)
  expect(isTold(frame, walkTo(9))).toBe(false)
  const promised: Frame = { ...frame, safety: { ...frame.safety, stops: [6] } }
  expect(isTold(promised, walkTo(9))).toBe(true)
  expect(isTold({ ...frame, violation: null }, null)).toBe(false)
})
