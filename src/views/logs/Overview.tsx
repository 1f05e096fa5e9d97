import { type PointerEvent, type RefObject, useEffect, useRef } from 'react'
import { player } from '../../store/player.ts'
import type { Scroll } from './scroll.ts'

interface Props {
  readonly scroll: RefObject<Scroll | null>
  /** The part of the log that is in view. */
  readonly share: number
  /** The strip's, in CSS pixels. */
  readonly width: number
  /** The part of the log that is behind the latest snapshot. */
  readonly compacted: number
}

const SHORTEST_THUMB = 28

/** A slim strip that stands for the whole log; a click or drag on it goes there. The grid itself takes the keys. */
export function Overview({ scroll, share, width, compacted }: Props) {
  const thumb = useRef<HTMLDivElement>(null)
  const length = Math.max(SHORTEST_THUMB, share * width)

  useEffect(
    () =>
      player.onTick(() => {
        if (scroll.current === null || thumb.current === null) return
        const { left, furthest } = scroll.current
        const at = furthest <= 0 ? 0 : (left / furthest) * (width - length)
        const text = `translateX(${at.toFixed(1)}px)`
        const { style } = thumb.current
        if (style.transform !== text) style.transform = text
      }),
    [scroll, width, length],
  )

  const pull = (event: PointerEvent<HTMLDivElement>) => {
    if (scroll.current === null || event.buttons !== 1) return
    event.currentTarget.setPointerCapture(event.pointerId)
    const { left, width } = event.currentTarget.getBoundingClientRect()
    const at = ((event.clientX - left) / width - share / 2) / Math.max(1e-9, 1 - share)
    scroll.current.to(Math.max(0, Math.min(1, at)) * scroll.current.furthest)
  }

  return (
    <div className="logs-overview" aria-hidden="true" onPointerDown={pull} onPointerMove={pull}>
      {compacted > 0 && <i style={{ width: `${(100 * compacted).toFixed(2)}%` }} />}
      <div ref={thumb} style={{ width: length }} />
    </div>
  )
}
