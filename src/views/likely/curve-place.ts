import type { Point } from '../../search/curve.ts'
import { intervalOf } from '../../store/interval.ts'
import { mirror } from '../../store/state.ts'
import { camera } from '../timeline/camera.ts'

/** Left free before a point that is brought into view, as a share of the width. */
const LEAD = 0.3
/** A mark nearer than this to the right edge has its words to the left. */
const ROOM = 110

interface Place {
  readonly at: number
  readonly share: number
  readonly low: number
  readonly high: number
}

/** Puts the parts of the curve where the timeline's camera has their times, whenever it or they have changed. */
export class CurvePlace {
  private readonly plot: HTMLElement
  private readonly observer: ResizeObserver
  private places: readonly Place[] = []
  private height = 0
  /** What everything was last placed by. */
  private placedBy: readonly unknown[] = []

  constructor(plot: HTMLElement) {
    this.plot = plot
    this.observer = new ResizeObserver(() => {
      this.height = plot.clientHeight
    })
    this.observer.observe(plot)
    this.height = plot.clientHeight
  }

  stop(): void {
    this.observer.disconnect()
  }

  take(points: readonly Point[]): void {
    this.places = points.map(({ at, share, hits, tried, certain }) => {
      return { at, share, ...(certain ? { low: 1, high: 1 } : intervalOf(hits, tried)) }
    })
    this.placedBy = []
  }

  /** Brings a point into view, and gives it the keyboard. */
  focus(i: number): void {
    const x = camera.xOf(this.places[i]?.at ?? 0)
    if (x < 0 || x > camera.width) camera.pan(x - LEAD * camera.width, mirror.knownTo + camera.span)
    this.plot.querySelectorAll<HTMLElement>('.likely-point')[i]?.focus({ preventScroll: true })
  }

  tick(now: number): void {
    const head = this.plot.querySelector<HTMLElement>('.likely-now')
    if (head !== null) head.style.transform = `translateX(${camera.xOf(now)}px)`
    const by = [camera.start, camera.perPixel, camera.width, this.height, this.places, mirror.knownTo]
    if (by.every((value, i) => value === this.placedBy[i])) return
    this.placedBy = by
    this.draw()
    for (const mark of this.plot.querySelectorAll<HTMLElement>('[data-at]')) {
      const x = camera.xOf(Number(mark.dataset['at']))
      const y = this.yOf(Number(mark.dataset['share'] ?? 0.5))
      mark.style.transform = `translate(${x}px, ${y}px)`
      mark.toggleAttribute('data-left', x > camera.width - ROOM)
      // What is out of sight is still to be reached by keyboard.
      mark.style.opacity = x < -8 || x > camera.width + 8 ? '0' : ''
    }
  }

  private draw(): void {
    const places = this.toTheEnd()
    const path = (shares: readonly (readonly [Place, number])[]) =>
      shares.map(([{ at }, share]) => `${camera.xOf(at)},${this.yOf(share)}`).join('L')
    const curve = path(places.map((place) => [place, place.share]))
    const upper = path(places.map((place) => [place, place.high]))
    const lower = path(places.toReversed().map((place) => [place, place.low]))
    this.set('.likely-line', `M${curve}`)
    this.set('.likely-band', `M${upper}L${lower}Z`)
  }

  private set(which: string, path: string): void {
    this.plot.querySelector(which)?.setAttribute('d', this.places.length === 0 ? '' : path)
  }

  /** What is certain stays so, as far as the history is known. */
  private toTheEnd(): readonly Place[] {
    const last = this.places.at(-1)
    if (last === undefined || last.low < 1 || mirror.knownTo <= last.at) return this.places
    return [...this.places, { ...last, at: mirror.knownTo }]
  }

  private readonly yOf = (share: number): number => (1 - share) * this.height
}
