/** How far the view may be from the head, in columns, to glide there rather than jump. */
const GLIDE_COLUMNS = 3
const GLIDE = 0.988
/** A scroll counts as the viewer's so many ms after the hand was last seen at work. */
const HAND = 400
const STILL = 4

/**
 * The sideways scrolling of the matrix: by wheel, finger, drag and keys. While the head is followed, it is brought
 * into view in each animation frame.
 */
export class Scroll {
  private readonly element: HTMLElement
  private readonly onMove: (left: number, isAtHead: boolean) => void
  private readonly calm = matchMedia('(prefers-reduced-motion: reduce)')
  private handAt = -Infinity
  private drag: { readonly x: number; readonly left: number; moved: boolean } | null = null
  private justDragged = false
  private lastTick = performance.now()
  following = true
  column = 47
  /** How far it can be scrolled, as the page knows it: to measure that would cost a layout in each frame. */
  furthest = 0
  left = 0

  constructor(element: HTMLElement, onMove: (left: number, isAtHead: boolean) => void) {
    this.element = element
    this.onMove = onMove
  }

  listen(): () => void {
    const { element } = this
    const options = { passive: false } as const
    const pairs = [
      ['scroll', this.scrolled],
      ['wheel', this.wheel],
      ['touchmove', this.hand],
      ['pointerdown', this.press],
      ['pointermove', this.pull],
      ['pointerup', this.release],
      ['pointercancel', this.release],
      ['click', this.clicked],
    ] as const
    for (const [name, listener] of pairs) {
      element.addEventListener(
        name,
        listener as EventListener,
        name === 'wheel' ? options : { capture: true },
      )
    }
    return () => {
      for (const [name, listener] of pairs) {
        element.removeEventListener(name, listener as EventListener, { capture: name !== 'wheel' })
      }
    }
  }

  /** Scrolls for the viewer. */
  to(left: number): void {
    this.hand()
    this.element.scrollLeft = left
    this.scrolled()
  }

  /** Keeps the head in view while it is followed. */
  tick(): void {
    const time = performance.now()
    const elapsed = time - this.lastTick
    this.lastTick = time
    if (!this.following) return
    const way = this.furthest - this.left
    if (Math.abs(way) < 1) return
    const leaps = this.calm.matches || Math.abs(way) > GLIDE_COLUMNS * this.column
    const step = Math.sign(way) * Math.max(1, Math.abs(way) * (1 - GLIDE ** elapsed))
    this.left += leaps ? way : step
    this.element.scrollLeft = this.left
  }

  private readonly hand = () => {
    this.handAt = performance.now()
  }

  private readonly scrolled = () => {
    const isByHand = performance.now() - this.handAt < HAND
    if (isByHand) this.handAt = performance.now()
    const { scrollLeft } = this.element
    if (isByHand) this.following = scrollLeft >= this.furthest - 2
    // What was written comes back rounded; only another place is news.
    if (Math.abs(scrollLeft - this.left) >= 1) this.left = scrollLeft
    this.onMove(this.left, this.following)
  }

  private readonly wheel = (event: WheelEvent) => {
    if (event.ctrlKey || this.furthest <= 0) return
    this.hand()
    if (Math.abs(event.deltaX) >= Math.abs(event.deltaY)) return
    event.preventDefault()
    this.element.scrollLeft += event.deltaY
  }

  /** A mouse drags the matrix as a finger does. */
  private readonly press = (event: PointerEvent) => {
    this.justDragged = false
    if (event.pointerType !== 'mouse' || event.button !== 0) return
    this.drag = { x: event.clientX, left: this.element.scrollLeft, moved: false }
  }

  private readonly pull = (event: PointerEvent) => {
    const { drag, element } = this
    if (drag === null) return
    const by = event.clientX - drag.x
    if (!drag.moved && Math.abs(by) < STILL) return
    if (!drag.moved) element.setPointerCapture(event.pointerId)
    drag.moved = true
    this.to(drag.left - by)
  }

  private readonly release = () => {
    this.justDragged = this.drag?.moved === true
    this.drag = null
  }

  /** The end of a drag is no click. */
  private readonly clicked = (event: MouseEvent) => {
    if (this.justDragged) event.stopPropagation()
    this.justDragged = false
  }
}
