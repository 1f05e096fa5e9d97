import type { Intervention, ScriptItem } from '../../simulation/script.ts'
import { actText } from '../../words/acts.ts'
import { stack } from './labels.ts'
import type { Layout } from './layout.ts'
import { INSET, labelFont, type Mark } from './mark.ts'
import type { Palette } from './palette.ts'
import type { View } from './view.ts'

/** The marks of a script at a zoom. Those that share a moment share a label. */
export function marksOf(
  context: CanvasRenderingContext2D,
  script: readonly ScriptItem[],
  perPixel: number,
  layout: Layout,
  palette: Palette,
): Mark[] {
  context.font = labelFont(layout, palette)
  const moments = new Map<number, Intervention[]>()
  for (const { at, act } of script) moments.set(at, [...(moments.get(at) ?? []), act])
  const marks = [...moments].map(([at, acts]) => {
    const rank = Math.min(...acts.map(rankOf))
    const main = acts.find((act) => rankOf(act) === rank) as Intervention
    const text = actText(main) + (acts.length > 1 ? ` +${acts.length - 1}` : '')
    return { at, text, width: context.measureText(text).width, rank, isCommand: rank === COMMAND }
  })
  const found = stack(
    marks.map(({ at, width, rank }) => ({ x: at / perPixel, width: width + INSET, rank })),
    layout.labelRows.length,
  )
  return marks.map(({ rank, ...mark }, i) => ({ ...mark, row: found[i] ?? -1 }))
}

const COMMAND = 2

/** What Raft assumes never to happen is told first, clients' commands last. */
const rankOf = ({ kind }: Intervention): number =>
  kind === 'RestartWithout' ? 0 : kind === 'Command' ? COMMAND : 1

/** The intervention whose label or line is at a point. */
export function markAt(
  marks: readonly Mark[],
  layout: Layout,
  { start, perPixel }: Pick<View, 'start' | 'perPixel'>,
  x: number,
  y: number,
): Mark | null {
  for (const mark of marks) {
    const foot = layout.labelRows[mark.row]
    const from = x - (mark.at - start) / perPixel
    if (foot === undefined || y > foot + 3 || y < foot - layout.text) continue
    if (from >= -3 && from <= mark.width + INSET + 3) return mark
  }
  return null
}
