import { unreachable } from '../../base/assert.ts'
import { type Painting, type Pen, penOf, type Surface, sheet } from '../painter/painting.ts'
import type { LanesPart } from './condition-index.ts'
import { drawAxis } from './draw-axis.ts'
import { drawBand, drawGuides, drawLanes } from './draw-lanes.ts'
import { drawMarks } from './draw-marks.ts'
import { drawMessages, drawStress } from './draw-messages.ts'
import type { Layout } from './layout.ts'
import type { Mark } from './mark.ts'
import type { Line } from './message-line.ts'
import type { Lines } from './message-lines.ts'
import type { Palette } from './palette.ts'
import type { Sign } from './signs.ts'
import { isKept, placesOf, TILE_WIDTH } from './tiles.ts'
import type { View } from './view.ts'

/** Everything but the records and the window that decides what the timeline looks like. */
export interface Look {
  readonly width: number
  readonly height: number
  /** Device pixels to a CSS pixel. */
  readonly ratio: number
  readonly perPixel: number
  readonly layout: Layout
  readonly palette: Palette
  readonly marks: readonly Mark[]
}

/** A message that stands out, with the width of its line. */
export type Stressed = Line & { readonly width: number }

export type TimelineOrder =
  /** Nothing that was drawn before is of use any more. */
  | { readonly kind: 'look'; readonly look: Look }
  /** What a tile shows from now on. */
  | { readonly kind: 'messages'; readonly place: number; readonly lines: Lines }
  | { readonly kind: 'lanes'; readonly place: number; readonly part: LanesPart }
  /** The window to show: from a time on, with lanes up to where something is known. */
  | {
      readonly kind: 'show'
      readonly start: number
      readonly known: number
      readonly stressed: readonly Stressed[]
    }

interface Tile {
  readonly messages: Surface
  /** What never changes: guides, marks, axis. */
  readonly signs: Surface
  readonly lanes: Surface
}

type DrawSigns = typeof import('./draw-signs.ts').drawSigns

/** The timeline's drawing: tiles of fixed stretches of time, put together as the window wants them. */
export class TimelinePainting implements Painting<TimelineOrder> {
  private readonly surface: Surface
  private readonly pen: Pen | null
  private readonly tiles = new Map<number, Tile>()
  private drawSigns: DrawSigns | null = null
  private isLoading = false
  /** What could not be drawn yet, by place. */
  private readonly unsigned = new Map<number, readonly Sign[]>()
  private look: Look | null = null
  private shown: TimelineOrder & { kind: 'show' } = { kind: 'show', start: 0, known: 0, stressed: [] }

  constructor(surface: Surface) {
    this.surface = surface
    this.pen = penOf(surface)
  }

  take(order: TimelineOrder): void {
    switch (order.kind) {
      case 'look':
        this.put(order.look)
        return
      case 'messages':
        this.draw(order.place, 'messages', true, (pen, { layout, palette }) =>
          drawMessages(pen, order.lines, layout, palette),
        )
        return
      case 'lanes':
        this.draw(order.place, 'lanes', true, (pen, { layout, palette }, view) => {
          drawLanes(pen, order.part, layout, palette, view)
          drawBand(pen, order.part, layout, palette, view)
        })
        this.sign(order.place, order.part.signs)
        return
      case 'show':
        this.shown = order
        this.forget()
        return
      default:
        unreachable(order)
    }
  }

  /** A run with nothing beyond §5 does without the program for signs: it is loaded with the first of them. */
  private sign(place: number, signs: readonly Sign[]): void {
    if (this.drawSigns !== null) return this.drawOn(place, signs, this.drawSigns)
    this.unsigned.set(place, signs)
    if (signs.length === 0 || this.isLoading) return
    this.isLoading = true
    void import('./draw-signs.ts').then(
      ({ drawSigns }) => {
        this.drawSigns = drawSigns
        for (const [at, those] of this.unsigned) this.drawOn(at, those, drawSigns)
        this.unsigned.clear()
        this.paint()
      },
      () => undefined, // the lanes are there without them
    )
  }

