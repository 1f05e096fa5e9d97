import { nameOf } from '../../base/ids.ts'
import { goToEvents, goToTime, pause, play } from '../../store/navigate.ts'
import { player } from '../../store/player.ts'
import { app, mirror } from '../../store/state.ts'
import { messageTitle } from '../../words/messages.ts'
import type { Frame } from '../../worker/protocol.ts'
import { msText } from '../kit/format.ts'
import { camera } from './camera.ts'
import { ConditionIndex } from './condition-index.ts'
import { drawBand, drawGuides, drawLanes, nameAtEdge, type View } from './draw-lanes.ts'
import { drawAxis, drawMarks, type Mark, markAt, marksOf } from './draw-marks.ts'
import { drawMessages, drawStress } from './draw-messages.ts'
import { listen } from './gestures.ts'
import { type Layout, layoutOf } from './layout.ts'
import { MessageIndex } from './message-index.ts'
import { colorOfTerm, onThemeChange, type Palette, readPalette } from './palette.ts'
import { messageAt } from './pick.ts'
import { type Look, Tiles } from './tiles.ts'

/** The elements that the scene draws on and moves. */
export interface Parts {
  readonly plot: HTMLElement
  readonly tiles: HTMLElement
  /** Ends where nothing more is known; in it are the tiles of the lanes. */
  readonly past: HTMLElement
  readonly lanes: HTMLElement
  /** The name of the term at the left edge. */
  readonly term: HTMLElement
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
  private readonly lanes: Tiles
  /** Measures texts. */
  private readonly measuring = present(document.createElement('canvas').getContext('2d'))
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
  /** What the marks and the name of the term were last made from. */
  private namedFrom: readonly unknown[] = []
  private markedFrom: readonly unknown[] = []

  constructor(parts: Parts) {
    this.parts = parts
    this.tiles = new Tiles(parts.tiles, (context, look, view) => this.paintMessages(context, look, view))
    this.lanes = new Tiles(parts.lanes, (context, look, view) => this.paintLanes(context, look, view))
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
    const changedFrom = this.conditions.update(mirror.conditions)
    if (changedFrom < Infinity) this.lanes.touch(changedFrom, Infinity, true)
    this.moveCamera(now, elapsed)
    this.layout = layoutOf(this.height, frame.servers.length)
    this.findMarks()
    this.point(frame)
    this.show(Math.max(mirror.knownTo, now), time)
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

  /** Finds what is stressed now: what stands out for the pointer, and what is selected. */
  private point(frame: Frame): void {
    const { hovered, selected } = this
    this.hovered = this.pointer === null ? -1 : this.messageNear(this.pointer.x, this.pointer.y)
    this.findSelected(frame)
    if (hovered !== this.hovered) this.retouch(hovered, this.hovered)
    if (selected !== this.selected) this.retouch(selected, this.selected)
  }

  private retouch(...messages: readonly number[]): void {
    for (const i of messages) {
      const record = this.messages.at(i)
      if (record !== undefined) this.tiles.touch(record.sentAt, record.endsAt, true)
    }
  }

  private findMarks(): void {
    const { layout, palette, measuring } = this
    const { script } = app.getState().scenario
    const from = [script, camera.perPixel, layout.labelRows.length, palette]
    if (isSame(from, this.markedFrom)) return
    this.marks = marksOf(measuring, script, camera.perPixel, layout.labelRows.length, palette)
    this.markedFrom = from
  }

  private show(known: number, time: number): void {
    const { palette, layout, height, marks } = this
    const { start, perPixel, width } = camera
    const look = { perPixel, layout, palette, height, marks, ratio: devicePixelRatio }
    this.tiles.show(look, start, width, time)
    // The past is moved so as to end at `known`, and the lanes within are moved back.
    const beyond = width - Math.max(0, Math.min(width, camera.xOf(known)))
    this.parts.past.style.transform = `translate3d(${-beyond}px, 0, 0)`
    this.lanes.show(look, start, width, time, beyond)
    this.nameTerm({ start, perPixel, width }, known)
  }

  private paintMessages(
    context: CanvasRenderingContext2D,
    { layout, palette, marks }: Look,
    view: View,
  ): void {
    const { messages, hovered, selected } = this
    drawMessages(context, messages, layout, palette, view)
    drawStress(context, messages.at(hovered), layout, palette, view, 2.4)
    drawStress(context, messages.at(selected), layout, palette, view, 3.4)
    drawGuides(context, layout, palette, view)
    drawMarks(context, marks, layout, palette, view)
    drawAxis(context, layout, palette, view)
  }

  private paintLanes(context: CanvasRenderingContext2D, { layout, palette }: Look, view: View): void {
    drawLanes(context, this.conditions, layout, palette, view)
    drawBand(context, this.conditions, layout, palette, view)
  }

  private nameTerm(view: View, known: number): void {
    const { layout, palette, conditions, measuring } = this
    const { term: element } = this.parts
    const name = nameAtEdge(measuring, conditions, layout, palette, view, known)
    const from = [name?.text, name?.term, palette, layout.bandTop, layout.bandHeight]
    if (isSame(from, this.namedFrom)) return
    this.namedFrom = from
    element.hidden = name === null
    if (name === null) return
    element.textContent = name.text
    element.style.top = `${layout.bandTop}px`
    element.style.font = `650 ${layout.bandHeight - 3.5}px/${layout.bandHeight + 1}px ${palette['font-ui']}`
    element.style.height = `${layout.bandHeight}px`
    element.style.color = name.term === 0 ? palette['ink-2'] : palette.surface
    element.style.background = name.term === 0 ? palette.line : colorOfTerm(palette, name.term)
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

function present<T>(context: T | null): T {
  if (context === null) throw new Error('there is nothing to draw with')
  return context
}
