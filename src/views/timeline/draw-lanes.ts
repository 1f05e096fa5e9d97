import type { Condition } from '../../simulation/columns.ts'
import type { Pen } from '../painter/painting.ts'
import { bandFont, INSET, nameThatFits } from './band-name.ts'
import { firstAt, type LanesPart } from './condition-index.ts'
import { type Layout, laneY } from './layout.ts'
import { colorOfTerm, type Palette } from './palette.ts'
import { type View, xIn } from './view.ts'

/** One lane per server: its role and term through time. The last ones hold on, known or not. */
export function drawLanes(
  context: Pen,
  { lanes }: LanesPart,
  layout: Layout,
  palette: Palette,
  view: View,
): void {
  for (let server = 1; server <= layout.servers; server++) {
    const y = laneY(layout, server)
    const list = lanes[server - 1] ?? []
    for (let i = firstAt(list, view.start); i < list.length; i++) {
      const condition = list[i] as Condition
      const x1 = Math.max(xIn(view, condition.at), -10)
      if (x1 > view.width) break
      const x2 = Math.min(xIn(view, list[i + 1]?.at ?? Infinity), view.width + 10)
      // Dashes go on from tile to tile.
      context.lineDashOffset = x1 - xIn(view, condition.at)
      if (x2 > x1) drawCondition(context, condition, x1, x2, y, palette)
    }
  }
  context.globalAlpha = 1
  context.setLineDash([])
}

/** A thin line for each lane, known or not. */
export function drawGuides(context: Pen, layout: Layout, palette: Palette, { width }: View): void {
  for (let server = 1; server <= layout.servers; server++) {
    line(context, 0, width, laneY(layout, server), palette.line, 1)
  }
}

function drawCondition(
  context: Pen,
  { role, term, state }: Condition,
  x1: number,
  x2: number,
  y: number,
  palette: Palette,
): void {
  context.lineCap = 'butt'
  context.globalAlpha = 1
  context.setLineDash([])
  if (state === 'down') {
    line(context, x1, x2, y, palette.surface, 3)
    context.setLineDash([2, 5])
    line(context, x1, x2, y, palette.edge, 2)
    return
  }
  if (role === 'leader') drawLeader(context, x1, x2, y, colorOfTerm(palette, term), state === 'paused')
  else if (role !== 'follower') {
    // A pre-candidate asks only: finer than a candidate.
    const [dash, width] = role === 'candidate' ? ([[5, 3], 4] as const) : ([[1.5, 3.5], 3] as const)
    context.setLineDash([...dash])
    line(context, x1, x2, y, colorOfTerm(palette, term), width)
    context.setLineDash([])
  } else if (state === 'up') line(context, x1, x2, y, palette.edge, 1.6)
  if (state === 'paused') drawPaused(context, x1, x2, y, palette)
}

/** Like a bar between rounded ends; a short reign is a dot. */
function drawLeader(context: Pen, x1: number, x2: number, y: number, color: string, faint: boolean): void {
  context.globalAlpha = faint ? 0.35 : 1
  context.fillStyle = color
  context.beginPath()
  context.roundRect(x1, y - 3.5, Math.max(x2 - x1, 2), 7, 3.5)
  context.fill()
  context.globalAlpha = 1
}

/** Two thin rails, and the sign for a pause where it begins. */
function drawPaused(context: Pen, x1: number, x2: number, y: number, palette: Palette): void {
  line(context, x1, x2, y - 2, palette.warn, 1)
  line(context, x1, x2, y + 2, palette.warn, 1)
  if (x2 - x1 < 12) return
  context.fillStyle = palette.surface
  context.fillRect(x1, y - 5.5, 10, 11)
  context.fillStyle = palette.warn
  context.fillRect(x1 + 2, y - 4.5, 2, 9)
  context.fillRect(x1 + 6, y - 4.5, 2, 9)
}

function line(context: Pen, x1: number, x2: number, y: number, color: string, width: number): void {
  context.strokeStyle = color
  context.lineWidth = width
  context.beginPath()
  context.moveTo(x1, y)
  context.lineTo(x2, y)
  context.stroke()
}

/** The band under the lanes: the highest term so far, named where it begins. */
export function drawBand(
  context: Pen,
  { reigns }: LanesPart,
  { bandTop, bandHeight }: Layout,
  palette: Palette,
  view: View,
): void {
  context.font = bandFont(bandHeight, palette)
  context.textAlign = 'left'
  context.textBaseline = 'middle'
  for (let i = firstAt(reigns, view.start); i < reigns.length; i++) {
    const { at, term } = reigns[i] as { at: number; term: number }
    const from = xIn(view, at)
    const x1 = Math.max(from, -8)
    if (x1 > view.width) return
    const to = xIn(view, reigns[i + 1]?.at ?? Infinity) - 1.5
    const x2 = Math.min(to, view.width + 8)
    if (x2 <= x1) continue
    context.fillStyle = term === 0 ? palette.line : colorOfTerm(palette, term)
    context.beginPath()
    context.roundRect(x1, bandTop, x2 - x1, bandHeight, Math.min(4, (x2 - x1) / 2))
    context.fill()
    context.fillStyle = term === 0 ? palette['ink-2'] : palette.surface
    const text = nameThatFits(context, term, to - from - INSET - 5)
    if (text !== '') context.fillText(text, from + INSET, bandTop + bandHeight / 2 + 0.5)
  }
}
