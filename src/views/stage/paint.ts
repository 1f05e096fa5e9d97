import type { Pen } from '../painter/painting.ts'
import { LOOKS, type Look, share } from './flights.ts'
import { DISC, type Layout, type Point, placeOf, pointOnWay, WRITE } from './geometry.ts'
import { capsuleWidth } from './glyphs.ts'
import { FLIGHT, LOSS, type Moment, TIMER, TIMERS } from './moment.ts'
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

/** A number of a packed list; there are no gaps in it. */
const at = (list: Float64Array, i: number): number => list[i] ?? 0

/** How the timers that run down as arcs are drawn: how far from the disc's edge, and how wide, in glyph units. */
const ARCS = { election: [0, 6], lease: [5.2, 3.6], quorum: [-5.5, 2.6] } as const

/** The timers as arcs that run down: at the discs' edges, a lease around them, CheckQuorum's inside them. */
export function paintTimers(easel: Easel, { timers }: Moment, now: number): void {
  const { pen, palette, layout } = easel
  pen.lineCap = 'round'
  for (let i = 0; i < timers.length; i += TIMER) {
    const which = TIMERS[at(timers, i)] ?? 'election'
    const [from, to] = [at(timers, i + 4), at(timers, i + 5)]
    const left = Math.max(0, Math.min(1, (to - now) / (to - from)))
    if (left === 0) continue
    const place = placeOf(layout, at(timers, i + 1))
    if (which === 'write') {
      paintWrite(easel, place, 1 - left)
      continue
    }
    pen.globalAlpha = at(timers, i + 2) === 1 ? 0.45 : 1
    const term = colorOfTerm(palette, at(timers, i + 3))
    const { looks, surface } = palette
    pen.strokeStyle = { election: term, lease: looks.accept, quorum: surface }[which]
    const [out, width] = ARCS[which]
    pen.lineWidth = width * layout.scale
    pen.beginPath()
    pen.arc(place.x, place.y, (DISC + out) * layout.scale, -Math.PI / 2, -Math.PI / 2 + 2 * Math.PI * left)
    pen.stroke()
  }
  pen.globalAlpha = 1
}

/** What is written to a disk, as a bar that fills under the server's log. */
function paintWrite({ pen, palette, layout }: Easel, { x, y }: Point, done: number): void {
  const { scale } = layout
  const [left, foot] = [x - WRITE * scale, y + (DISC + 27) * scale]
  pen.strokeStyle = palette.ink
  pen.lineWidth = 2.4 * scale
  for (const [alpha, share] of [
    [0.25, 1],
    [1, done],
  ] as const) {
    pen.globalAlpha = alpha
    pen.beginPath()
    pen.moveTo(left, foot)
    pen.lineTo(left + 2 * WRITE * scale * share, foot)
    pen.stroke()
  }
}

/** Every message on its way. */
export function paintFlights(easel: Easel, { flights, selected }: Moment, now: number): void {
  for (let i = 0; i < flights.length; i += FLIGHT) {
    const [from, to] = [at(flights, i), at(flights, i + 1)]
    const look = LOOKS[at(flights, i + 2)] ?? 'beat'
    const along = share(at(flights, i + 3), at(flights, i + 4), at(flights, i + 5), now)
    const cells = at(flights, i + 6)
    const head = pointOnWay(easel.layout, from, to, easel.steps ? stepped(along) : along)
    if (easel.trails)
      paintTrail(easel, look, pointOnWay(easel.layout, from, to, Math.max(0, along - TRAIL)), head)
    if (i === selected * FLIGHT) paintRing(easel, head, look === 'append' ? capsuleWidth(cells) / 2 + 7 : 17)
    paintGlyph(easel, look, cells, head, look === 'client' ? heading(easel.layout, from, to) : 0)
  }
}

const stepped = (along: number): number => Math.min(0.95, Math.floor(along * 4) / 4 + 0.125)

/** The short trail behind a message. */
function paintTrail({ pen, palette }: Easel, look: Look, tail: Point, head: Point): void {
  pen.strokeStyle = palette.trails[look]
  pen.lineWidth = 2.5
  pen.beginPath()
  pen.moveTo(tail.x, tail.y)
  pen.lineTo(head.x, head.y)
  pen.stroke()
}

/** Around the message that is selected. */
function paintRing({ pen, palette, layout }: Easel, { x, y }: Point, reach: number): void {
  pen.strokeStyle = palette.accent
  pen.lineWidth = 2
  pen.beginPath()
  pen.arc(x, y, reach * flightScale(layout), 0, 2 * Math.PI)
  pen.stroke()
}

function paintGlyph(easel: Easel, look: Look, cells: number, { x, y }: Point, turned: number): void {
  const { pen, sprites, ratio } = easel
  const { image, half } = sprites.of(look, cells)
  // In whole device pixels a picture is copied as it is; anywhere else it would be resampled.
  const [left, top] = [Math.round(x * ratio) - half, Math.round(y * ratio) - half]
  if (turned === 0) {
    pen.setTransform(1, 0, 0, 1, left, top)
    pen.drawImage(image, 0, 0)
  } else {
    pen.setTransform(1, 0, 0, 1, left + half, top + half)
    pen.rotate(turned)
    pen.drawImage(image, -half, -half)
  }
  pen.setTransform(ratio, 0, 0, ratio, 0, 0)
}

/** Which way a message points where it is, in radians. */
function heading(layout: Layout, from: number, to: number): number {
  const a = placeOf(layout, from)
  const b = placeOf(layout, to)
  return Math.atan2(b.y - a.y, b.x - a.x)
}

/** A message bursts where it is lost: rays that fly apart and fade. */
export function paintBursts(easel: Easel, { losses, span }: Moment, now: number): void {
  for (let i = 0; i < losses.length; i += LOSS) {
    const age = (now - at(losses, i + 3)) / span
    if (age < 0 || age >= 1) continue
    paintBurst(
      easel,
      pointOnWay(easel.layout, at(losses, i), at(losses, i + 1), at(losses, i + 2) / 1e6),
      age,
    )
  }
}

function paintBurst({ pen, palette, layout }: Easel, { x, y }: Point, age: number): void {
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
