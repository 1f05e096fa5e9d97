import { tickStep } from 'd3'
import type { Intervention, ScriptItem } from '../../simulation/script.ts'
import { actText } from '../../words/acts.ts'
import { msText } from '../kit/format.ts'
import type { View } from './draw-lanes.ts'
import { stack } from './labels.ts'
import type { Layout } from './layout.ts'
import type { Palette } from './palette.ts'

/** An intervention's mark: a line through the lanes and a label at its foot, or none where there is no room. */
export interface Mark {
  readonly at: number
  readonly text: string
  readonly width: number
  /** Only clients' commands, nothing done to the cluster. */
  readonly isCommand: boolean
  /** Which row its label stands in; −1 for no label. */
  readonly row: number
}

type Context = CanvasRenderingContext2D

const INSET = 5
/** The width of the ground on which a label stands. */
const HALO = 4

const labelFont = (palette: Palette): string => `600 10.5px ${palette['font-ui']}`

/** The marks of a script at a zoom. Those that share a moment share a label. */
export function marksOf(
  context: Context,
  script: readonly ScriptItem[],
  perPixel: number,
  rows: number,
  palette: Palette,
): Mark[] {
  context.font = labelFont(palette)
  const moments = new Map<number, Intervention[]>()
  for (const { at, act } of script) moments.set(at, [...(moments.get(at) ?? []), act])
  const marks = [...moments].map(([at, acts]) => {
    const text = acts.map(actText)[0] + (acts.length > 1 ? ` +${acts.length - 1}` : '')
    const isCommand = acts.every(({ kind }) => kind === 'Command')
    return { at, text, width: context.measureText(text).width, isCommand }
  })
  const found = stack(
    marks.map(({ at, width, isCommand }) => ({ x: at / perPixel, width: width + INSET, yields: isCommand })),
    rows,
  )
  return marks.map((mark, i) => ({ ...mark, row: found[i] ?? -1 }))
}

export function drawMarks(
  context: Context,
  marks: readonly Mark[],
  layout: Layout,
  palette: Palette,
  { start, perPixel, width }: View,
): void {
  context.font = labelFont(palette)
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
    context.lineTo(x, foot ?? (layout.labelRows[0] ?? 0) - 12)
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

/** The intervention whose label or line is at a point. */
export function markAt(
  marks: readonly Mark[],
  layout: Layout,
  { start, perPixel }: Pick<View, 'start' | 'perPixel'>,
  x: number,
  y: number,
): Mark | null {
  for (const mark of marks) {
    const foot = layout.labelRows[mark.row]
    const from = x - (mark.at - start) / perPixel
    if (foot === undefined || y > foot + 3 || y < foot - 11) continue
    if (from >= -3 && from <= mark.width + INSET + 3) return mark
  }
  return null
}

/** How far apart the numbers on the axis want to be, in pixels. */
const TICK_EVERY = 110
/** How far from its tick a number may reach, in pixels. */
const OVERHANG = 50

/** The times that the axis names, in µs: round numbers, as many as there is room for. */
export function ticksOf({ start, perPixel, width }: View): number[] {
  const step = Math.max(1, Math.round(tickStep(0, TICK_EVERY * perPixel, 1)))
  const ticks: number[] = []
  const last = start + width * perPixel
  for (let i = Math.max(0, Math.ceil(start / step)); i * step <= last; i++) ticks.push(i * step)
  return ticks
}

export function drawAxis(context: Context, layout: Layout, palette: Palette, view: View): void {
  context.font = `500 10.5px ${palette['font-ui']}`
  context.textBaseline = 'alphabetic'
  context.fillStyle = palette['ink-3']
  context.strokeStyle = palette['line-strong']
  context.lineWidth = 1
  const top = layout.bandTop + layout.bandHeight
  const { start, perPixel, width } = view
  const wider = { start: start - OVERHANG * perPixel, perPixel, width: width + 2 * OVERHANG }
  for (const tick of ticksOf(wider)) {
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
