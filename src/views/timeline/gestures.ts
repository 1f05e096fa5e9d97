/** What the viewer's hands ask of the timeline; places are in CSS pixels from its upper left corner. */
export interface Wishes {
  hover(x: number, y: number): void
  leave(): void
  click(x: number, y: number): void
  /** The playhead is held, pulled along, and let go. */
  hold(): void
  pull(x: number): void
  letGo(): void
  pan(pixels: number): void
  zoom(factor: number, x: number): void
}

/** A pointer that moves less far than this has clicked. */
const STILL = 4
const WHEEL_ZOOM = 0.008
/** One notch of a wheel counts as no more than this many pixels; a touchpad's pinch comes in smaller steps. */
const NOTCH = 50
/** A wheel that counts in lines rather than pixels. */
const LINE = 16

interface Point {
  readonly x: number
  readonly y: number
}

/** Listens to pointers and wheel on an element. Returns how to stop. */
export function listen(element: HTMLElement, wishes: Wishes): () => void {
  const pointers = new Map<number, Point>()
  let pressedAt: Point | null = null
  let isHeld = false

  const pointOf = ({ clientX, clientY }: MouseEvent): Point => {
    const { left, top } = element.getBoundingClientRect()
    return { x: clientX - left, y: clientY - top }
  }
  const drop = () => {
    if (isHeld) wishes.letGo()
    isHeld = false
    pressedAt = null
  }
  const down = (event: PointerEvent) => {
    if (event.button !== 0) return
    const point = pointOf(event)
    element.setPointerCapture(event.pointerId)
    pointers.set(event.pointerId, point)
    if (pointers.size === 1) pressedAt = point
    else drop()
  }
  const move = (event: PointerEvent) => {
    const point = pointOf(event)
    const old = pointers.get(event.pointerId)
    if (old === undefined) return wishes.hover(point.x, point.y)
    if (pointers.size === 2) pinch(event.pointerId, old, point)
    pointers.set(event.pointerId, point)
    if (pressedAt === null) return
    if (!isHeld && Math.abs(point.x - pressedAt.x) >= STILL) {
      isHeld = true
      wishes.hold()
    }
    if (isHeld) wishes.pull(point.x)
  }
  /** The point between two fingers stays between them; their distance is the zoom. */
  const pinch = (id: number, old: Point, point: Point) => {
    const other = [...pointers].find(([key]) => key !== id)?.[1]
    if (other === undefined) return
    const before = Math.max(10, Math.abs(old.x - other.x))
    const after = Math.max(10, Math.abs(point.x - other.x))
    wishes.pan((old.x - point.x) / 2)
    wishes.zoom(after / before, (point.x + other.x) / 2)
  }
  const up = (event: PointerEvent) => {
    if (!pointers.delete(event.pointerId)) return
    const clicked = pressedAt !== null && !isHeld && event.type === 'pointerup'
    drop()
    if (!clicked) return
    const { x, y } = pointOf(event)
    wishes.click(x, y)
  }
  const wheel = (event: WheelEvent) => {
    event.preventDefault()
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : 1
    if (event.ctrlKey || event.metaKey) {
      const by = Math.max(-NOTCH, Math.min(NOTCH, event.deltaY * unit))
      return wishes.zoom(Math.exp(-by * WHEEL_ZOOM), pointOf(event).x)
    }
    const { deltaX, deltaY } = event
    wishes.pan((Math.abs(deltaX) > Math.abs(deltaY) ? deltaX : deltaY) * unit)
  }
  const leave = () => wishes.leave()

  element.addEventListener('pointerdown', down)
  element.addEventListener('pointermove', move)
  element.addEventListener('pointerup', up)
  element.addEventListener('pointercancel', up)
  element.addEventListener('pointerleave', leave)
  element.addEventListener('wheel', wheel, { passive: false })
  return () => {
    element.removeEventListener('pointerdown', down)
    element.removeEventListener('pointermove', move)
    element.removeEventListener('pointerup', up)
    element.removeEventListener('pointercancel', up)
    element.removeEventListener('pointerleave', leave)
    element.removeEventListener('wheel', wheel)
  }
}
