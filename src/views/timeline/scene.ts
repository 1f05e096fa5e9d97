import { nameOf } from '../../base/ids.ts'
import { goToEvents, goToTime, pause, play } from '../../store/navigate.ts'
import { player } from '../../store/player.ts'
import { app, mirror } from '../../store/state.ts'
import { messageTitle } from '../../words/messages.ts'
import type { Frame } from '../../worker/protocol.ts'
import { msText } from '../kit/format.ts'
import { camera } from './camera.ts'
import { ConditionIndex } from './condition-index.ts'
import { drawBand, drawLanes, type View } from './draw-lanes.ts'
import { drawAxis, drawMarks, type Mark, markAt, marksOf } from './draw-marks.ts'
import { listen } from './gestures.ts'
import { type Layout, layoutOf } from './layout.ts'
import { MessageIndex } from './message-index.ts'
import { lineOf } from './message-line.ts'
import { onThemeChange, type Palette, readPalette } from './palette.ts'
import { messageAt } from './pick.ts'
import { emptied, Tiles } from './tiles.ts'

/** The elements that the scene draws on and moves. */
export interface Parts {
  readonly plot: HTMLElement
  readonly tiles: HTMLElement
  readonly canvas: HTMLCanvasElement
  /** Dims what is yet to come. */
  readonly veil: HTMLElement
  readonly playhead: HTMLElement
  /** Tells what is under the pointer. */
  readonly tip: HTMLElement
}

/** While the playhead is held this near to an edge, the window moves on. */
const EDGE = 28
/** How far beyond an edge the playhead cannot be seen. */
const OUTSIDE = 14
/** How often assistive technology is told the time while playing, in ms. */
const TELL_EVERY = 500

/** The timeline's drawing: it follows the player's loop, and draws anew only what differs from the last time. */
export class Scene {
  private readonly parts: Parts
  private readonly messages = new MessageIndex()
  private readonly conditions = new ConditionIndex()
  private readonly tiles: Tiles
  private readonly calm = matchMedia('(prefers-reduced-motion: reduce)')
  private readonly stops: (() => void)[]
  private palette: Palette = readPalette()
  private layout: Layout = layoutOf(190, 5)
  private height = 0
  private marks: readonly Mark[] = []
  private pointer: { readonly x: number; readonly y: number } | null = null
  private hovered = -1
  private selected = -1
  private pulledTo: number | null = null
  private wasPlaying = false
  private lastTick = performance.now()
  private lastTold = 0
  /** What the overlay and the marks were last drawn from. */
  private drawnFrom: readonly unknown[] = []
  private markedFrom: readonly unknown[] = []

  constructor(parts: Parts) {
    this.parts = parts
    this.tiles = new Tiles(parts.tiles)
    const observer = new ResizeObserver(() => this.measure())
    observer.observe(parts.plot)
    this.measure()
    const repaint = () => {
      this.palette = readPalette()
    }
    void document.fonts.ready.then(repaint)
    this.stops = [
      () => observer.disconnect(),
      onThemeChange(repaint),
      listen(parts.plot, this.wishes()),
      player.onTick((now, frame) => this.tick(now, frame)),
    ]
  }

  stop(): void {
    for (const stop of this.stops) stop()
    camera.held = false
  }

  private measure(): void {
    const { clientWidth, clientHeight } = this.parts.plot
    this.height = clientHeight
    camera.resize(clientWidth)
  }

  private wishes() {
    return {
      hover: (x: number, y: number) => {
        this.pointer = { x, y }
      },
      leave: () => {
        this.pointer = null
      },
      click: (x: number, y: number) => this.click(x, y),
      hold: () => this.hold(),
      pull: (x: number) => {
        this.pulledTo = x
        this.pointer = null
        goToTime(camera.timeAt(x))
      },
      letGo: () => {
        this.pulledTo = null
        camera.held = false
        camera.follow(true)
        if (this.wasPlaying) play()
      },
      pan: (pixels: number) => camera.pan(pixels, mirror.knownTo),
      zoom: (factor: number, x: number) => camera.zoom(factor, x),
    }
  }

