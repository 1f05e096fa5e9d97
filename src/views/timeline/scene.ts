import { loaded } from '../../store/loaded.ts'
import { goToEvents, goToTime, pause, play } from '../../store/navigate.ts'
import { player } from '../../store/player.ts'
import { app, mirror } from '../../store/state.ts'
import type { Frame } from '../../worker/protocol.ts'
import { isSelected } from '../kit/is-selected.ts'
import { TermName } from './band-name.ts'
import { camera } from './camera.ts'
import { type Layout, layoutOf } from './layout.ts'
import { listenSoon } from './listen-soon.ts'
import type { Mark } from './mark.ts'
import { onThemeChange, type Palette, readPalette } from './palette.ts'
import { messageAt } from './pick.ts'
import { Playhead } from './playhead.ts'
import { PlotCanvas } from './plot-canvas.ts'
import type { Sign } from './signs.ts'

/** The elements that the scene draws on and moves. */
export interface Parts {
  readonly plot: HTMLElement
  /** Where the canvas is put. */
  readonly canvas: HTMLElement
  /** The name of the term at the left edge. */
  readonly term: HTMLElement
  /** Dims what is yet to come. */
  readonly veil: HTMLElement
  readonly playhead: HTMLElement
  /** Tells what is under the pointer. */
  readonly tip: HTMLElement
  /** Told how many lanes there are. */
  onServers(servers: number): void
}

/** While the playhead is held this near to an edge, the window moves on. */
const EDGE = 28

/** The timeline: it follows the player's loop and the viewer's hands, and has the canvas painted. */
export class Scene {
  private readonly parts: Parts
  private readonly canvas: PlotCanvas
  private readonly playhead: Playhead
  private readonly term: TermName
  /** Measures texts. */
  private readonly measuring = present(document.createElement('canvas').getContext('2d'))
  private readonly calm = matchMedia('(prefers-reduced-motion: reduce)')
  private readonly stops: (() => void)[]
  private palette: Palette = readPalette()
  private layout: Layout = layoutOf(190, 0)
  private height = 0
  private marks: readonly Mark[] = []
  private pointer: { readonly x: number; readonly y: number } | null = null
  private hovered = -1
  /** What can be told under the pointer: nobody needs it before there is one. */
  private tips: typeof import('./tip.ts') | null = null
  private tipsAsked = false
  private selected = -1
  private pulledTo: number | null = null
  private wasPlaying = false
  private lastTick = performance.now()
  /** Makes them: a part of its own, since a fresh cluster has no script. */
  private marker: typeof import('./marks.ts') | null = null
  /** What the marks were last made from. */
  private markedFrom: readonly unknown[] = []

  constructor(parts: Parts) {
    this.parts = parts
    this.canvas = new PlotCanvas(parts.canvas)
    this.playhead = new Playhead(parts.playhead, parts.veil)
    this.term = new TermName(parts.term, this.measuring)
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
      listenSoon(parts.plot, this.wishes()),
      player.onTick((now, frame) => this.tick(now, frame)),
      () => this.canvas.stop(),
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
        this.loadTips()
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
    const act = this.markAt(x, y) ?? this.signAt(x, y)
    const i = act === null ? this.messageNear(x, y) : -1
    if (i >= 0) return this.choose(i)
    camera.follow(true)
    goToTime(act?.at ?? camera.timeAt(x))
  }

  /** A message that is on its way now is selected; any other takes to the moment it was sent. */
  private choose(i: number): void {
    const { frame } = app.getState()
    const waiting = frame?.servers.flatMap((server) => server.waiting) ?? []
    const flight = [...(frame?.flights ?? []), ...waiting].find(({ serial }) => serial === i)
    if (flight === undefined) return goToEvents((this.canvas.messages.at(i)?.event ?? 0) + 1)
    this.selected = i
    app.setState({ selection: { kind: 'message', message: flight.name }, panel: 'message' })
  }

  private messageNear(x: number, y: number): number {
    if (y > this.layout.bandTop) return -1
    return messageAt(this.canvas.messages, this.layout, camera.timeAt(x), y, camera.perPixel)
  }

  private tick(now: number, frame: Frame): void {
    const time = performance.now()
    const elapsed = time - this.lastTick
    this.lastTick = time
    this.canvas.update()
    this.moveCamera(now, elapsed)
    const servers = Math.max(frame.servers.length, this.canvas.conditions.servers)
    if (servers !== this.layout.servers) this.parts.onServers(servers)
    this.layout = layoutOf(this.height, servers, app.getState().presenting)
    this.findMarks()
    this.point(frame)
    this.show(Math.max(mirror.knownTo, now), time)
    this.playhead.put(now, this.layout)
    this.playhead.tell(now, time)
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

  /** Finds what stands out now: what is under the pointer, and what is selected. */
  private point({ flights }: Frame): void {
    const { selection } = app.getState()
    const { pointer } = this
    const isFree = pointer !== null && this.signAt(pointer.x, pointer.y) === null
    this.hovered = isFree ? this.messageNear(pointer.x, pointer.y) : -1
    // A message is known by its flight; after its end it is still marked here.
    if (selection?.kind !== 'message') this.selected = -1
    else this.selected = flights.find(({ name }) => isSelected(selection, name))?.serial ?? this.selected
  }

  private findMarks(): void {
    const { layout, palette, measuring } = this
    const { script } = app.getState().scenario
    const from = [script, camera.perPixel, layout.labelRows.length, layout.text, palette, this.marker]
    if (from.every((value, i) => value === this.markedFrom[i])) return
    if (script.length > 0 && this.marker === null) this.loadMarker()
    this.marks = this.marker?.marksOf(measuring, script, camera.perPixel, layout, palette) ?? []
    this.markedFrom = from
  }

  private loadMarker(): void {
    void loaded(import('./marks.ts')).then((marker) => {
      this.marker = marker
    })
  }

  private show(known: number, time: number): void {
    const { canvas, palette, layout, height, marks, hovered, selected } = this
    const { start, perPixel, width } = camera
    canvas.show({ layout, palette, marks, height, known, hovered, selected }, time)
    this.term.write(canvas.conditions.reigns, layout, palette, { start, perPixel, width }, known)
  }

  private loadTips(): void {
    if (this.tipsAsked) return
    this.tipsAsked = true
    void import('./tip.ts').then(
      (tips) => {
        this.tips = tips
      },
      () => undefined, // without it, nothing is told
    )
  }

  private placeTip(): void {
    const { pointer, canvas, height, tips } = this
    const { tip, plot } = this.parts
    // To set it to what it is would cost a new style in each frame.
    const hidden = pointer === null || tips === null
    if (tip.hidden !== hidden) tip.hidden = hidden
    if (pointer === null || tips === null) return
    const mark = this.markAt(pointer.x, pointer.y)
    const sign = this.signAt(pointer.x, pointer.y)
    const text = tips.tipText(camera.timeAt(pointer.x), mark, sign, canvas.messages.at(this.hovered))
    plot.style.cursor = this.hovered >= 0 || mark !== null || sign !== null ? 'pointer' : 'default'
    tips.placeTip(tip, pointer, text, camera.width, height)
  }

  private markAt(x: number, y: number): Mark | null {
    return this.marker?.markAt(this.marks, this.layout, camera, x, y) ?? null
  }

  private signAt(x: number, y: number): Sign | null {
    return this.tips?.signAt(this.canvas.signs, this.layout, camera, x, y) ?? null
  }
}

function present<T>(context: T | null): T {
  if (context === null) throw new Error('there is nothing to draw with')
  return context
}
