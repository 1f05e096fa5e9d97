import { penOf, type Surface, sheet } from '../painter/painting.ts'
import type { Look } from './flights.ts'
import { capsuleWidth, paintShape } from './glyphs.ts'
import type { Palette } from './palette.ts'

/** A message's shape, drawn once. */
interface Sprite {
  readonly image: Surface
  /** Half its width and height, in device pixels. */
  readonly half: number
}

/**
 * The shapes of messages as pictures. Without a graphics card, strokes and round corners are what makes a frame slow;
 * copying a small picture is quick.
 */
export class Sprites {
  private readonly drawn = new Map<string, Sprite>()
  private readonly palette: Palette
  private readonly scale: number
  private readonly ratio: number

  /** `scale` is CSS pixels to a glyph unit, `ratio` device pixels to a CSS pixel. */
  constructor(palette: Palette, scale: number, ratio: number) {
    this.palette = palette
    this.scale = scale
    this.ratio = ratio
  }

  of(look: Look, cells: number): Sprite {
    const key = `${look}${cells}`
    const found = this.drawn.get(key)
    if (found !== undefined) return found
    const sprite = this.draw(look, cells)
    this.drawn.set(key, sprite)
    return sprite
  }

  private draw(look: Look, cells: number): Sprite {
    const half = (look === 'append' ? capsuleWidth(cells) / 2 + 2 : 13) * this.scale
    const side = 2 * Math.ceil(half * this.ratio)
    const image = sheet(side, side)
    const pen = penOf(image)
    if (pen !== null) {
      pen.translate(side / 2, side / 2)
      pen.scale(this.scale * this.ratio, this.scale * this.ratio)
      paintShape(pen, this.palette, look, cells)
    }
    return { image, half: side / 2 }
  }
}
