import type { Pen } from '../painter/painting.ts'
import type { Layout } from './layout.ts'
import { INSET, labelFont, type Mark } from './mark.ts'
import type { Palette } from './palette.ts'
import type { View } from './view.ts'

/** The width of the ground on which a label stands. */
const HALO = 4

export function drawMarks(
  context: Pen,
  marks: readonly Mark[],
  layout: Layout,
  palette: Palette,
  { start, perPixel, width }: View,
): void {
  context.font = labelFont(layout, palette)
  context.textAlign = 'left'
  context.textBaseline = 'alphabetic'
  const first = start - HALO * perPixel
  const last = start + (width + HALO) * perPixel
  const inView = marks
    .filter((mark) => mark.at <= last && mark.at + (INSET + mark.width) * perPixel >= first)
    .map((mark) => ({ ...mark, x: (mark.at - start) / perPixel, foot: layout.labelRows[mark.row] }))
  const colorOf = (isCommand: boolean) => (isCommand ? palette['msg-client'] : palette.bad)
  context.lineWidth = 1.2
  context.setLineDash([3, 3])
  for (const { x, foot, isCommand } of inView) {
    context.strokeStyle = colorOf(isCommand)
    context.beginPath()
    context.moveTo(x, 4)
    context.lineTo(x, foot ?? (layout.labelRows[0] ?? 0) - layout.text - 1.5)
    context.stroke()
  }
  context.setLineDash([])
  // A label stands on a ground of its own: the lines of others pass behind it.
  context.strokeStyle = palette.surface
  context.lineWidth = HALO
  context.lineJoin = 'round'
  for (const { x, foot, text, isCommand } of inView) {
    if (foot === undefined) continue
    context.strokeText(text, x + INSET, foot - 1)
    context.fillStyle = colorOf(isCommand)
    context.fillText(text, x + INSET, foot - 1)
  }
}
