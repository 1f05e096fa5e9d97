import type { MessageRecord } from '../../simulation/columns.ts'
import type { View } from './draw-lanes.ts'
import type { Layout } from './layout.ts'
import type { MessageIndex } from './message-index.ts'
import { lineOf } from './message-line.ts'
import type { Palette } from './palette.ts'

type Look = 'beat' | 'beatAnswer' | 'append' | 'accept' | 'refuse' | 'vote' | 'client'

interface Stroke {
  readonly color: keyof Palette
  readonly width: number
  readonly alpha: number
  /** Refusals and votes differ in their strokes too, not in colour alone. */
  readonly dash: readonly number[]
}

/** In the order of drawing: what matters more comes later. */
const STROKES: Readonly<Record<Look, Stroke>> = {
  beat: { color: 'msg-beat', width: 0.9, alpha: 0.38, dash: [] },
  beatAnswer: { color: 'msg-accept', width: 0.8, alpha: 0.28, dash: [] },
  client: { color: 'msg-client', width: 1.4, alpha: 0.9, dash: [] },
  append: { color: 'msg-append', width: 1.4, alpha: 0.85, dash: [] },
  accept: { color: 'msg-accept', width: 1.3, alpha: 0.85, dash: [] },
  vote: { color: 'msg-vote', width: 1.7, alpha: 0.95, dash: [7, 2] },
  refuse: { color: 'msg-refuse', width: 1.7, alpha: 0.95, dash: [3, 2.5] },
}
const LOOKS = Object.keys(STROKES) as readonly Look[]

/** Zoomed out so far that heartbeats would be a grey wall, they are left out. */
const WALL = 7000
const CROSS = 3
/** Where lanes stand as near as this, lines are drawn finer. */
const TIGHT = 15
/** How far outside of the stretch a line's ends may show. */
const MARGIN = CROSS + 2

export function lookOf({ kind, tone }: MessageRecord, routine: boolean): Look {
  if (tone === 'heartbeat') return 'beat'
  if (tone === 'refused') return 'refuse'
  if (kind === 'ClientRequest' || kind === 'ClientReply') return 'client'
  if (tone === 'accepted') return routine ? 'beatAnswer' : 'accept'
  return kind === 'RequestVote' ? 'vote' : 'append'
}

/** Draws the messages of a stretch of time as slanted lines; a lost one ends in a cross where it is lost. */
export function drawMessages(
  context: CanvasRenderingContext2D,
  messages: MessageIndex,
  layout: Layout,
  palette: Palette,
  { start, perPixel, width }: View,
): void {
  const lines = new Map<Look, number[]>(LOOKS.map((look) => [look, []]))
  const crosses = new Map<Look, number[]>(LOOKS.map((look) => [look, []]))
  const x = (time: number) => (time - start) / perPixel
  messages.between(start - MARGIN * perPixel, start + (width + MARGIN) * perPixel, (record, i) => {
    const routine = messages.isRoutine(i)
    if (routine && perPixel > WALL) return
    const { t1, y1, t2, y2 } = lineOf(record, layout)
    const look = lookOf(record, routine)
    lines.get(look)?.push(x(t1), y1, x(t2), y2)
    if (record.lost) crosses.get(look)?.push(x(t2), y2)
  })
  const finer = layout.gap < TIGHT && layout.servers > 1 ? 0.75 : 1
  for (const look of LOOKS) {
    const { color, width: lineWidth, alpha, dash } = STROKES[look]
    context.strokeStyle = palette[color]
    context.lineWidth = lineWidth * finer
    context.globalAlpha = alpha
    context.setLineDash([...dash])
    strokeLines(context, lines.get(look) ?? [])
    context.setLineDash([])
    context.globalAlpha = Math.max(alpha, 0.7)
    context.lineWidth = 1.3
    strokeCrosses(context, crosses.get(look) ?? [])
  }
  context.globalAlpha = 1
}

function strokeLines(context: CanvasRenderingContext2D, ends: readonly number[]): void {
  if (ends.length === 0) return
  context.beginPath()
  for (let i = 0; i < ends.length; i += 4) {
    context.moveTo(ends[i] as number, ends[i + 1] as number)
    context.lineTo(ends[i + 2] as number, ends[i + 3] as number)
  }
  context.stroke()
}

function strokeCrosses(context: CanvasRenderingContext2D, places: readonly number[]): void {
  if (places.length === 0) return
  context.beginPath()
  for (let i = 0; i < places.length; i += 2) {
    const x = places[i] as number
    const y = places[i + 1] as number
    context.moveTo(x - CROSS, y - CROSS)
    context.lineTo(x + CROSS, y + CROSS)
    context.moveTo(x + CROSS, y - CROSS)
    context.lineTo(x - CROSS, y + CROSS)
  }
  context.stroke()
}

/** Draws one message once more, so that it stands out. */
export function drawStress(
  context: CanvasRenderingContext2D,
  record: MessageRecord | undefined,
  layout: Layout,
  palette: Palette,
  { start, perPixel }: View,
  width: number,
): void {
  if (record === undefined) return
  const { t1, y1, t2, y2 } = lineOf(record, layout)
  context.strokeStyle = palette.accent
  context.lineWidth = width
  context.lineCap = 'round'
  strokeLines(context, [(t1 - start) / perPixel, y1, (t2 - start) / perPixel, y2])
  context.lineCap = 'butt'
}
