import { nameOf } from '../../base/ids.ts'
import type { MessageRecord } from '../../simulation/columns.ts'
import { messageTitle } from '../../words/messages.ts'
import { msText } from '../kit/format.ts'
import { type Layout, laneY } from './layout.ts'
import type { Mark } from './mark.ts'
import type { Sign, SignIndex, SignKind } from './signs.ts'
import type { View } from './view.ts'

const SIGN_WORDS: Readonly<Record<SignKind, string>> = {
  snapshot: 'has a new snapshot',
  configuration: 'counts other members',
  rolledBack: 'counts the former members again',
  transfer: 'hands leadership over',
  kept: 'keeps leadership after all',
  steppedDown: 'stepped down by itself',
  caughtUp: 'was brought up to date',
  written: 'wrote to its disk',
  storageLost: 'lost what its disk had',
  stale: 'gave a stale answer',
}

/** What the tip says of a time, and of the mark, sign or message there. */
export function tipText(
  time: number,
  mark: Mark | null,
  sign: Sign | null,
  record: MessageRecord | undefined,
): string {
  const text = `${msText(Math.max(0, mark?.at ?? sign?.at ?? time))} ms`
  if (mark !== null) return `${text}  ${mark.text}`
  if (sign !== null) return `${text}  S${sign.server} ${SIGN_WORDS[sign.kind]}`
  if (record === undefined) return text
  const kind = record.tone === 'heartbeat' ? 'Heartbeat' : messageTitle(record.kind)
  const tone = record.tone === 'accepted' || record.tone === 'refused' ? ` (${record.tone})` : ''
  const end = record.lost ? ', lost' : ''
  return `${text}  ${kind}${tone} ${nameOf(record.from)} → ${nameOf(record.to)}${end}`
}

/** How near to a sign the pointer has to be, in CSS pixels. */
const REACH = 6

/** The sign nearest to a point. */
export function signAt(
  signs: SignIndex,
  layout: Layout,
  { start, perPixel }: Pick<View, 'start' | 'perPixel'>,
  x: number,
  y: number,
): Sign | null {
  const time = start + x * perPixel
  let least = REACH * perPixel
  let best: Sign | null = null
  for (const sign of signs.within(time - least, time + least)) {
    const distance = Math.abs(sign.at - time)
    if (distance > least || Math.abs(y - laneY(layout, sign.server)) > REACH) continue
    least = distance
    best = sign
  }
  return best
}

/** Puts the tip beside the pointer, within a plot of this size. */
export function placeTip(
  tip: HTMLElement,
  { x, y }: { readonly x: number; readonly y: number },
  text: string,
  width: number,
  height: number,
): void {
  if (tip.textContent !== text) tip.textContent = text
  const left = x + 14 + tip.offsetWidth > width ? x - tip.offsetWidth - 10 : x + 14
  const top = Math.max(2, Math.min(y - 26, height - 26))
  tip.style.transform = `translate3d(${left}px, ${top}px, 0)`
}
