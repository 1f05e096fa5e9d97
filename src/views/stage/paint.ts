import type { MessageRecord } from '../../simulation/columns.ts'
import type { Flight } from '../../simulation/flight.ts'
import type { ServerFrame } from '../../worker/protocol.ts'
import { type Look, lookOf, progress } from './flights.ts'
import { DISC, type Layout, type Point, placeOf, pointOnWay } from './geometry.ts'
import { capsuleWidth, type Pen } from './glyphs.ts'
import { colorOfTerm, type Palette } from './palette.ts'
import type { Sprites } from './sprites.ts'

/** Everything that paints need besides what is to be painted. */
export interface Easel {
  readonly pen: Pen
  readonly palette: Palette
  readonly sprites: Sprites
  readonly layout: Layout
  /** Device pixels to a CSS pixel. */
  readonly ratio: number
  /** Whether messages draw a trail behind them. In a crowd, trails hide more than they show, and cost most of a frame. */
  readonly trails: boolean
  /** Motion is unwelcome: a message stands in one of four places instead of gliding. */
  readonly steps: boolean
}

const TRAIL = 0.2

/** How large glyphs on the way are: on a small stage they do not shrink with the servers. */
export const flightScale = (layout: Layout): number => Math.max(0.8, layout.scale)

function alongOf(flight: Flight, now: number, steps: boolean): number {
  const exact = progress(flight, now)
  return steps ? Math.min(0.95, Math.floor(exact * 4) / 4 + 0.125) : exact
}

/** The election timers as arcs that run down, over the discs' edges. */
export function paintTimers(
  { pen, palette, layout }: Easel,
  servers: readonly ServerFrame[],
  now: number,
): void {
  pen.lineWidth = 6 * layout.scale
  pen.lineCap = 'round'
  for (const { id, state, currentTerm, electionSetAt: from, electionDue: to } of servers) {
    if (state === 'down' || to === Infinity || to <= from) continue
    const left = Math.max(0, Math.min(1, (to - now) / (to - from)))
    if (left === 0) continue
    const { x, y } = placeOf(layout, id)
    pen.globalAlpha = state === 'paused' ? 0.45 : 1
    pen.strokeStyle = colorOfTerm(palette, currentTerm)
    pen.beginPath()
    pen.arc(x, y, DISC * layout.scale, -Math.PI / 2, -Math.PI / 2 + 2 * Math.PI * left)
    pen.stroke()
  }
  pen.globalAlpha = 1
}

/** The short trail behind a message. */
function paintTrail(
  { pen, palette, layout }: Easel,
  flight: Flight,
  look: Look,
  now: number,
  head: Point,
): void {
  const { from, to } = flight.message
  const tail = pointOnWay(layout, from, to, Math.max(0, progress(flight, now) - TRAIL))
  pen.strokeStyle = palette.trails[look]
  pen.lineWidth = 2.5
  pen.beginPath()
  pen.moveTo(tail.x, tail.y)
  pen.lineTo(head.x, head.y)
  pen.stroke()
}

/** One message on its way. */
export function paintFlight(easel: Easel, flight: Flight, now: number, selected: boolean): void {
  const { pen, palette, sprites, layout, ratio, trails, steps } = easel
  const { message } = flight
  const look = lookOf(flight)
  const head = pointOnWay(layout, message.from, message.to, alongOf(flight, now, steps))
  const { x, y } = head
  if (trails) paintTrail(easel, flight, look, now, head)
  if (selected) {
    const reach = look === 'append' ? capsuleWidth(message) / 2 + 7 : 16
    pen.strokeStyle = palette.accent
    pen.lineWidth = 2
    pen.beginPath()
    pen.arc(x, y, reach * flightScale(layout), 0, 2 * Math.PI)
    pen.stroke()
  }
  const { image, half } = sprites.of(message, look)
  // In whole device pixels a picture is copied as it is; anywhere else it would be resampled.
  const [left, top] = [Math.round(x * ratio) - half, Math.round(y * ratio) - half]
  if (look !== 'client') {
    pen.setTransform(1, 0, 0, 1, left, top)
    pen.drawImage(image, 0, 0)
  } else {
    pen.setTransform(1, 0, 0, 1, left + half, top + half)
    pen.rotate(heading(layout, flight))
    pen.drawImage(image, -half, -half)
  }
  pen.setTransform(ratio, 0, 0, ratio, 0, 0)
}

/** Which way a message points where it is, in radians. */
function heading(layout: Layout, { message: { from, to } }: Flight): number {
  const a = placeOf(layout, from)
  const b = placeOf(layout, to)
  return Math.atan2(b.y - a.y, b.x - a.x)
}

/** A message bursts where it is lost: rays that fly apart and fade. */
export function paintBurst({ pen, palette, layout }: Easel, record: MessageRecord, age: number): void {
  const { x, y } = pointOnWay(layout, record.from, record.to, record.place / 1e6)
  const scale = flightScale(layout)
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
