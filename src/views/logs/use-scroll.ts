import { type RefObject, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { player } from '../../store/player.ts'
import { Scroll } from './scroll.ts'

/** Moves `track` within `view`; `onMove` is told how far, and whether the head of the log is in view. */
export function useScroll(
  view: RefObject<HTMLElement | null>,
  track: RefObject<HTMLElement | null>,
  column: number,
  furthest: number,
  onMove: (left: number, isAtHead: boolean) => void,
): RefObject<Scroll | null> {
  const scroll = useRef<Scroll | null>(null)
  const latest = useRef(onMove)
  useEffect(() => {
    latest.current = onMove
    if (scroll.current !== null) Object.assign(scroll.current, { column, furthest })
  })
  useEffect(() => {
    if (view.current === null || track.current === null) return
    const made = new Scroll(view.current, track.current, (left, isAtHead) => latest.current(left, isAtHead))
    scroll.current = made
    const stops = [made.listen(), player.onTick(() => made.tick())]
    return () => {
      for (const stop of stops) stop()
    }
  }, [view, track])
  return scroll
}

/** How wide the element is that an element stands in, in CSS pixels. */
export function useWidthAround(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(560)
  useEffect(() => {
    const around = element.current?.parentElement ?? null
    if (around === null) return
    const observer = new ResizeObserver(() => setWidth(around.clientWidth))
    observer.observe(around)
    return () => observer.disconnect()
  }, [element])
  return width
}

/** Whether the screen is low, and does not scroll. */
const low = () => {
  lowQuery ??= matchMedia('(max-height: 760px) and (min-width: 901px)')
  return lowQuery
}
let lowQuery: MediaQueryList | undefined

export const useIsLow = (): boolean =>
  useSyncExternalStore(
    (changed) => {
      low().addEventListener('change', changed)
      return () => low().removeEventListener('change', changed)
    },
    () => low().matches,
  )
