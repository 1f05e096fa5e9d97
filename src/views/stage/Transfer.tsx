import type { OfficeFrame, ServerFrame } from '../../worker/protocol.ts'
import { termColor } from '../kit/format.ts'
import { DISC, type Layout, LEAST_WORDS, placeOf, roleLine, roleSize } from './geometry.ts'
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
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1
  const angle = (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI
  const [dx, dy] = [(to.x - from.x) / length, (to.y - from.y) / length]
  const start = leaving(dx, dy, scale)
  const end = Math.max(start + 2 * HEAD, length - leaving(-dx, -dy, scale))
  const stroke = { stroke: termColor(leader.currentTerm) }
  return (
    <g className="transfer" data-told={transfer.told}>
      <g transform={`translate(${from.x} ${from.y}) rotate(${angle})`} style={stroke}>
        <path className="transfer-way" d={`M${start} 0H${end}`} />
        <path d={`M${end - HEAD} -7l${HEAD} 7-${HEAD} 7`} />
      </g>
      <g transform={`translate(${to.x} ${to.y}) scale(${scale})`}>
        <path transform={`translate(-13 ${-DISC - 28})`} d={CROWN} style={stroke} />
      </g>
    </g>
  )
}

/** The arrow's head, in pixels. */
const HEAD = 9
/** Half as wide as "Leader, commands held", in its letters' heights. */
const HALF_WORDS = 5.6

/** How far from a server's middle the arrow is clear of it, of the end of its log and of the words below, if it goes there. */
function leaving(dx: number, dy: number, scale: number): number {
  const size = roleSize(scale, LEAST_WORDS)
  const disc = (DISC + 12) * scale
  if (dy <= 0) return disc
  const foot = (roleLine(size) + 8) * scale
  const side = HALF_WORDS * size * scale
  // Out of the box of the words by its side before it comes to their height, or else through its foot.
  const beside = Math.abs(dx) * (DISC + 11) * scale > dy * side
  return beside ? disc : Math.max(disc, Math.min(foot / dy, side / Math.abs(dx)))
}
