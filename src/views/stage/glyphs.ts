import { unreachable } from '../../base/assert.ts'
import type { Pen } from '../painter/painting.ts'
import { LAYERS, MOST_CELLS } from './cells.ts'
import type { Look } from './flights.ts'
import type { Palette } from './palette.ts'

/** Draws a message's shape around the origin, in glyph units. */
export function paintShape(pen: Pen, palette: Palette, look: Look, cells: number): void {
  const color = palette.looks[look]
  pen.fillStyle = palette.surface
  pen.strokeStyle = color
  pen.lineJoin = 'round'
  pen.lineCap = 'round'
  switch (look) {
    case 'append':
      paintCapsule(pen, palette, cells, color)
      return
    case 'beat':
      pen.lineWidth = 2.5
      pen.beginPath()
      pen.arc(0, 0, 5.5, 0, 2 * Math.PI)
      pen.fill()
      pen.stroke()
      return
    case 'vote':
    case 'preVote':
      pen.lineWidth = 2.2
      if (look === 'preVote') pen.setLineDash(DASHES)
      pen.beginPath()
      pen.moveTo(0, -10.5)
      pen.lineTo(10.5, 0)
      pen.lineTo(0, 10.5)
      pen.lineTo(-10.5, 0)
      pen.closePath()
      pen.fill()
      pen.stroke()
      return
    case 'client':
      pen.lineWidth = 2.2
      pen.beginPath()
      pen.moveTo(-8, -7)
      pen.lineTo(9, 0)
      pen.lineTo(-8, 7)
      pen.closePath()
      pen.fill()
      pen.stroke()
      return
    case 'snapshot':
      paintBlock(pen, palette, cells, color)
      return
    case 'timeoutNow':
      paintCrown(pen, color)
      return
    case 'accept':
    case 'refuse':
      pen.fillStyle = color
      paintReply(pen, palette.surface, look === 'accept')
      return
    case 'preAccept':
    case 'preRefuse':
      pen.lineWidth = 2
      paintReply(pen, color, look === 'preAccept', DASHES)
      return
    default:
      return unreachable(look)
  }
}

/** What is only asked, and binds nobody, has a dashed edge. */
const DASHES = [2.4, 4.6]

/** A tick or a cross on a disc; with an edge of dashes, if there are any. */
function paintReply(pen: Pen, sign: string, accepted: boolean, dashes: number[] | null = null): void {
  pen.beginPath()
  pen.arc(0, 0, 9.5, 0, 2 * Math.PI)
  pen.fill()
  if (dashes !== null) {
    pen.setLineDash(dashes)
    pen.stroke()
    pen.setLineDash([])
  }
  pen.strokeStyle = sign
  pen.lineWidth = 2
  pen.beginPath()
  if (accepted) {
    pen.moveTo(-4, 0.3)
    pen.lineTo(-1.2, 3.2)
    pen.lineTo(4.2, -3.2)
  } else {
    pen.moveTo(-3.3, -3.3)
    pen.lineTo(3.3, 3.3)
    pen.moveTo(3.3, -3.3)
    pen.lineTo(-3.3, 3.3)
  }
  pen.stroke()
}

function colorsOf(cells: number): number[] {
  const colors: number[] = []
  for (let rest = cells; rest > 0; rest = Math.floor(rest / 8)) colors.push((rest % 8) - 1)
  return colors
}

/** How wide a capsule is, in glyph units. */
export function capsuleWidth(cells: number): number {
  const { length } = colorsOf(cells)
  return 14 * Math.min(MOST_CELLS, length) + 10 + (length > MOST_CELLS ? 12 : 0)
}

function paintCapsule(pen: Pen, palette: Palette, cells: number, color: string): void {
  const width = capsuleWidth(cells)
  const colors = colorsOf(cells)
  pen.lineWidth = 2
  pen.beginPath()
  pen.roundRect(-width / 2, -12, width, 24, 7)
  pen.fill()
  pen.stroke()
  for (const [i, term] of colors.slice(0, MOST_CELLS).entries()) {
    pen.fillStyle = palette.terms[term] ?? color
    pen.beginPath()
    pen.roundRect(-width / 2 + 6 + i * 14, -6, 12, 12, 2.5)
    pen.fill()
  }
  if (colors.length <= MOST_CELLS) return
  const x = width / 2 - 9
  pen.beginPath()
  pen.moveTo(x - 3.5, 0)
  pen.lineTo(x + 3.5, 0)
  pen.moveTo(x, -3.5)
  pen.lineTo(x, 3.5)
  pen.stroke()
}

/** A stack that fills from below, chunk by chunk. */
function paintBlock(pen: Pen, palette: Palette, fill: number, color: string): void {
  pen.lineWidth = 2
  pen.beginPath()
  pen.roundRect(-11, -12, 22, 24, 4)
  pen.fill()
  pen.stroke()
  pen.fillStyle = pen.strokeStyle = palette.terms[fill % 8] ?? color
  pen.lineWidth = 1
  for (let layer = 0; layer < LAYERS; layer++) {
    pen.beginPath()
    pen.roundRect(-7.5, 5.5 - 4.7 * layer, 15, 3.2, 1)
    if (layer < Math.floor(fill / 8)) pen.fill()
    else pen.stroke()
  }
}

/** Leadership itself is on its way. */
function paintCrown(pen: Pen, color: string): void {
  pen.lineWidth = 2
  pen.beginPath()
  for (const [x, y] of CROWN) pen.lineTo(x, y)
  pen.closePath()
  pen.fill()
  pen.stroke()
  pen.fillStyle = color
  pen.beginPath()
  pen.arc(0, 2.5, 2.2, 0, 2 * Math.PI)
  pen.fill()
}

const CROWN = [
  [-10, 8],
  [-11.5, -7],
  [-5, -0.5],
  [0, -10],
  [5, -0.5],
  [11.5, -7],
  [10, 8],
] as const
