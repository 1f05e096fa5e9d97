import { player } from '../../store/player.ts'
import { app, mirror } from '../../store/state.ts'
import type { Frame } from '../../worker/protocol.ts'
import { isSelected } from '../kit/is-selected.ts'
import { type Opened, openPainting } from '../painter/painter.ts'
import { lostWithin } from './flights.ts'
import type { Layout } from './geometry.ts'
import { type Moment, packFlights, packLosses, packTimers } from './moment.ts'
import { readPalette } from './palette.ts'
import type { StageOrder } from './stage-painting.ts'

/** How long a burst lasts, in real milliseconds. */
const BURST_MS = 500

/** The page's side of the stage's painting: tells the painter what it does not know yet. */
export class FlightCanvas {
  private readonly canvas = document.createElement('canvas')
  private readonly painting: Opened<StageOrder>
  private readonly calm = matchMedia('(prefers-reduced-motion: reduce)')
  private readonly stops: (() => void)[]
  private layout: Layout | null = null
  /** What the painter was last told of, and the time it was told. */
  private told: readonly unknown[] = []
  private toldAt = Number.NaN

  constructor(host: HTMLElement) {
    host.append(this.canvas)
    this.painting = openPainting('stage', this.canvas)
    const theme = new MutationObserver(this.rearrange)
    theme.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    this.calm.addEventListener('change', this.rearrange)
    this.stops = [
      player.onTick((now, frame) => this.tell(now, frame)),
      () => theme.disconnect(),
      () => this.calm.removeEventListener('change', this.rearrange),
      () => this.painting.close(),
      () => this.canvas.remove(),
    ]
  }

  stop(): void {
    for (const stop of this.stops) stop()
  }

  arrange(layout: Layout): void {
    this.layout = layout
    const { style } = this.canvas
    style.width = `${layout.width}px`
    style.height = `${layout.height}px`
    this.rearrange()
  }

  private readonly rearrange = (): void => {
    const { layout, calm } = this
    if (layout === null) return
    const ratio = window.devicePixelRatio || 1
    this.painting.take({ kind: 'arrange', layout, palette: readPalette(), ratio, calm: calm.matches })
  }

  private tell(now: number, frame: Frame): void {
    const { selection, slowdown } = app.getState()
    const state = [frame, mirror.version, selection, slowdown]
    const isSame = state.every((value, i) => value === this.told[i])
    if (isSame && now === this.toldAt) return
    this.told = state
    this.toldAt = now
    const moment = isSame ? null : momentOf(frame, now)
    const buffers =
      moment === null ? [] : [moment.flights, moment.timers, moment.losses].map((it) => it.buffer)
    this.painting.take({ kind: 'show', now, moment }, buffers)
  }
}

function momentOf({ servers, flights, settings }: Frame, now: number): Moment {
  const { selection, slowdown } = app.getState()
  const span = (BURST_MS * 1000) / slowdown
  const waiting = servers.flatMap((server) => server.waiting)
  return {
    flights: packFlights([...flights, ...waiting]),
    selected: selection === null ? -1 : flights.findIndex((flight) => isSelected(selection, flight.name)),
    timers: packTimers(servers, settings),
    losses: packLosses(lostWithin(span, mirror.messages, now)),
    span,
  }
}
