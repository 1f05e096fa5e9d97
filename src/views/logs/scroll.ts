/** How far the view may be from the head, in columns, to glide there rather than jump. */
const GLIDE_COLUMNS = 3
const GLIDE = 0.988
/** A drag shorter than this is a click. */
const STILL = 4

/**
 * The sideways scrolling of the matrix: by wheel, drag and keys. While the head is followed, it is brought into view
 * in each animation frame. The track is moved by a transform on a layer of its own: to scroll the element itself would
 * cost a layout and a new layering of the page in each frame.
 */
export class Scroll {
  private readonly view: HTMLElement
  private readonly track: HTMLElement
  private readonly onMove: (left: number, isAtHead: boolean) => void
  private readonly calm = matchMedia('(prefers-reduced-motion: reduce)')
  private drag: { readonly x: number; readonly left: number; moved: boolean } | null = null
  private justDragged = false
  private lastTick = performance.now()
  following = true
  column = 47
  /** How far it can be scrolled, in CSS pixels. */
  furthest = 0
  left = 0

  constructor(view: HTMLElement, track: HTMLElement, onMove: (left: number, isAtHead: boolean) => void) {
    this.view = view
    this.track = track
    this.onMove = onMove
  }

  listen(): () => void {
    const { view } = this
    const stop = new AbortController()
    const { signal } = stop
    const first = { capture: true, signal }
    view.addEventListener('wheel', this.wheel, { passive: false, signal })
    view.addEventListener('pointerdown', this.press, first)
    view.addEventListener('pointermove', this.pull, first)
    view.addEventListener('pointerup', this.release, first)
    view.addEventListener('pointercancel', this.release, first)
    view.addEventListener('click', this.clicked, first)
    return () => stop.abort()
  }

  /** Scrolls for the viewer: whoever goes to the head follows it from then on. */
  to(left: number): void {
    this.following = left >= this.furthest - 2
    this.place(left)
  }

  private place(left: number): void {
    this.left = Math.max(0, Math.min(this.furthest, left))
    const ratio = window.devicePixelRatio || 1
    const text = `translateX(${-Math.round(this.left * ratio) / ratio}px)`
    if (this.track.style.transform !== text) this.track.style.transform = text
    this.onMove(this.left, this.following)
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
    this.place(leaps ? this.furthest : this.left + step)
  }

  private readonly wheel = (event: WheelEvent) => {
    if (event.ctrlKey || this.furthest <= 0) return
    const by = Math.abs(event.deltaX) >= Math.abs(event.deltaY) ? event.deltaX : event.deltaY
    event.preventDefault()
    this.to(this.left + by)
  }

  /** A mouse drags the matrix as a finger does. */
  private readonly press = (event: PointerEvent) => {
    this.justDragged = false
    if (event.button !== 0) return
    this.drag = { x: event.clientX, left: this.left, moved: false }
  }

  private readonly pull = (event: PointerEvent) => {
    const { drag, view } = this
    if (drag === null) return
    const by = event.clientX - drag.x
    if (!drag.moved && Math.abs(by) < STILL) return
    if (!drag.moved) view.setPointerCapture(event.pointerId)
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
