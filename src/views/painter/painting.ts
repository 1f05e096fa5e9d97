import type { StageOrder } from '../stage/stage-painting.ts'
import type { TimelineOrder } from '../timeline/timeline-painting.ts'

/** A canvas of the page, or one that it has lent to a worker. */
export type Surface = HTMLCanvasElement | OffscreenCanvas
export type Pen = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D

/** A picture that is told by orders, plain data, what it shows; so it can be painted in another thread. */
export interface Painting<Order> {
  take(order: Order): void
  /** Brings what the orders have come to onto the surface. */
  paint(): void
}

/** What each kind of painting is told. */
export interface Orders {
  readonly stage: StageOrder
  readonly timeline: TimelineOrder
}
export type PaintingKind = keyof Orders

/** What the painter's thread is sent. */
export type PainterMessage =
  | { readonly kind: 'font'; readonly family: string; readonly source: string; readonly weight: string }
  | {
      readonly kind: 'open'
      readonly id: number
      readonly what: PaintingKind
      readonly surface: OffscreenCanvas
    }
  | { readonly kind: 'order'; readonly id: number; readonly order: Orders[PaintingKind] }
  | { readonly kind: 'close'; readonly id: number }
  /** Several at once: each crossing to another thread costs. */
  | { readonly kind: 'all'; readonly messages: readonly PainterMessage[] }

/** A pen for a surface. Nothing is gained by a graphics card here: pictures are small, and change in each frame. */
export const penOf = (surface: Surface): Pen | null =>
  surface.getContext('2d', { willReadFrequently: true }) as Pen | null

/** An empty picture to draw on once and copy often, in device pixels. */
export function sheet(width: number, height: number): Surface {
  if (typeof OffscreenCanvas !== 'undefined') return new OffscreenCanvas(width, height)
  return Object.assign(document.createElement('canvas'), { width, height })
}
