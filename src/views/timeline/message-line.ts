import { isServer } from '../../base/ids.ts'
import type { MessageRecord } from '../../simulation/columns.ts'
import { type Layout, laneY } from './layout.ts'

/** A message as a line on the plane of times and lanes: from (t1, y1) to (t2, y2). */
export interface Line {
  readonly t1: number
  readonly y1: number
  readonly t2: number
  readonly y2: number
}

const WHOLE_WAY = 1_000_000
/** Clients have no lane: their messages come in from above a lane, and go out there, so far. */
const STUB = 10

export function lineOf(record: MessageRecord, layout: Layout): Line {
  const { from, to, sentAt, endsAt, place } = record
  // What is never over is drawn as far as it has come.
  const t2 = Number.isFinite(endsAt) ? endsAt : sentAt
  if (!isServer(from)) {
    const y = laneY(layout, to)
    const share = stubShare(layout)
    return { t1: t2 - (t2 - sentAt) * share, y1: y - STUB, t2, y2: y }
  }
  const y1 = laneY(layout, from)
  if (!isServer(to)) return { t1: sentAt, y1, t2: sentAt + (t2 - sentAt) * stubShare(layout), y2: y1 - STUB }
  return { t1: sentAt, y1, t2, y2: y1 + ((laneY(layout, to) - y1) * place) / WHOLE_WAY }
}

/** The part of a client's message that its stub stands for, so that it slants as others do. */
const stubShare = ({ gap }: Layout): number => Math.min(1, STUB / Math.max(gap, STUB))

/** How far a point is from a line, in pixels. */
export function distanceTo(line: Line, time: number, y: number, perPixel: number): number {
  const dx = (line.t2 - line.t1) / perPixel
  const dy = line.y2 - line.y1
  const px = (time - line.t1) / perPixel
  const py = y - line.y1
  const length = dx * dx + dy * dy
  const along = length === 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / length))
  return Math.hypot(px - along * dx, py - along * dy)
}
