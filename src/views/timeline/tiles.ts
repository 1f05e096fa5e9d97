export const TILE_WIDTH = 512
/** A tile in which something has become different is drawn again after so many ms at the soonest. */
const REDRAW_EVERY = 50
/** Pixels by which a message or a sign may show outside its own stretch of time. */
export const OVERHANG = 8
/** How many tiles beyond each edge of the window are kept. */
const SPARE = 2

interface Tile {
  isStale: boolean
  drawnAt: number
}

/** The places of the tiles that cover a window beginning at `start`, in µs. */
export function placesOf(start: number, width: number, perPixel: number): [first: number, last: number] {
  const span = TILE_WIDTH * perPixel
  return [Math.floor(start / span), Math.floor((start + width * perPixel) / span)]
}

/** Whether the tile at `place` shows anything of a stretch of time. */
export function touches(place: number, from: number, to: number, perPixel: number): boolean {
  const span = TILE_WIDTH * perPixel
  const overhang = OVERHANG * perPixel
  return from - overhang < (place + 1) * span && to + overhang >= place * span
}

/** Whether a tile is remembered while the window covers those from `first` to `last`. */
export const isKept = (place: number, first: number, last: number): boolean =>
  place >= first - SPARE && place <= last + SPARE

/**
 * The records are drawn on tiles that each show a fixed stretch of time: scrolling only moves them. Here is kept which
 * of them the painter has, and what has changed in them since.
 */
export class Tiles {
  private readonly tiles = new Map<number, Tile>()
  private perPixel = 1

  /** Another scale, or another look: all have to be drawn anew. */
  clear(perPixel: number): void {
    this.perPixel = perPixel
    this.tiles.clear()
  }

  /** What shows between these times is no longer as drawn; `atOnce` it must be drawn anew. */
  touch(from: number, to: number, atOnce = false): void {
    for (const [place, tile] of this.tiles) {
      if (!touches(place, from, to, this.perPixel)) continue
      tile.isStale = true
      if (atOnce) tile.drawnAt = -Infinity
    }
  }

  /** The places in a window whose tiles have to be drawn now. They are taken to be so afterwards. */
  due(start: number, width: number, time: number): number[] {
    const [first, last] = placesOf(start, width, this.perPixel)
    for (const place of this.tiles.keys()) if (!isKept(place, first, last)) this.tiles.delete(place)
    const due: number[] = []
    for (let place = first; place <= last; place++) {
      const tile = this.tiles.get(place)
      if (tile !== undefined && !(tile.isStale && time - tile.drawnAt >= REDRAW_EVERY)) continue
      this.tiles.set(place, { isStale: false, drawnAt: time })
      due.push(place)
    }
    return due
  }
}
