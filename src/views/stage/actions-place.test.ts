import { expect, test } from 'vitest'
import { ACTIONS, boxAt, obstaclesOf, overlap, placeActions } from './actions-place.ts'
import { layOut } from './geometry.ts'

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
