import { type PointerEvent, type RefObject, useEffect, useRef } from 'react'
import { player } from '../../store/player.ts'
import type { Scroll } from './scroll.ts'

interface Props {
  readonly scroll: RefObject<Scroll | null>
  readonly columns: number
  readonly visible: number
  /** So many columns are behind the latest snapshot. */
  readonly compacted: number
}

/** A slim strip that stands for the whole log; a click or drag on it goes there. The grid itself takes the keys. */
export function Overview({ scroll, columns, visible, compacted }: Props) {
  const thumb = useRef<HTMLDivElement>(null)
  const share = Math.min(1, visible / columns)

  useEffect(
    () =>
      player.onTick(() => {
        if (scroll.current === null || thumb.current === null) return
        const { left, furthest } = scroll.current
        const text = `${furthest <= 0 ? 0 : ((left / furthest) * 100).toFixed(2)}%`
        const { style } = thumb.current
        if (style.getPropertyValue('--logs-at') !== text) style.setProperty('--logs-at', text)
      }),
    [scroll],
  )

  const pull = (event: PointerEvent<HTMLDivElement>) => {
    if (scroll.current === null || event.buttons !== 1) return
    event.currentTarget.setPointerCapture(event.pointerId)
    const { left, width } = event.currentTarget.getBoundingClientRect()
    const at = ((event.clientX - left) / width - share / 2) / Math.max(1e-9, 1 - share)
    scroll.current.to(Math.max(0, Math.min(1, at)) * scroll.current.furthest)
  }

  return (
    <div
      className="logs-overview"
      aria-hidden="true"
      data-idle={share === 1}
      onPointerDown={pull}
      onPointerMove={pull}
    >
      {compacted > 0 && <i style={{ width: `${((100 * compacted) / columns).toFixed(2)}%` }} />}
      <div ref={thumb} style={{ width: `max(28px, ${(share * 100).toFixed(2)}%)` }} />
    </div>
  )
}
