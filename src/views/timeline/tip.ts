import { nameOf } from '../../base/ids.ts'
import type { MessageRecord } from '../../simulation/columns.ts'
import { messageTitle } from '../../words/messages.ts'
import { msText } from '../kit/format.ts'
import type { Mark } from './mark.ts'

/** What the tip says of a time, and of the mark or message there. */
export function tipText(time: number, mark: Mark | null, record: MessageRecord | undefined): string {
  const text = `${msText(Math.max(0, mark?.at ?? time))} ms`
  if (mark !== null) return `${text}  ${mark.text}`
  if (record === undefined) return text
  const kind = record.tone === 'heartbeat' ? 'Heartbeat' : messageTitle(record.kind)
  const tone = record.tone === 'accepted' || record.tone === 'refused' ? ` (${record.tone})` : ''
  const end = record.lost ? ', lost' : ''
  return `${text}  ${kind}${tone} ${nameOf(record.from)} → ${nameOf(record.to)}${end}`
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
