import { expect, test } from 'vitest'
import { SLOWDOWNS } from '../../scenario/scenario.ts'
import { speedIn, stepOf } from './speed.ts'

test('every step of the slider stands for one slowdown, faster to the right', () => {
  for (const slowdown of SLOWDOWNS) expect(speedIn(stepOf(slowdown))).toBe(slowdown)
  expect(speedIn(SLOWDOWNS.length - 1)).toBe(1)
})

test('a slowdown between two steps shows the nearer one', () => {
  expect(speedIn(stepOf(33))).toBe(50)
  expect(speedIn(stepOf(30))).toBe(20)
  expect(speedIn(stepOf(90_000))).toBe(1000)
})
