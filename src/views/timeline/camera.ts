/** The part of time that the timeline shows, and how it keeps up with the playhead. */

/** µs per CSS pixel: from single events to half a minute on a desk's screen. */
const CLOSEST = 10
const FURTHEST = 20_000
const ZOOM_STEP = 1.5
/** Where the playhead stands while it is followed, as a share of the width. */
const HOME = 0.8
/** How far a paused playhead may go towards an edge before the window moves. */
const NEAR_EDGE = 0.04
/** How fast the window glides to where it should be: what is left of the way after each ms. */
const GLIDE = 0.992
/** A way longer than so many windows is not glided but cut. */
const FAR = 1.5
/** Pixels left free before the start of the run, so that a playhead there can be seen and held. */
const LEAD = 12

export class Camera {
  /** The time at the left edge, in µs. */
  start = -LEAD * 1600
  perPixel = 1600
  width = 1000
  /** Whether the window keeps up with the playhead. */
  following = true
  /** While the viewer holds the playhead, the window does not move by itself. */
  held = false
  private lastNow = 0
  private gliding = false
  private readonly listeners = new Set<() => void>()

  get span(): number {
    return this.width * this.perPixel
  }

  xOf(time: number): number {
    return (time - this.start) / this.perPixel
  }

  timeAt(x: number): number {
    return this.start + x * this.perPixel
  }

  resize(width: number): void {
    this.width = Math.max(1, width)
    this.gliding = true
  }

  /** Looks elsewhere, no further than just past `latest`; the playhead is no longer followed. */
  pan(pixels: number, latest: number): void {
    const furthest = Math.max(this.earliest, latest - this.span / 3)
    const start = Math.max(this.earliest, Math.min(furthest, this.start + pixels * this.perPixel))
    if (start === this.start) return
    this.start = start
    if (!this.held) this.follow(false)
  }

  follow(following: boolean): void {
    this.gliding = following
    if (this.following === following) return
    this.following = following
    this.tell()
  }

  canZoom(by: 1 | -1): boolean {
    return by === 1 ? this.perPixel > CLOSEST : this.perPixel < FURTHEST
  }

  /** Shows `factor` times as much detail; what is at `x` stays there. */
  zoom(factor: number, x: number): void {
    const fixed = this.timeAt(x)
    this.perPixel = Math.min(FURTHEST, Math.max(CLOSEST, this.perPixel / factor))
    this.start = Math.max(this.earliest, fixed - x * this.perPixel)
    this.tell()
  }

  /** Shows a run from its start to a moment that is to be seen coming. */
  fit(until: number): void {
    this.perPixel = Math.min(FURTHEST, Math.max(CLOSEST, until / (HOME * this.width - LEAD)))
    this.start = this.earliest
    this.tell()
  }

  /** One step nearer (+1) or further (−1), around the playhead if it is in view. */
  zoomStep(by: 1 | -1): void {
    const x = this.xOf(this.lastNow)
    this.zoom(ZOOM_STEP ** by, x >= 0 && x <= this.width ? x : this.width / 2)
  }

  /**
   * Called for each animation frame. While playing the playhead stands at its home, and wherever the window is off
   * that it glides there; a paused playhead only has to be in view. Without motion (`calm`) the window turns pages.
   */
  advance(now: number, elapsed: number, playing: boolean, calm: boolean): void {
    const moved = now - this.lastNow
    const before = this.lastNow
    this.lastNow = now
    if (this.held) return
    // Whoever steps or jumps wants to see where to.
    if (!this.following && !playing && moved !== 0) this.follow(true)
    if (!this.following) return
    const x = this.xOf(now) / this.width
    if (calm) {
      if (x > 1 - NEAR_EDGE || this.xOf(now) < 0) this.start = this.homeOf(now, 0.25)
      return
    }
    if (!playing && (x > 1 - NEAR_EDGE || this.xOf(now) < 0)) this.gliding = true
    if (!playing && !this.gliding) return
    // The window moves along with a playhead that runs; one that has leapt is caught up with.
    const runs = playing && moved >= 0 && moved < this.span / 8
    const off = this.start - this.homeOf(runs ? before : now, HOME)
    const left = Math.abs(off) > FAR * this.span ? 0 : off * GLIDE ** elapsed
    this.gliding = Math.abs(left) > this.perPixel / 2
    this.start = Math.max(this.earliest, this.homeOf(now, HOME) + (this.gliding ? left : 0))
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  private get earliest(): number {
    return -LEAD * this.perPixel
  }

  private homeOf(now: number, share: number): number {
    return Math.max(this.earliest, now - share * this.span)
  }

  private tell(): void {
    for (const listener of this.listeners) listener()
  }
}

/** The one timeline's camera: its zoom outlives the view, and the transport's buttons reach it. */
export const camera = new Camera()

export const zoomIn = (): void => camera.zoomStep(1)
export const zoomOut = (): void => camera.zoomStep(-1)
