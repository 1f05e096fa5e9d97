import type { Pen } from '../painter/painting.ts'
import type { Layout } from './layout.ts'
import { LINE, type Lines, LOOKS, type Look } from './message-lines.ts'
import type { Palette } from './palette.ts'

interface Stroke {
  readonly color: keyof Palette
  readonly width: number
  readonly alpha: number
  /** Refusals, votes and questions differ in their strokes too, not in colour alone. */
  readonly dash: readonly number[]
}

const STROKES: Readonly<Record<Look, Stroke>> = {
  beat: { color: 'msg-beat', width: 0.9, alpha: 0.38, dash: [] },
  beatAnswer: { color: 'msg-accept', width: 0.8, alpha: 0.28, dash: [] },
  client: { color: 'msg-client', width: 1.4, alpha: 0.9, dash: [] },
  append: { color: 'msg-append', width: 1.4, alpha: 0.85, dash: [] },
  snapshot: { color: 'msg-append', width: 3.4, alpha: 0.85, dash: [] },
  preVote: { color: 'msg-vote', width: 1.4, alpha: 0.95, dash: [1.5, 3] },
  preAccept: { color: 'msg-accept', width: 1.4, alpha: 0.95, dash: [1.5, 3] },
  timeoutNow: { color: 'msg-vote', width: 3, alpha: 0.95, dash: [] },
  accept: { color: 'msg-accept', width: 1.3, alpha: 0.85, dash: [] },
  vote: { color: 'msg-vote', width: 1.7, alpha: 0.95, dash: [7, 2] },
  refuse: { color: 'msg-refuse', width: 1.7, alpha: 0.95, dash: [3, 2.5] },
}

const CROSS = 3
/** Where lanes stand as near as this, lines are drawn finer. */
const TIGHT = 15

/** Draws messages as slanted lines; a lost one ends in a cross where it is lost. */
export function drawMessages(context: Pen, lines: Lines, layout: Layout, palette: Palette): void {
  const finer = layout.gap < TIGHT && layout.servers > 1 ? 0.75 : 1
  for (const [i, look] of LOOKS.entries()) {
    const own = ofLook(lines, i)
    if (own.length === 0) continue
    const { color, width, alpha, dash } = STROKES[look]
    context.strokeStyle = palette[color]
    context.lineWidth = width * finer
    context.globalAlpha = alpha
    context.setLineDash([...dash])
    strokeLines(context, own)
    context.setLineDash([])
    context.globalAlpha = Math.max(alpha, 0.7)
    context.lineWidth = 1.3
    strokeCrosses(context, own)
  }
  context.globalAlpha = 1
}

interface Ends {
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
}

function ofLook(lines: Lines, look: number): (Ends & { readonly lost: boolean })[] {
  const found: (Ends & { readonly lost: boolean })[] = []
  for (let i = 0; i < lines.length; i += LINE) {
    if (lines[i] !== look) continue
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0, lost = 0] = lines.subarray(i + 1, i + LINE)
    found.push({ x1, y1, x2, y2, lost: lost === 1 })
  }
  return found
}

function strokeLines(context: Pen, lines: readonly Ends[]): void {
  context.beginPath()
  for (const { x1, y1, x2, y2 } of lines) {
    context.moveTo(x1, y1)
    context.lineTo(x2, y2)
  }
  context.stroke()
}

function strokeCrosses(context: Pen, lines: readonly (Ends & { readonly lost: boolean })[]): void {
  const lost = lines.filter((line) => line.lost)
  if (lost.length === 0) return
  context.beginPath()
  for (const { x2: x, y2: y } of lost) {
    context.moveTo(x - CROSS, y - CROSS)
    context.lineTo(x + CROSS, y + CROSS)
    context.moveTo(x + CROSS, y - CROSS)
    context.lineTo(x - CROSS, y + CROSS)
  }
  context.stroke()
}

/** Draws one message once more, so that it stands out. */
export function drawStress(context: Pen, line: Ends, palette: Palette, width: number): void {
  context.strokeStyle = palette.accent
  context.lineWidth = width
  context.lineCap = 'round'
  strokeLines(context, [line])
  context.lineCap = 'butt'
}
