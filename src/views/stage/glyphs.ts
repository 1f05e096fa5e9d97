import type { Message } from '../../raft/messages.ts'
import type { Pen } from '../painter/painting.ts'
import type { Look } from './flights.ts'
import type { Palette } from './palette.ts'

/** The most entries that a capsule shows as cells; then a plus says that there are more. */
const MOST_CELLS = 6

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
      pen.lineWidth = 2.2
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
    case 'accept':
    case 'refuse':
      paintReply(pen, palette, color, look === 'accept')
  }
}

function paintReply(pen: Pen, palette: Palette, color: string, accepted: boolean): void {
  pen.fillStyle = color
  pen.beginPath()
  pen.arc(0, 0, 9.5, 0, 2 * Math.PI)
  pen.fill()
  pen.strokeStyle = palette.surface
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

/**
 * The entries that a capsule shows, as one number: an octal digit each, the first one last, for the colour of its term
 * (1 to 6); a digit more than there is room for says that there are more.
 */
export function cellsOf(message: Message): number {
  if (message.kind !== 'AppendEntries') return 0
  let cells = 0
  for (let i = Math.min(MOST_CELLS, message.entries.length - 1); i >= 0; i--)
    cells = cells * 8 + 1 + (((message.entries[i]?.term ?? 1) - 1) % 6)
  return cells
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
