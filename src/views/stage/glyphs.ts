import type { Message } from '../../raft/messages.ts'
import type { Look } from './flights.ts'
import type { Palette } from './palette.ts'

export type Pen = CanvasRenderingContext2D

/** The most entries that a capsule shows as cells; then a plus says that there are more. */
const MOST_CELLS = 6

/** Draws a message's shape around the origin, in glyph units. */
export function paintShape(pen: Pen, palette: Palette, message: Message, look: Look): void {
  const color = palette.looks[look]
  pen.fillStyle = palette.surface
  pen.strokeStyle = color
  pen.lineJoin = 'round'
  pen.lineCap = 'round'
  switch (look) {
    case 'append':
      paintCapsule(pen, palette, message, color)
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

function cellsOf(message: Message): number {
  return message.kind === 'AppendEntries' ? Math.min(MOST_CELLS, message.entries.length) : 0
}

/** How wide a capsule is, in glyph units. */
export function capsuleWidth(message: Message): number {
  const more = message.kind === 'AppendEntries' && message.entries.length > MOST_CELLS ? 12 : 0
  return 14 * cellsOf(message) + 10 + more
}

function paintCapsule(pen: Pen, palette: Palette, message: Message, color: string): void {
  if (message.kind !== 'AppendEntries') return
  const width = capsuleWidth(message)
  pen.lineWidth = 2
  pen.beginPath()
  pen.roundRect(-width / 2, -12, width, 24, 7)
  pen.fill()
  pen.stroke()
  const cells = cellsOf(message)
  for (let i = 0; i < cells; i++) {
    const term = message.entries[i]?.term ?? 1
    pen.fillStyle = palette.terms[(term - 1) % 6] ?? color
    pen.beginPath()
    pen.roundRect(-width / 2 + 6 + i * 14, -6, 12, 12, 2.5)
    pen.fill()
  }
  if (message.entries.length <= MOST_CELLS) return
  const x = width / 2 - 9
  pen.beginPath()
  pen.moveTo(x - 3.5, 0)
  pen.lineTo(x + 3.5, 0)
  pen.moveTo(x, -3.5)
  pen.lineTo(x, 3.5)
  pen.stroke()
}