  private hold(): void {
    this.wasPlaying = app.getState().playing
    camera.held = true
    pause()
    this.parts.playhead.focus({ preventScroll: true })
  }

  private click(x: number, y: number): void {
    const mark = markAt(this.marks, this.layout, camera, x, y)
    const i = mark === null ? this.messageNear(x, y) : -1
    if (i >= 0) return this.choose(i)
    camera.follow(true)
    goToTime(mark?.at ?? camera.timeAt(x))
  }

  /** A message that is on its way now is selected; any other takes to the moment it was sent. */
  private choose(i: number): void {
    const { frame } = app.getState()
    const waiting = frame?.servers.flatMap((server) => server.waiting) ?? []
    const flight = [...(frame?.flights ?? []), ...waiting].find(({ serial }) => serial === i)
    if (flight === undefined) return goToEvents((this.messages.at(i)?.event ?? 0) + 1)
    this.selected = i
    app.setState({ selection: { kind: 'message', message: flight.name }, panel: 'message' })
  }

  private messageNear(x: number, y: number): number {
    if (y > this.layout.bandTop) return -1
    return messageAt(this.messages, this.layout, camera.timeAt(x), y, camera.perPixel)
  }

  private tick(now: number, frame: Frame): void {
    const time = performance.now()
    const elapsed = time - this.lastTick
    this.lastTick = time
    this.messages.update(mirror, (from, to) => this.tiles.touch(from, to))
    this.conditions.update(mirror.conditions)
    this.moveCamera(now, elapsed)
    this.layout = layoutOf(this.height, frame.servers.length)
    const { palette, layout, height } = this
    const ratio = devicePixelRatio
    const { start, perPixel, width } = camera
    this.tiles.show(this.messages, { perPixel, layout, palette, height, ratio }, start, width, time)
    this.hovered = this.pointer === null ? -1 : this.messageNear(this.pointer.x, this.pointer.y)
    this.findSelected(frame)
    this.drawOverlay({ start, perPixel, width, known: Math.max(mirror.knownTo, now) }, ratio)
    this.placePlayhead(now)
    this.tellTime(now, time)
    this.placeTip()
  }

  private moveCamera(now: number, elapsed: number): void {
    const x = this.pulledTo
    if (x !== null && (x < EDGE || x > camera.width - EDGE)) {
      const beyond = x < EDGE ? x - EDGE : x - camera.width + EDGE
      camera.pan(Math.max(-EDGE, Math.min(EDGE, beyond)) * (elapsed / 40), mirror.knownTo + camera.span)
      goToTime(camera.timeAt(Math.max(0, Math.min(camera.width, x))))
    }
    camera.advance(now, elapsed, app.getState().playing, this.calm.matches)
  }

  /** The selected message is known by its flight; after its end it is still marked here. */
  private findSelected(frame: Frame): void {
    const { selection } = app.getState()
    if (selection?.kind !== 'message') {
      this.selected = -1
      return
    }
    const { from, to, n, copy } = selection.message
    for (const { name, serial } of frame.flights) {
      if (name.from === from && name.to === to && name.n === n && name.copy === copy) this.selected = serial
    }
  }

