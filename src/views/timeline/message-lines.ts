import type { MessageKind } from '../../raft/messages.ts'
import type { MessageRecord } from '../../simulation/columns.ts'
import type { Layout } from './layout.ts'
import type { MessageIndex } from './message-index.ts'
import { lineOf } from './message-line.ts'
import type { View } from './view.ts'

/** In the order of drawing: what matters more comes later. */
export const LOOKS = [
  'beat',
  'beatAnswer',
  'client',
  'append',
  'snapshot',
  'accept',
  'preVote',
  'preAccept',
  'vote',
  'timeoutNow',
  'refuse',
] as const
export type Look = (typeof LOOKS)[number]

/** Lines as numbers, so many to each: its look, its two ends, whether it ends in a cross. */
export type Lines = Float32Array<ArrayBuffer>
export const LINE = 6

/** Zoomed out so far that heartbeats would be a grey wall, they are left out. */
const WALL = 7000
/** How far outside of the stretch a line's ends may show, in CSS pixels. */
const MARGIN = 5

const REQUESTS: Partial<Readonly<Record<MessageKind, Look>>> = {
  RequestVote: 'vote',
  PreVote: 'preVote',
  InstallSnapshot: 'snapshot',
  TimeoutNow: 'timeoutNow',
}

export function lookOf({ kind, tone }: MessageRecord, routine: boolean): Look {
  if (tone === 'heartbeat') return 'beat'
  if (tone === 'refused') return 'refuse'
  if (kind === 'ClientRequest' || kind === 'ClientReply') return 'client'
  if (kind === 'PreVoteReply') return 'preAccept'
  if (tone === 'accepted') return routine ? 'beatAnswer' : 'accept'
  return REQUESTS[kind] ?? 'append'
}

/** The lines that show in a stretch of time. */
export function linesIn(messages: MessageIndex, layout: Layout, { start, perPixel, width }: View): Lines {
  const numbers: number[] = []
  const x = (time: number) => (time - start) / perPixel
  messages.between(start - MARGIN * perPixel, start + (width + MARGIN) * perPixel, (record, i) => {
    const routine = messages.isRoutine(i)
    if (routine && perPixel > WALL) return
    const { t1, y1, t2, y2 } = lineOf(record, layout)
    const look = LOOKS.indexOf(lookOf(record, routine))
    numbers.push(look, x(t1), y1, x(t2), y2, record.lost ? 1 : 0)
  })
  return Float32Array.from(numbers)
}
