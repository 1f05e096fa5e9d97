import type { Pen } from '../painter/painting.ts'
import { firstAt, type Reign } from './condition-index.ts'
import type { Layout } from './layout.ts'
import { colorOfTerm, type Palette } from './palette.ts'
import { type View, xIn } from './view.ts'

/** From the beginning of a term's part of the band to its name. */
export const INSET = 7

export const bandFont = (bandHeight: number, palette: Palette): string =>
  `650 ${bandHeight - 3.5}px ${palette['font-ui']}`

/** The name of a term as far as there is room. */
export function nameThatFits(context: Pen, term: number, room: number): string {
  const name = term === 0 ? 'no term yet' : `term ${term}`
  if (context.measureText(name).width <= room) return name
  return term > 0 && context.measureText(`${term}`).width <= room ? `${term}` : ''
}

/** The name of the term that holds at the left edge, if it began before: it stays in view as long as the term does. */
export class TermName {
  private readonly element: HTMLElement
  private readonly measuring: Pen
  /** What it was last made from. */
  private madeFrom: readonly unknown[] = []

  constructor(element: HTMLElement, measuring: Pen) {
    this.element = element
    this.measuring = measuring
  }

  write(reigns: readonly Reign[], layout: Layout, palette: Palette, view: View, known: number): void {
    const { element } = this
    const { bandTop, bandHeight } = layout
    const name = this.nameOf(reigns, layout, palette, view, known)
    const from = [name?.text, name?.term, palette, bandTop, bandHeight]
    if (from.every((value, i) => value === this.madeFrom[i])) return
    this.madeFrom = from
    element.hidden = name === null
    if (name === null) return
    element.textContent = name.text
    element.style.top = `${bandTop}px`
    element.style.font = `650 ${bandHeight - 3.5}px/${bandHeight + 1}px ${palette['font-ui']}`
    element.style.height = `${bandHeight}px`
    element.style.color = name.term === 0 ? palette['ink-2'] : palette.surface
    element.style.background = name.term === 0 ? palette.line : colorOfTerm(palette, name.term)
  }

  private nameOf(
    reigns: readonly Reign[],
    { bandHeight }: Layout,
    palette: Palette,
    view: View,
    known: number,
  ): { readonly text: string; readonly term: number } | null {
    const i = firstAt(reigns, view.start)
    const reign = reigns[i]
    if (reign === undefined || reign.at >= view.start) return null
    this.measuring.font = bandFont(bandHeight, palette)
    const end = xIn(view, Math.min(reigns[i + 1]?.at ?? Infinity, known)) - 1.5
    const text = nameThatFits(this.measuring, reign.term, end - INSET - 5)
    return text === '' ? null : { text, term: reign.term }
  }
}
