import { tickStep } from 'd3'
import { msText } from '../kit/format.ts'
import type { Pen } from '../painter/painting.ts'
import { type Layout, TEXT } from './layout.ts'
import type { Palette } from './palette.ts'
import type { View } from './view.ts'

/** How far apart the numbers on the axis want to be, in pixels; where they are larger, farther. */
const TICK_EVERY = 110

/** The times that the axis names, in µs: round numbers, as many as there is room for. */
export function ticksOf({ start, perPixel, width }: View, apart: number = TICK_EVERY): number[] {
  const step = Math.max(1, Math.round(tickStep(0, apart * perPixel, 1)))
  const ticks: number[] = []
  const last = start + width * perPixel
  for (let i = Math.max(0, Math.ceil(start / step)); i * step <= last; i++) ticks.push(i * step)
  return ticks
}

export function drawAxis(context: Pen, layout: Layout, palette: Palette, view: View): void {
  context.font = `500 ${layout.text}px ${palette['font-ui']}`
  context.textBaseline = 'alphabetic'
  context.fillStyle = palette['ink-3']
  context.strokeStyle = palette['line-strong']
  context.lineWidth = 1
  const top = layout.bandTop + layout.bandHeight
  const { start, perPixel, width } = view
  const apart = TICK_EVERY * (layout.text / TEXT)
  const wider = { start: start - (apart / 2) * perPixel, perPixel, width: width + apart }
  for (const tick of ticksOf(wider, apart)) {
    const x = Math.round((tick - start) / perPixel) + 0.5
    context.beginPath()
    context.moveTo(x, top + 2)
    context.lineTo(x, top + 5)
    context.stroke()
    context.textAlign = tick === 0 ? 'left' : 'center'
    context.fillText(tickText(tick), x, layout.axis)
  }
}

function tickText(tick: number): string {
  const text = msText(tick)
  return `${tick % 1000 === 0 ? text.slice(0, -2) : text} ms`
}