  private drawOverlay(view: View, ratio: number): void {
    const { parts, palette, layout, height, hovered, selected, conditions } = this
    const { script } = app.getState().scenario
    const from = [
      ...Object.values(view),
      layout.top,
      layout.gap,
      layout.servers,
      ratio,
      palette,
      height,
      hovered,
      selected,
      script,
    ]
    from.push(conditions.version)
    if (isSame(from, this.drawnFrom)) return
    this.drawnFrom = from
    const context = emptied(parts.canvas, view.width, height, ratio)
    if (context === null) return
    const markedFrom = [script, view.perPixel, layout.labelRows.length, palette]
    if (!isSame(markedFrom, this.markedFrom)) {
      this.marks = marksOf(context, script, view.perPixel, layout.labelRows.length, palette)
      this.markedFrom = markedFrom
    }
    this.stress(context, hovered, view, 2.4)
    this.stress(context, selected, view, 3.4)
    drawLanes(context, conditions, layout, palette, view)
    drawMarks(context, this.marks, layout, palette, view)
    drawBand(context, conditions, layout, palette, view)
    drawAxis(context, layout, palette, view)
  }

  /** Draws one message once more, so that it stands out. */
  private stress(
    context: CanvasRenderingContext2D,
    i: number,
    { start, perPixel }: View,
    width: number,
  ): void {
    const record = this.messages.at(i)
    if (record === undefined) return
    const { t1, y1, t2, y2 } = lineOf(record, this.layout)
    context.strokeStyle = this.palette.accent
    context.lineWidth = width
    context.lineCap = 'round'
    context.beginPath()
    context.moveTo((t1 - start) / perPixel, y1)
    context.lineTo((t2 - start) / perPixel, y2)
    context.stroke()
  }

  private placePlayhead(now: number): void {
    const { playhead, veil } = this.parts
    const x = camera.xOf(now)
    // Out of view it waits just beyond the edge: an element that is hidden would lose the keyboard.
    const shown = Math.max(-OUTSIDE, Math.min(camera.width + OUTSIDE, x))
    playhead.style.transform = `translate3d(${shown}px, 0, 0)`
    veil.style.transform = `translate3d(${Math.max(0, Math.min(camera.width, x))}px, 0, 0)`
    veil.style.height = `${this.layout.bandTop + this.layout.bandHeight}px`
  }

  private tellTime(now: number, time: number): void {
    if (app.getState().playing && time - this.lastTold < TELL_EVERY) return
    const { playhead } = this.parts
    const text = `${(Math.floor(now / 100) / 10).toFixed(1)} ms`
    if (playhead.ariaValueText === text) return
    this.lastTold = time
    playhead.ariaValueText = text
    playhead.ariaValueNow = (now / 1000).toFixed(1)
    playhead.ariaValueMax = (Math.max(now, mirror.knownTo) / 1000).toFixed(1)
  }

  private placeTip(): void {
    const { tip, plot } = this.parts
    tip.hidden = this.pointer === null
    if (this.pointer === null) return
    const { x, y } = this.pointer
    const text = this.tipAt(x, y)
    if (tip.textContent !== text) tip.textContent = text
    plot.style.cursor = this.hovered >= 0 || this.markAt(x, y) !== null ? 'pointer' : 'default'
    const left = x + 14 + tip.offsetWidth > camera.width ? x - tip.offsetWidth - 10 : x + 14
    const top = Math.max(2, Math.min(y - 26, this.height - 26))
    tip.style.transform = `translate3d(${left}px, ${top}px, 0)`
  }

  private markAt(x: number, y: number): Mark | null {
    return markAt(this.marks, this.layout, camera, x, y)
  }

  private tipAt(x: number, y: number): string {
    const mark = this.markAt(x, y)
    const time = `${msText(Math.max(0, mark?.at ?? camera.timeAt(x)))} ms`
    if (mark !== null) return `${time}  ${mark.text}`
    const record = this.messages.at(this.hovered)
    if (record === undefined) return time
    const kind = record.tone === 'heartbeat' ? 'Heartbeat' : messageTitle(record.kind)
    const tone = record.tone === 'accepted' || record.tone === 'refused' ? ` (${record.tone})` : ''
    const end = record.lost ? ', lost' : ''
    return `${time}  ${kind}${tone} ${nameOf(record.from)} → ${nameOf(record.to)}${end}`
  }
}

const isSame = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((value, i) => value === b[i])
