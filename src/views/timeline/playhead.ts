import { app, mirror } from '../../store/state.ts'
import { camera } from './camera.ts'
import type { Layout } from './layout.ts'

/** How far beyond an edge the playhead cannot be seen. */
const OUTSIDE = 14
/** How often assistive technology is told the time while playing, in ms. */
const TELL_EVERY = 500

/** The present on the timeline: the slider itself, and the veil over all that is yet to come. */
export class Playhead {
  private readonly slider: HTMLElement
  private readonly veil: HTMLElement
  private lastTold = 0
  /** Where both stand: most of the time, that is where they stood in the last frame. */
  private place = ''
  /** What the veil was last shaped for. */
  private veiled = ''

  constructor(slider: HTMLElement, veil: HTMLElement) {
    this.slider = slider
    this.veil = veil
  }

  put(now: number, layout: Layout): void {
    this.shape(layout)
    const x = Math.round(camera.xOf(now) * devicePixelRatio) / devicePixelRatio
    // Out of view it waits just beyond the edge: an element that is hidden would lose the keyboard.
    const shown = Math.max(-OUTSIDE, Math.min(camera.width + OUTSIDE, x))
    const place = `${shown} ${camera.width}`
    if (place === this.place) return
    this.place = place
    this.slider.style.transform = `translate3d(${shown}px, 0, 0)`
    this.veil.style.transform = `translate3d(${Math.max(0, Math.min(camera.width, x))}px, 0, 0)`
  }

  /** Lanes and band are dimmed; the labels between them are not, as they are read across the playhead. */
  private shape({ labelRows, bandTop, bandHeight, text }: Layout): void {
    const [lanes, end] = [(labelRows[0] ?? bandTop) - text - 1, bandTop + bandHeight]
    const shape = `${lanes} ${bandTop} ${end}`
    if (shape === this.veiled) return
    this.veiled = shape
    const { style } = this.veil
    style.height = `${end}px`
    style.setProperty('--timeline-lanes', `${lanes}px`)
    style.setProperty('--timeline-band', `${bandTop}px`)
  }

  /** Tells assistive technology the time. */
  tell(now: number, time: number): void {
    if (app.getState().playing && time - this.lastTold < TELL_EVERY) return
    const { slider } = this
    const tenths = (micros: number) => (Math.floor(micros / 100) / 10).toFixed(1)
    const text = `${tenths(now)} ms`
    if (slider.ariaValueText === text) return
    this.lastTold = time
    slider.ariaValueText = text
    slider.ariaValueNow = tenths(now)
    slider.ariaValueMax = tenths(Math.max(now, mirror.knownTo))
  }
}