  private drawOn(place: number, signs: readonly Sign[], drawSigns: DrawSigns): void {
    this.draw(place, 'lanes', false, (pen, { layout, palette }, view) =>
      drawSigns(pen, signs, layout, palette, view),
    )
  }

  private put(look: Look): void {
    const { surface } = this
    this.look = look
    this.tiles.clear()
    this.unsigned.clear()
    surface.width = Math.round(look.width * look.ratio)
    surface.height = Math.round(look.height * look.ratio)
  }

  /** Draws a part of a tile, in CSS pixels: anew, or over what is there. */
  private draw(
    place: number,
    part: keyof Tile,
    anew: boolean,
    drawing: (pen: Pen, look: Look, view: View) => void,
  ): void {
    const { look } = this
    if (look === null) return
    const pen = penOf(this.tile(place, look)[part])
    if (pen === null) return
    if (anew) pen.clearRect(0, 0, TILE_WIDTH, look.height)
    drawing(pen, look, {
      start: place * TILE_WIDTH * look.perPixel,
      perPixel: look.perPixel,
      width: TILE_WIDTH,
    })
  }

  private tile(place: number, { height, ratio }: Look): Tile {
    const found = this.tiles.get(place)
    if (found !== undefined) return found
    const empty = () => {
      const surface = sheet(Math.ceil(TILE_WIDTH * ratio), Math.max(1, Math.round(height * ratio)))
      penOf(surface)?.setTransform(ratio, 0, 0, ratio, 0, 0)
      return surface
    }
    const tile = { messages: empty(), signs: empty(), lanes: empty() }
    this.tiles.set(place, tile)
    this.draw(place, 'signs', true, (pen, { layout, palette, marks }, view) => {
      drawGuides(pen, layout, palette, view)
      drawMarks(pen, marks, layout, palette, view)
      drawAxis(pen, layout, palette, view)
    })
    return tile
  }

  private forget(): void {
    const { look, shown } = this
    if (look === null) return
    const [first, last] = placesOf(shown.start, look.width, look.perPixel)
    for (const places of [this.tiles, this.unsigned])
      for (const place of places.keys()) if (!isKept(place, first, last)) places.delete(place)
  }

  paint(): void {
    const { pen, look, shown } = this
    if (pen === null || look === null) return
    const { width, height, ratio, perPixel, palette } = look
    pen.setTransform(1, 0, 0, 1, 0, 0)
    pen.clearRect(0, 0, this.surface.width, this.surface.height)
    this.copy(pen, 'messages', look)
    pen.setTransform(ratio, 0, 0, ratio, 0, 0)
    for (const { t1, y1, t2, y2, width: stroke } of shown.stressed) {
      const [x1, x2] = [(t1 - shown.start) / perPixel, (t2 - shown.start) / perPixel]
      drawStress(pen, { x1, y1, x2, y2 }, palette, stroke)
    }
    pen.setTransform(1, 0, 0, 1, 0, 0)
    this.copy(pen, 'signs', look)
    const known = Math.max(0, Math.min(width, (shown.known - shown.start) / perPixel))
    pen.save()
    pen.beginPath()
    pen.rect(0, 0, Math.round(known * ratio), Math.round(height * ratio))
    pen.clip()
    this.copy(pen, 'lanes', look)
    pen.restore()
  }

  /** One part of all tiles in view, at whole device pixels, so that lines stay as sharp as drawn. */
  private copy(pen: Pen, part: keyof Tile, { perPixel, ratio }: Look): void {
    for (const [place, tile] of this.tiles) {
      const x = Math.round((place * TILE_WIDTH - this.shown.start / perPixel) * ratio)
      if (x < this.surface.width && x + TILE_WIDTH * ratio > 0) pen.drawImage(tile[part], x, 0)
    }
  }
}
