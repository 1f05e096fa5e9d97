import { memo } from 'react'
import type { Layout, Point } from './geometry.ts'

interface Props {
  layout: Layout
  /** Servers that are down, as a list of ids. */
  down: string
  /** Directed cuts, as `from>to` joined by spaces. */
  cuts: string
}

/** The links between all servers: dotted at a server that is down, with a piece of wall where they are cut. */
export const Links = memo(function Links({ layout, down, cuts }: Props) {
  const off = new Set(down.split(' ').map(Number))
  const cut = new Set(cuts.split(' '))
  const pairs = layout.servers.flatMap((a, i) =>
    layout.servers.slice(i + 1).map((b, k) => ({ a, b, from: i + 1, to: i + 2 + k })),
  )
  return (
    <g className="links">
      {pairs.map(({ a, b, from, to }) => {
        const there = cut.has(`${from}>${to}`)
        const back = cut.has(`${to}>${from}`)
        const state = there && back ? 'cut' : off.has(from) || off.has(to) ? 'off' : ''
        return (
          <g key={`${from}-${to}`}>
            <line className={`link ${state}`} x1={a.x} y1={a.y} x2={b.x} y2={b.y} />
            {(there || back) && <Wall a={a} b={b} there={there} back={back} scale={layout.scale} />}
          </g>
        )
      })}
    </g>
  )
})

/** A bar across the link; cut one way only, it stands on that way's side, with an arrow that is stopped by it. */
function Wall({
  a,
  b,
  there,
  back,
  scale,
}: {
  a: Point
  b: Point
  there: boolean
  back: boolean
  scale: number
}) {
  const angle = (Math.atan2(b.y - a.y, b.x - a.x) * 180) / Math.PI
  const both = there && back
  // Messages bow to their right hand: from a to b that is the lower side in the link's own frame.
  const low = both ? -15 : there ? 2 : -26
  const high = both ? 15 : there ? 26 : -2
  const side = there ? 13 : -13
  const head = there ? 'M-15 -4l6 4-6 4' : 'M15 -4l-6 4 6 4'
  return (
    <g
      transform={`translate(${(a.x + b.x) / 2} ${(a.y + b.y) / 2}) rotate(${angle}) scale(${Math.max(0.7, scale)})`}
    >
      <line className="wall" x1={0} x2={0} y1={low} y2={high} />
      {!both && <path className="wall-arrow" transform={`translate(0 ${side})`} d={head} />}
    </g>
  )
}
