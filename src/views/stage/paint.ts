import type { MessageRecord } from '../../simulation/columns.ts'
import type { Flight } from '../../simulation/flight.ts'
import { type Look, lookOf, progress } from './flights.ts'
import { type Layout, placeOf, pointOnWay } from './geometry.ts'

/** The colours of the current theme, read once per theme. */
export interface Palette {
  readonly surface: string
  readonly accent: string
  readonly bad: string
  readonly looks: Readonly<Record<Look, string>>
  readonly terms: readonly string[]
}

export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement)
  const color = (name: string) => style.getPropertyValue(name).trim()
  return {
    surface: color('--surface'),
    accent: color('--accent'),
    bad: color('--bad'),
    looks: {
      vote: color('--msg-vote'),
      append: color('--msg-append'),
      beat: color('--msg-beat'),
      accept: color('--msg-accept'),
      refuse: color('--msg-refuse'),
      client: color('--msg-client'),
    },
    terms: [1, 2, 3, 4, 5, 6].map((n) => color(`--term-${n}`)),
  }
}

/** The most entries that a capsule shows as cells; then a plus says that there are more. */
const MOST_CELLS = 6
const TRAIL = 0.2

/** Draws one message on its way: its trail, then its shape. */
export function paintFlight(
  pen: CanvasRenderingContext2D,
  palette: Palette,
  layout: Layout,
  flight: Flight,
  now: number,
  selected: boolean,
  steps: boolean,
): void {
  const { from, to } = flight.message
  const exact = progress(flight, now)
  // Where motion is unwelcome, a message stands in one of four places instead of gliding.
  const along = steps ? Math.min(0.95, Math.floor(exact * 4) / 4 + 0.125) : exact
  const look = lookOf(flight)
  const color = palette.looks[look]
  if (!steps) paintTrail(pen, layout, from, to, along, color)
  const { x, y } = pointOnWay(layout, from, to, along)
  const scale = Math.max(0.8, layout.scale)
  pen.save()
  pen.translate(x, y)
  pen.scale(scale, scale)
  if (selected) paintSelection(pen, palette, flight)
  if (look === 'client') pen.rotate(heading(layout, flight))
  paintShape(pen, palette, flight, look)
  pen.restore()
}

/** Which way a message points where it is, in radians. */
function heading(layout: Layout, { message: { from, to } }: Flight): number {
  const a = placeOf(layout, from)
  const b = placeOf(layout, to)
  return Math.atan2(b.y - a.y, b.x - a.x)
}

function paintTrail(
  pen: CanvasRenderingContext2D,
  layout: Layout,
  from: number,
  to: number,
  along: number,
  color: string,
): void {
  pen.globalAlpha = 0.38
  pen.strokeStyle = color
  pen.lineWidth = 2.5
  pen.lineCap = 'round'
  pen.beginPath()
  const start = Math.max(0, along - TRAIL)
  for (let i = 0; i <= 4; i++) {
    const { x, y } = pointOnWay(layout, from, to, start + ((along - start) * i) / 4)
    if (i === 0) pen.moveTo(x, y)
    else pen.lineTo(x, y)
  }
  pen.stroke()
  pen.globalAlpha = 1
}

function paintSelection(pen: CanvasRenderingContext2D, palette: Palette, flight: Flight): void {
  pen.strokeStyle = palette.accent
  pen.lineWidth = 2
  pen.beginPath()
  pen.arc(0, 0, lookOf(flight) === 'append' ? capsuleWidth(flight) / 2 + 7 : 16, 0, 2 * Math.PI)
  pen.stroke()
}

function paintShape(pen: CanvasRenderingContext2D, palette: Palette, flight: Flight, look: Look): void {
  const color = palette.looks[look]
  pen.fillStyle = palette.surface
  pen.strokeStyle = color
  pen.lineJoin = 'round'
  pen.lineCap = 'round'
  switch (look) {
    case 'append':
      paintCapsule(pen, palette, flight, color)
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

function paintReply(pen: CanvasRenderingContext2D, palette: Palette, color: string, accepted: boolean): void {
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

function cellsOf({ message }: Flight): number {
  return message.kind === 'AppendEntries' ? Math.min(MOST_CELLS, message.entries.length) : 0
}

function capsuleWidth(flight: Flight): number {
  const { message } = flight
  const more = message.kind === 'AppendEntries' && message.entries.length > MOST_CELLS ? 12 : 0
  return 14 * cellsOf(flight) + 10 + more
}

function paintCapsule(pen: CanvasRenderingContext2D, palette: Palette, flight: Flight, color: string): void {
  const { message } = flight
  if (message.kind !== 'AppendEntries') return
  const width = capsuleWidth(flight)
  pen.lineWidth = 2
  pen.beginPath()
  pen.roundRect(-width / 2, -12, width, 24, 7)
  pen.fill()
  pen.stroke()
  const cells = cellsOf(flight)
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

/** A message bursts where it is lost: rays that fly apart and fade. */
export function paintBurst(
  pen: CanvasRenderingContext2D,
  palette: Palette,
  layout: Layout,
  record: MessageRecord,
  age: number,
): void {
  const { x, y } = pointOnWay(layout, record.from, record.to, record.place / 1e6)
  const scale = Math.max(0.8, layout.scale)
  const inner = (4 + 7 * age) * scale
  const outer = (9 + 10 * age) * scale
  pen.globalAlpha = 1 - age * 0.85
  pen.strokeStyle = palette.bad
  pen.lineWidth = 2.2
  pen.lineCap = 'round'
  pen.beginPath()
  for (let i = 0; i < 8; i++) {
    const angle = (i * Math.PI) / 4 + 0.2
    pen.moveTo(x + inner * Math.cos(angle), y + inner * Math.sin(angle))
    pen.lineTo(x + outer * Math.cos(angle), y + outer * Math.sin(angle))
  }
  pen.stroke()
  pen.globalAlpha = 1
}
