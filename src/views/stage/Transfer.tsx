import type { OfficeFrame, ServerFrame } from '../../worker/protocol.ts'
import { termColor } from '../kit/format.ts'
import { DISC, type Layout, placeOf } from './geometry.ts'
import { CROWN } from './ServerGlyph.tsx'

interface Props {
  readonly leader: ServerFrame
  readonly transfer: NonNullable<OfficeFrame['transfer']>
  readonly layout: Layout
}

/** Leadership that is being handed over (D 3.10): an arrow to the heir, whole when TimeoutNow is out, and an empty crown. */
export function Transfer({ leader, transfer, layout }: Props) {
  const [from, to] = [placeOf(layout, leader.id), placeOf(layout, transfer.to)]
  const { scale } = layout
  const length = Math.hypot(to.x - from.x, to.y - from.y)
  const angle = (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI
  const [start, end] = [(DISC + 12) * scale, length - (DISC + 13) * scale]
  const stroke = { stroke: termColor(leader.currentTerm) }
  return (
    <g className="transfer" data-told={transfer.told}>
      <g transform={`translate(${from.x} ${from.y}) rotate(${angle})`} style={stroke}>
        <path className="transfer-way" d={`M${start} 0H${end}`} />
        <path d={`M${end - 9} -7l9 7-9 7`} />
      </g>
      <g transform={`translate(${to.x} ${to.y}) scale(${scale})`}>
        <path transform={`translate(-13 ${-DISC - 28})`} d={CROWN} style={stroke} />
      </g>
    </g>
  )
}
