/** Where things stand on the stage, in CSS pixels. */
export interface Point {
  readonly x: number
  readonly y: number
}

export interface Layout {
  readonly width: number
  readonly height: number
  /** By server id − 1. */
  readonly servers: readonly Point[]
  /** C1 and C2. */
  readonly clients: readonly Point[]
  /** Glyphs are drawn in units of which this many make a pixel. */
  readonly scale: number
  /** A server's disc, in pixels. */
  readonly radius: number
}

/** A server's disc in glyph units. */
export const DISC = 43
/** Half as wide as the bar of a write to disk, in glyph units. */
export const WRITE = 22
/** How far a message's way bows out from the straight link, in glyph units. */
const BOW = 26

/** A stage less wide than this is a phone's. */
export const NARROW = 640

/** What must stay free around the ring: the vital signs above, tools and labels below, the legend beside it. */
export interface Insets {
  readonly top: number
  readonly bottom: number
  readonly right?: number
}

/**
 * What the vital signs take above the ring, and below it the tools with their help. `rows` is how many rows of vital
 * signs there are beyond the usual: one on a wide stage, two on a phone.
 */
export function insetsOf(width: number, presenting: boolean, rows = 0): Insets {
  if (width < NARROW) return { top: 78 + 30 * rows, bottom: presenting ? 22 : 86 }
  // On the stage of a window they stand to the left of S1, and only a wide ring has to give way a little.
  if (!presenting) return { top: 50 + 18 * rows, bottom: 78 }
  // For a projector the vital signs and the legend grow with the screen, as vitals.css and legend.css have it.
  const row = Math.max(34, 0.04 * width)
  return { top: 20 + row * (1 + rows), bottom: 22, right: 24 + Math.max(136, 0.16 * width) }
}

/** Servers on an ellipse, S1 on top, then clockwise; a single one in the middle. */
export function layOut(count: number, width: number, height: number, insets: Insets): Layout {
  const free = Math.max(120, height - insets.top - insets.bottom)
  const wanted = count <= 5 ? 1 : count <= 7 ? 0.88 : 0.76
  const least = 0.54
  const broad = width - (insets.right ?? 0)
  // Labels hang below the discs, so the ring's middle stands a little above that of the free space.
  const roomX = broad / 2 - 78
  const guess = Math.max(60, Math.min(free / 2 / 0.96 - 40, roomX / 1.12, 640))
  const scale = Math.max(least, Math.min(2.4, wanted * (0.35 + guess / 320)))
  const above = (DISC + 28) * scale
  const below = (DISC + 46) * scale
  const ry = Math.max(40, (free - above - below) / 2)
  const rx = Math.min(Math.max(60, broad / 2 - 84 * scale), ry * 1.6)
  const cx = broad / 2
  const cy = insets.top + above + ry
  // A label below a disc needs room where others stand one under the other: at the sides of a full ring.
  const sideways = count > 6 ? 0.12 : 0
  const servers = Array.from({ length: count }, (_, i) => {
    if (count === 1) return { x: cx, y: cy }
    const even = -Math.PI / 2 + (i * 2 * Math.PI) / count
    const angle = even + sideways * Math.sin(2 * even)
    return { x: cx + rx * Math.cos(angle), y: cy + ry * Math.sin(angle) }
  })
  const dock = { x: 34 * Math.max(0.8, scale), y: height - insets.bottom - 10 * scale }
  const clients = [dock, { x: dock.x, y: dock.y - 46 * Math.max(0.8, scale) }]
  return { width, height, servers, clients, scale, radius: DISC * scale }
}

/** A layout on the way from one to another: what comes new stands in its place from the start. */
export function between(a: Layout, b: Layout, share: number): Layout {
  const mix = (from: number, to: number) => from + (to - from) * share
  const move = (from: Point | undefined, to: Point) =>
    from === undefined ? to : { x: mix(from.x, to.x), y: mix(from.y, to.y) }
  return {
    ...b,
    servers: b.servers.map((place, i) => move(a.servers[i], place)),
    clients: b.clients.map((place, i) => move(a.clients[i], place)),
    scale: mix(a.scale, b.scale),
    radius: mix(a.radius, b.radius),
  }
}

/** How many of the last entries there is room for below each server. */
export const tailOf = ({ width, servers }: Layout): number => (width < 500 ? 7 : servers.length > 7 ? 9 : 12)

/** The least size of words on the stage, in CSS pixels. */
export const LEAST_WORDS = 10

/** How large a server's role is written, in glyph units: on a small stage words do not shrink with the discs. */
export const roleSize = (scale: number, least: number): number => Math.max(12, (1.05 * least) / scale)

/** Where the role's line of text stands below a server. */
export const roleLine = (size: number): number => DISC + 28 + size

/** Where a server or client stands; addresses above 9 are clients. */
export function placeOf(layout: Layout, address: number): Point {
  const found = address <= 9 ? layout.servers[address - 1] : layout.clients[address - 11]
  return found ?? { x: layout.width / 2, y: layout.height / 2 }
}

/**
 * A point on a message's way, `along` from 0 to 1, edge to edge of the two discs. The way bows to its own right hand,
 * so the two directions of a link never cover each other.
 */
export function pointOnWay(layout: Layout, from: number, to: number, along: number): Point {
  const a = placeOf(layout, from)
  const b = placeOf(layout, to)
  const dx = b.x - a.x
  const dy = b.y - a.y
  const length = Math.hypot(dx, dy) || 1
  const bow = BOW * layout.scale * Math.min(1, length / 160)
  const cx = (a.x + b.x) / 2 - (dy / length) * bow
  const cy = (a.y + b.y) / 2 + (dx / length) * bow
  const start = trim(layout, from, length)
  const t = start + (1 - start - trim(layout, to, length)) * along
  const s = 1 - t
  return { x: s * s * a.x + 2 * s * t * cx + t * t * b.x, y: s * s * a.y + 2 * s * t * cy + t * t * b.y }
}

const trim = (layout: Layout, address: number, length: number): number =>
  Math.min(0.4, (address <= 9 ? layout.radius + 6 : 18 * layout.scale) / length)
