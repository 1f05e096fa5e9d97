import type { Message } from '../../raft/messages.ts'
import type { Look } from './flights.ts'
import { capsuleWidth, paintShape } from './glyphs.ts'
import type { Palette } from './palette.ts'

/** A message's shape, drawn once. */
interface Sprite {
  readonly image: HTMLCanvasElement
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

  of(message: Message, look: Look): Sprite {
    const key = look === 'append' ? `append ${termsOf(message)}` : look
    const found = this.drawn.get(key)
    if (found !== undefined) return found
    const sprite = this.draw(message, look)
    this.drawn.set(key, sprite)
    return sprite
  }

  private draw(message: Message, look: Look): Sprite {
    const half = (look === 'append' ? capsuleWidth(message) / 2 + 2 : 13) * this.scale
    const image = document.createElement('canvas')
    image.width = 2 * Math.ceil(half * this.ratio)
    image.height = image.width
    const pen = image.getContext('2d')
    if (pen !== null) {
      pen.translate(image.width / 2, image.height / 2)
      pen.scale(this.scale * this.ratio, this.scale * this.ratio)
      paintShape(pen, this.palette, message, look)
    }
    return { image, half: image.width / 2 }
  }
}

/** The terms of the entries that a capsule shows, by colour, and whether there are more. */
function termsOf(message: Message): string {
  if (message.kind !== 'AppendEntries') return ''
  let terms = ''
  for (let i = 0; i < Math.min(7, message.entries.length); i++) terms += (message.entries[i]?.term ?? 0) % 6
  return terms
}
