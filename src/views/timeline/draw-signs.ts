import type { Pen } from '../painter/painting.ts'
import { type Layout, laneY } from './layout.ts'
import type { Palette } from './palette.ts'
import type { Sign } from './signs.ts'
import { type View, xIn } from './view.ts'

/** Half of a sign's width and height. */
const HALF = 4.2

/** On the lanes: a small block where a snapshot is taken or put in place, a ring for other members, a crown handed over. */
export function drawSigns(
  pen: Pen,
  signs: readonly Sign[],
  layout: Layout,
  palette: Palette,
  view: View,
): void {
  pen.lineWidth = 1.3
  pen.lineJoin = 'round'
  pen.strokeStyle = palette['ink-2']
  for (const { at, server, kind } of signs) {
    const x = xIn(view, at)
    if (server > layout.servers || x < -HALF || x > view.width + HALF) continue
    const y = laneY(layout, server)
    pen.fillStyle = palette.surface
    pen.beginPath()
    if (kind === 'snapshot') pen.rect(x - HALF, y - HALF, 2 * HALF, 2 * HALF)
    else if (kind === 'transfer') for (const [dx, dy] of CROWN) pen.lineTo(x + dx, y + dy)
    else pen.arc(x, y, HALF, 0, 2 * Math.PI)
    pen.closePath()
    pen.fill()
    pen.stroke()
    pen.beginPath()
    if (kind === 'snapshot') {
      pen.moveTo(x - 2, y - 1.2)
      pen.lineTo(x + 2, y - 1.2)
      pen.moveTo(x - 2, y + 1.6)
      pen.lineTo(x + 2, y + 1.6)
    } else if (kind === 'rolledBack') {
      pen.moveTo(x - 2, y - 2)
      pen.lineTo(x + 2, y + 2)
      pen.moveTo(x + 2, y - 2)
      pen.lineTo(x - 2, y + 2)
    } else if (kind === 'configuration') pen.arc(x, y, 1, 0, 2 * Math.PI)
    pen.stroke()
  }
}

const CROWN = [
  [-5, 4],
  [-6, -4],
  [-2.5, -0.5],
  [0, -5.5],
  [2.5, -0.5],
  [6, -4],
  [5, 4],
] as const
