import { DISC, type Layout, LEAST_WORDS, NARROW, type Point, roleLine, roleSize, tailOf } from './geometry.ts'

export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** The toolbar's size: six buttons in a row. */
export const ACTIONS = { width: 205, height: 36 } as const
/** Above are the vital signs, below is the bar of tools. */
const ABOVE = { wide: 46, narrow: 40 } as const
const BELOW = 66
/** The open legend, in the upper right corner of a wide stage. */
const LEGEND = { width: 132, height: 172, from: 600 } as const
const APART = 7

/** What else stands on the stage now. */
export interface Others {
  /** Whether servers are told apart as of the old and of the new set, to the left and the right of them. */
  readonly ballots: boolean
  readonly boxes: readonly Box[]
}
const NOTHING: Others = { ballots: false, boxes: [] }

/**
 * The upper left corner of the toolbar of a server: on that side of it where it covers least of the servers, their
 * logs and their labels, outwards if there is a choice. It depends on what hardly changes, so it does not move about.
 */
export function placeActions(layout: Layout, id: number, others: Others = NOTHING): Point {
  const obstacles = [...obstaclesOf(layout, others.ballots), ...others.boxes]
  let best: Point = { x: 0, y: 0 }
  let least = Infinity
  for (const place of placesAround(layout, id, others.ballots)) {
    const box = boxAt(place)
    const covered = obstacles.reduce((sum, obstacle) => sum + overlap(box, obstacle), 0)
    if (covered >= least) continue
    least = covered
    best = place
  }
  return best
}

/** Every disc, and below it the end of its log and its label, and beside it its ballots; the legend. */
export function obstaclesOf(layout: Layout, ballots = false): Box[] {
  const { servers, scale, width } = layout
  const halfTail = Math.max(44, (tailOf(layout) / 2) * 13 + 2) * scale
  const foot = (roleLine(roleSize(scale, LEAST_WORDS)) + 4) * scale
  const boxes = servers.flatMap(({ x, y }) => [
    around(x, y - 6 * scale, (DISC + 8) * scale, (DISC + 14) * scale),
    { left: x - halfTail, top: y + (DISC + 11) * scale, right: x + halfTail, bottom: y + foot },
    ...(ballots ? [around(x, y + (DISC / 2) * scale, ballotsReach(scale), 13 * scale)] : []),
  ])
  if (width >= LEGEND.from)
    boxes.push({ left: width - LEGEND.width, top: 0, right: width, bottom: LEGEND.height })
  return boxes
}

/** From a server's middle to the outer edge of its ballots, as ServerGlyph draws them. */
const ballotsReach = (scale: number): number => (0.96 * DISC + 2.5 * roleSize(scale, LEAST_WORDS)) * scale

const around = (x: number, y: number, halfWidth: number, halfHeight: number): Box => ({
  left: x - halfWidth,
  top: y - halfHeight,
  right: x + halfWidth,
  bottom: y + halfHeight,
})

export const boxAt = ({ x, y }: Point): Box => ({
  left: x,
  top: y,
  right: x + ACTIONS.width,
  bottom: y + ACTIONS.height,
})

export function overlap(a: Box, b: Box): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left)
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
  return Math.max(0, width) * Math.max(0, height)
}

/** Where it may stand, the best side first. */
function placesAround(layout: Layout, id: number, ballots: boolean): Point[] {
  const { servers, scale, width, height } = layout
  const { x, y } = servers[id - 1] ?? { x: width / 2, y: height / 2 }
  const reach = Math.max((DISC + 8) * scale, ballots ? ballotsReach(scale) : 0) + APART
  const above = y - (DISC + 25) * scale - APART - ACTIONS.height
  const below = y + (roleLine(roleSize(scale, LEAST_WORDS)) + 4) * scale + 2
  // Beside it in the middle, or a little lower or higher.
  const heights = [0, 14, -14].map((by) => y - ACTIONS.height / 2 + by)
  const right = heights.map((top) => ({ x: x + reach, y: top }))
  const left = heights.map((top) => ({ x: x - reach - ACTIONS.width, y: top }))
  const sides = x < width / 2 - 1 ? [...left, ...right] : [...right, ...left]
  // Over or under it in the middle, then aligned with either of its edges, then beginning or ending at its middle.
  const half = ACTIONS.width / 2
  const shifts = [0, half - reach, reach - half, half, -half]
  const rows = [above, below].map((top) => shifts.map((by) => ({ x: x - half + by, y: top })))
  const upper = y < height / 2
  const all = upper ? [...(rows[0] ?? []), ...sides, ...(rows[1] ?? [])] : [...sides, ...rows.flat()]
  return all.map((place) => ({
    x: clamp(place.x, 4, width - ACTIONS.width - 4),
    y: clamp(place.y, width < NARROW ? ABOVE.narrow : ABOVE.wide, height - BELOW - ACTIONS.height),
  }))
}

const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(most, value))
