import type { Pen } from '../painter/painting.ts'
import { type Layout, laneY } from './layout.ts'
import type { Palette } from './palette.ts'
import type { Sign, SignKind } from './signs.ts'
import { type View, xIn } from './view.ts'

type Drawn = Exclude<SignKind, 'written'>

const RING = 'M4.2 0A4.2 4.2 0 1 1 4.2-.01z'
const CROWN = 'M-5 4-6-4-2.5-.5 0-5.5 2.5-.5 6-4 5 4z'
const CROSS = 'M-2-2 2 2M2-2-2 2'

/** The outline of each, and what is in it: a block, a ring, a crown, a sign of warning. */
const SHAPES: Readonly<Record<Drawn, readonly [outline: string, inside: string]>> = {
  snapshot: ['M-4.2-4.2h8.4v8.4h-8.4z', 'M-2-1.2h4M-2 1.6h4'],
  configuration: [RING, 'M1 0A1 1 0 1 1 1-.01z'],
  rolledBack: [RING, CROSS],
  caughtUp: [RING, 'M0 2.4V-2M-2 .2 0-2 2 .2'],
  transfer: [CROWN, ''],
  kept: [CROWN, 'M-2.2-.4 2.2 3.2M2.2-.4-2.2 3.2'],
  steppedDown: [CROWN, 'M-6.5 5.5 6.5-5.5'],
  storageLost: ['M-4.8-4.8h9.6v9.6h-9.6z', CROSS],
  stale: ['M0-6 6 4.6H-6z', 'M0-2.4V.9M0 2.1v1'],
}

/** How far a sign reaches from its moment, and how far apart ticks for writes stand at least. */
const [REACH, APART] = [8, 3]

/** What happened on the lanes. Of writes there can be very many: they are told by quiet ticks below. */
export function drawSigns(
  pen: Pen,
  signs: readonly Sign[],
  layout: Layout,
  palette: Palette,
  view: View,
): void {
  pen.lineJoin = 'round'
  const lastTick: number[] = []
  for (const isTick of [true, false]) {
    for (const { at, server, kind } of signs) {
      const x = xIn(view, at)
      const shows = server <= layout.servers && x >= -REACH && x <= view.width + REACH
      if (!shows || (kind === 'written') !== isTick) continue
      pen.save()
      pen.translate(x, laneY(layout, server))
      if (kind !== 'written') drawSign(pen, kind, palette)
      else if (x - (lastTick[server] ?? -Infinity) >= APART) {
        lastTick[server] = x
        pen.fillStyle = palette['ink-2']
        pen.fillRect(-0.8, 4.5, 1.6, 4)
      }
      pen.restore()
    }
  }
}

function drawSign(pen: Pen, kind: Drawn, palette: Palette): void {
  const [outline, inside] = SHAPES[kind]
  const edge = new Path2D(outline)
  pen.lineWidth = 1.3
  pen.fillStyle = palette.surface
  pen.strokeStyle = kind === 'stale' || kind === 'storageLost' ? palette.bad : palette['ink-2']
  pen.fill(edge)
  pen.stroke(edge)
  pen.stroke(new Path2D(inside))
}
