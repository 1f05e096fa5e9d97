import { unreachable } from '../../base/assert.ts'
import { type Painting, type Pen, penOf, type Surface } from '../painter/painting.ts'
import type { Layout } from './geometry.ts'
import { FLIGHT, type Moment } from './moment.ts'
import { type Easel, flightScale, paintBursts, paintFlights, paintTimers } from './paint.ts'
import type { Palette } from './palette.ts'
import { Sprites } from './sprites.ts'

export type StageOrder =
  | {
      readonly kind: 'arrange'
      readonly layout: Layout
      readonly palette: Palette
      /** Device pixels to a CSS pixel. */
      readonly ratio: number
      /** Motion is unwelcome. */
      readonly calm: boolean
    }
  /** The time in µs; with a moment, if it is another one than before. */
  | { readonly kind: 'show'; readonly now: number; readonly moment: Moment | null }

/** With more messages than this on their way, they draw no trails. */
const CROWD = 80

/** Everything that moves on the stage: timers, messages, bursts. */
export class StagePainting implements Painting<StageOrder> {
  private readonly surface: Surface
  private readonly pen: Pen | null
  private easel: Easel | null = null
  private moment: Moment | null = null
  private now = 0

  constructor(surface: Surface) {
    this.surface = surface
    this.pen = penOf(surface)
  }

  take(order: StageOrder): void {
    switch (order.kind) {
      case 'arrange':
        this.arrange(order)
        return
      case 'show':
        this.now = order.now
        this.moment = order.moment ?? this.moment
        return
      default:
        unreachable(order)
    }
  }

  private arrange({ layout, palette, ratio, calm }: StageOrder & { kind: 'arrange' }): void {
    const { surface, pen } = this
    if (pen === null) return
    surface.width = Math.round(layout.width * ratio)
    surface.height = Math.round(layout.height * ratio)
    pen.setTransform(ratio, 0, 0, ratio, 0, 0)
    const sprites = new Sprites(palette, flightScale(layout), ratio)
    this.easel = { pen, palette, sprites, layout, ratio, trails: !calm, steps: calm }
  }

  paint(): void {
    const { easel: bare, moment, now } = this
    if (bare === null || moment === null) return
    const easel = { ...bare, trails: bare.trails && moment.flights.length <= CROWD * FLIGHT }
    easel.pen.clearRect(0, 0, easel.layout.width, easel.layout.height)
    paintTimers(easel, moment, now)
    paintFlights(easel, moment, now)
    paintBursts(easel, moment, now)
  }
}
