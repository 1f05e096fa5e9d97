import type { View } from './draw-lanes.ts'
import type { Mark } from './draw-marks.ts'
import { type Layout, sameLayout } from './layout.ts'
import type { Palette } from './palette.ts'

export const TILE_WIDTH = 512
/** A tile that keeps changing is drawn again after so many ms at the soonest. */
const REDRAW_EVERY = 50
/** Pixels by which a message may show outside its own stretch of time: crosses, line ends. */
const OVERHANG = 6

/** Everything but the records that decides what a tile looks like. */
export interface Look {
  readonly perPixel: number
  readonly layout: Layout
  readonly palette: Palette
  readonly marks: readonly Mark[]
  readonly height: number
  readonly ratio: number
}

type Paint = (context: CanvasRenderingContext2D, look: Look, view: View) => void

interface Tile {
  readonly canvas: HTMLCanvasElement
  /** Which stretch of time it shows. */
  place: number
  isStale: boolean
  drawnAt: number
}

/** The place of a tile that shows nothing. */
const NOWHERE = -Infinity

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

const sameLook = (a: Look, b: Look): boolean =>
  a.perPixel === b.perPixel &&
  a.palette === b.palette &&
  a.marks === b.marks &&
  a.height === b.height &&
  a.ratio === b.ratio &&
  sameLayout(a.layout, b.layout)

/**
 * A drawing of the records, on canvases that each show a fixed stretch of time: scrolling only moves
 * them, and just those are drawn again in which something has changed.
 */
export class Tiles {
  private readonly host: HTMLElement
  private readonly tiles: Tile[] = []
  private readonly paint: Paint
  private look: Look | null = null

  constructor(host: HTMLElement, paint: Paint) {
    this.host = host
    this.paint = paint
  }

  /** What shows between these times is no longer as drawn; `atOnce` it must be drawn anew. */
  touch(from: number, to: number, atOnce = false): void {
    if (this.look === null) return
    for (const tile of this.tiles) {
      if (!touches(tile.place, from, to, this.look.perPixel)) continue
      tile.isStale = true
      if (atOnce) tile.drawnAt = -Infinity
    }
  }

  /** Puts the tiles of the window in their places, and draws those that need it. Their host itself stands at −`shift`. */
  show(look: Look, start: number, width: number, time: number, shift = 0): void {
    if (this.look === null || !sameLook(look, this.look)) {
      for (const tile of this.tiles) tile.place = NOWHERE
      this.look = look
    }
    const [first, last] = placesOf(start, width, look.perPixel)
    for (let place = first; place <= last; place++) {
      const tile = this.tiles.find((other) => other.place === place) ?? this.claim(place, first, last)
      if (tile.isStale && time - tile.drawnAt >= REDRAW_EVERY) this.draw(tile, look, time)
    }
    for (const { canvas, place } of this.tiles) {
      const isShown = place >= first && place <= last
      if (canvas.hidden === isShown) canvas.hidden = !isShown
      if (isShown) canvas.style.transform = translation((place - first) * TILE_WIDTH)
    }
    // One move moves them all; by whole device pixels, so that lines stay as sharp as drawn.
    const x = Math.round((first * TILE_WIDTH - start / look.perPixel) * look.ratio) / look.ratio
    this.host.style.transform = translation(x + shift)
  }

  /** A tile for a new place: one that is out of view and furthest from it, or another one. */
  private claim(place: number, first: number, last: number): Tile {
    const spare = last - first + 3
    const far = ({ place: other }: Tile) => Math.max(first - other, other - last)
    const free = this.tiles.filter((tile) => far(tile) > 0).sort((a, b) => far(b) - far(a))[0]
    const isSpent = free !== undefined && (free.place === NOWHERE || this.tiles.length >= spare)
    const tile = isSpent ? free : this.make()
    tile.place = place
    tile.isStale = true
    tile.drawnAt = -Infinity
    return tile
  }

  private make(): Tile {
    const canvas = document.createElement('canvas')
    this.host.append(canvas)
    const tile = { canvas, place: NOWHERE, isStale: true, drawnAt: -Infinity }
    this.tiles.push(tile)
    return tile
  }

  private draw(tile: Tile, look: Look, time: number): void {
    const { canvas, place } = tile
    const { perPixel, height, ratio } = look
    const context = emptied(canvas, TILE_WIDTH, height, ratio)
    tile.isStale = false
    tile.drawnAt = time
    if (context === null) return
    this.paint(context, look, { start: place * TILE_WIDTH * perPixel, perPixel, width: TILE_WIDTH })
  }
}

const translation = (x: number): string => `translate3d(${x}px, 0, 0)`

/** Empties a canvas at this size in CSS pixels. */
function emptied(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
  ratio: number,
): CanvasRenderingContext2D | null {
  const w = Math.round(width * ratio)
  const h = Math.round(height * ratio)
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w
    canvas.height = h
    canvas.style.width = `${width}px`
    canvas.style.height = `${height}px`
  }
  const context = canvas.getContext('2d')
  context?.setTransform(ratio, 0, 0, ratio, 0, 0)
  context?.clearRect(0, 0, width, height)
  return context
}
