import { expect, test } from 'vitest'
import { ACTIONS, boxAt, obstaclesOf, overlap, placeActions } from './actions-place.ts'
import { DISC, insetsOf, layOut } from './geometry.ts'

const insets = { top: 50, bottom: 78 }
const COUNTS = [1, 2, 3, 4, 5, 6, 7, 8, 9]

function coveredBy(servers: number, width: number, height: number): number[] {
  const layout = layOut(servers, width, height, insets)
  const obstacles = obstaclesOf(layout)
  return layout.servers.map((_, i) => {
    const box = boxAt(placeActions(layout, i + 1))
    return obstacles.reduce((sum, obstacle) => sum + overlap(box, obstacle), 0)
  })
}

test.for(COUNTS)('beside each of %i servers there is room for its actions', (servers) => {
  for (const covered of coveredBy(servers, 880, 611)) expect(covered).toBe(0)
  for (const covered of coveredBy(servers, 2340, 1780)) expect(covered).toBe(0)
})

test('on a phone they leave the crown of the server at the top free', () => {
  for (const servers of [1, 2, 3, 5, 7, 8, 9]) {
    const layout = layOut(servers, 390, 485, insetsOf(390, false))
    const y = layout.servers[0]?.y ?? 0
    const crown = y - (DISC + 25) * layout.scale
    const { top, bottom } = boxAt(placeActions(layout, 1))
    expect(bottom <= crown || top > y).toBe(true)
    expect(top).toBeGreaterThanOrEqual(40)
  }
})

test('they keep clear of what else stands there: chips, and ballots beside the discs', () => {
  const layout = layOut(9, 782, 449, insetsOf(782, false, 1))
  const chip = { left: 16, top: 48, right: 420, bottom: 74 }
  const bare = boxAt(placeActions(layout, 9))
  expect(overlap(bare, chip)).toBeGreaterThan(0)
  const kept = boxAt(placeActions(layout, 9, { ballots: true, boxes: [chip] }))
  for (const obstacle of [chip, ...obstaclesOf(layout, true)]) expect(overlap(kept, obstacle)).toBe(0)
})

test.for(COUNTS)('on a small stage of %i servers the actions lie on it, and hide little', (servers) => {
  const [width, height] = [360, 458]
  const most = (ACTIONS.width * ACTIONS.height) / 4
  for (const covered of coveredBy(servers, width, height)) expect(covered).toBeLessThan(most)
  const layout = layOut(servers, width, height, insets)
  for (const [i] of layout.servers.entries()) {
    const { left, top, right, bottom } = boxAt(placeActions(layout, i + 1))
    expect(Math.min(left, top)).toBeGreaterThanOrEqual(0)
    expect(right).toBeLessThanOrEqual(width)
    expect(bottom).toBeLessThanOrEqual(height)
  }
})
