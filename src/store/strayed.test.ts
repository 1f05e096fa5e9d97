import { expect, test } from 'vitest'
import { millis } from '../base/ids.ts'
import { fresh } from '../scenario/fresh.ts'
import { ENGINE } from '../scenario/scenario.ts'
import { strayedText } from './strayed.ts'

const scenario = { ...fresh, view: { ...fresh.view, at: millis(1842.6) } }
const older = { ...scenario, engine: ENGINE - 1 }

test('the same history is nothing to speak of, whichever engine', () => {
  expect([strayedText(scenario, 7, 7), strayedText(older, 7, 7)]).toEqual([null, null])
})

test('another history is told with its time', () => {
  expect(strayedText(scenario, 7, 8)).toBe(
    'This scenario replays differently here: by 1842.6 ms its history is not the one the link was made from.',
  )
})

test('an older engine is told as the reason', () => {
  expect(strayedText(older, 7, 8)).toMatch(/by 1842\.6 ms .*, since the link was made with an older engine/)
  expect(strayedText(older, null, null)).toMatch(/may replay differently here: .* older engine/)
  expect(strayedText(scenario, null, 8)).toBe(null)
})
