import { mirror } from '../../store/state.ts'
import { type Opened, openPainting } from '../painter/painter.ts'
import { camera } from './camera.ts'
import { ConditionIndex } from './condition-index.ts'
import { type Layout, sameLayout } from './layout.ts'
import { MessageIndex } from './message-index.ts'
import { lineOf } from './message-line.ts'
import { linesIn } from './message-lines.ts'
import { SignIndex } from './signs.ts'
import { OVERHANG, TILE_WIDTH, Tiles } from './tiles.ts'
import type { Look, Stressed, TimelineOrder } from './timeline-painting.ts'
import type { View } from './view.ts'

const STRESS = { hovered: 2.4, selected: 3.4 } as const

/** What is shown in the camera's window; messages by their numbers, −1 for none. */
interface Shown extends Pick<Look, 'layout' | 'palette' | 'marks' | 'height'> {
  /** Where the lanes end. */
  readonly known: number
  readonly hovered: number
  readonly selected: number
}

/** The page's side of the timeline's painting: tells the painter what it does not know yet of the records. */
export class PlotCanvas {
  readonly messages = new MessageIndex()
  readonly conditions = new ConditionIndex()
  readonly signs = new SignIndex()
  private readonly canvas = document.createElement('canvas')
  private readonly painting: Opened<TimelineOrder>
  private readonly messageTiles = new Tiles()
  private readonly laneTiles = new Tiles()
  private look: Look | null = null
  /** What was last shown. */
  private shown: readonly number[] = []

  constructor(host: HTMLElement) {
    host.append(this.canvas)
    this.painting = openPainting('timeline', this.canvas)
  }

  stop(): void {
    this.painting.close()
    this.canvas.remove()
  }

  /** Takes in what is new in the records. */
  update(): void {
    this.messages.update(mirror, (from, to) => this.messageTiles.touch(from, to))
    const changedFrom = this.conditions.update(mirror.conditions)
    if (changedFrom < Infinity) this.laneTiles.touch(changedFrom, Infinity, true)
    // Signs come with many facts, and none of them is the worse for coming a little later.
    const signsFrom = this.signs.update(mirror.facts) - OVERHANG * camera.perPixel
    if (signsFrom < Infinity) this.laneTiles.touch(signsFrom, Infinity)
  }

  show({ known, hovered, selected, ...dress }: Shown, time: number): void {
    const { start, perPixel, width } = camera
    const isNew = this.wear({ ...dress, width, ratio: devicePixelRatio, perPixel })
    const drew = this.drawTiles(dress.layout, time)
    const end = Math.min(known, start + camera.span)
    const shown = [start, end, hovered, selected]
    if (!isNew && !drew && shown.every((value, i) => value === this.shown[i])) return
    this.shown = shown
    const stressed = [...this.stressed(hovered, STRESS.hovered), ...this.stressed(selected, STRESS.selected)]
    this.painting.take({ kind: 'show', start, known: end, stressed })
  }

  private wear(look: Look): boolean {
    if (this.look !== null && sameLook(look, this.look)) return false
    this.look = look
    this.canvas.style.width = `${look.width}px`
    this.canvas.style.height = `${look.height}px`
    this.messageTiles.clear(look.perPixel)
    this.laneTiles.clear(look.perPixel)
    this.painting.take({ kind: 'look', look })
    return true
  }

  private drawTiles(layout: Layout, time: number): boolean {
    const { start, perPixel, width } = camera
    const viewOf = (place: number): View => {
      return { start: place * TILE_WIDTH * perPixel, perPixel, width: TILE_WIDTH }
    }
    const messages = this.messageTiles.due(start, width, time)
    for (const place of messages) {
      const lines = linesIn(this.messages, layout, viewOf(place))
      this.painting.take({ kind: 'messages', place, lines }, [lines.buffer])
    }
    const lanes = this.laneTiles.due(start, width, time)
    for (const place of lanes) {
      const from = viewOf(place).start
      const to = from + TILE_WIDTH * perPixel
      const signs = this.signs.within(from - OVERHANG * perPixel, to + OVERHANG * perPixel)
      const part = { ...this.conditions.within(from, to, layout.servers), signs }
      this.painting.take({ kind: 'lanes', place, part })
    }
    return messages.length + lanes.length > 0
  }

  private stressed(i: number, width: number): Stressed[] {
    const record = this.messages.at(i)
    return record === undefined || this.look === null ? [] : [{ ...lineOf(record, this.look.layout), width }]
  }
}

const sameLook = (a: Look, b: Look): boolean =>
  a.width === b.width &&
  a.height === b.height &&
  a.ratio === b.ratio &&
  a.perPixel === b.perPixel &&
  a.palette === b.palette &&
  a.marks === b.marks &&
  sameLayout(a.layout, b.layout)
