import type { MessageRecord } from '../../simulation/columns.ts'
import type { Flight } from '../../simulation/flight.ts'
import type { ServerFrame } from '../../worker/protocol.ts'
import { type Look, lookOf, progress } from './flights.ts'
import { DISC, type Layout, placeOf, pointOnWay } from './geometry.ts'
import { capsuleWidth, type Pen } from './glyphs.ts'
import { colorOfTerm, type Palette } from './palette.ts'
import type { Sprites } from './sprites.ts'

/** Everything that paints need besides what is to be painted. */
export interface Easel {
  readonly pen: Pen
  readonly palette: Palette
  readonly sprites: Sprites
  readonly layout: Layout
  /** Motion is unwelcome: a message stands in one of four places instead of gliding. */
  readonly steps: boolean
}

const TRAIL = 0.2
const LOOKS: readonly Look[] = ['vote', 'append', 'beat', 'accept', 'refuse', 'client']

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

/** The short trails behind all messages, one stroke for each colour. */
export function paintTrails(
  { pen, palette, layout, steps }: Easel,
  flights: readonly Flight[],
  now: number,
): void {
  if (steps) return
  pen.globalAlpha = 0.38
  pen.lineWidth = 2.5
  pen.lineCap = 'butt'
  for (const look of LOOKS) {
    pen.strokeStyle = palette.looks[look]
    pen.beginPath()
    for (const flight of flights) {
      if (lookOf(flight) !== look) continue
      const { from, to } = flight.message
      const along = progress(flight, now)
      const a = pointOnWay(layout, from, to, Math.max(0, along - TRAIL))
      const b = pointOnWay(layout, from, to, along)
      pen.moveTo(a.x, a.y)
      pen.lineTo(b.x, b.y)
    }
    pen.stroke()
  }
  pen.globalAlpha = 1
}

/** One message on its way. */
export function paintFlight(easel: Easel, flight: Flight, now: number, selected: boolean): void {
  const { pen, palette, sprites, layout, steps } = easel
  const { message } = flight
  const look = lookOf(flight)
  const { x, y } = pointOnWay(layout, message.from, message.to, alongOf(flight, now, steps))
  if (selected) {
    const reach = look === 'append' ? capsuleWidth(message) / 2 + 7 : 16
    pen.strokeStyle = palette.accent
    pen.lineWidth = 2
    pen.beginPath()
    pen.arc(x, y, reach * flightScale(layout), 0, 2 * Math.PI)
    pen.stroke()
  }
  const { image, half } = sprites.of(message, look)
  if (look !== 'client') {
    pen.drawImage(image, x - half, y - half, 2 * half, 2 * half)
    return
  }
  pen.save()
  pen.translate(x, y)
  pen.rotate(heading(layout, flight))
  pen.drawImage(image, -half, -half, 2 * half, 2 * half)
  pen.restore()
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
