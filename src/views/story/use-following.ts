import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react'

/** How far above the lower edge the present stands, so that some of what follows is seen. */
const ROOM_BELOW = 104
/** A scroll position may be off by fractions of a pixel. */
const SLACK = 6
/** A scroll so soon after input is the viewer's: the list also scrolls as lines come and go. */
const INPUT_MS = 1000
const INPUTS = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const

/**
 * Keeps the end of the scroller's first part, the past, in view and always at the same place, until the viewer
 * scrolls away. It follows again when they scroll back, or go to another moment while time stands. A past that is
 * `cut` ends before the present.
 */
export function useFollowing(
  scroller: RefObject<HTMLElement | null>,
  events: number,
  playing: boolean,
  cut: boolean,
) {
  const [away, setAway] = useState(false)
  const goal = useRef(0)
  const isOwnScroll = useRef(false)
  const before = useRef({ events, playing })
  useLayoutEffect(() => {
    const moved = !playing && !before.current.playing && events !== before.current.events
    before.current = { events, playing }
    if (moved) setAway(false)
  }, [events, playing])
  // The place depends on the sizes of the parts alone. An observer of them is called when they have been laid out
  // for the next picture; to measure after each rendering would force a layout of its own.
  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null || away) return
    const observer = new ResizeObserver(() => {
      goal.current = placeOf(element)
      if (element.scrollTop === goal.current) return
      isOwnScroll.current = true
      element.scrollTop = goal.current
    })
    for (const each of [element, ...element.children]) observer.observe(each)
    return () => observer.disconnect()
  }, [scroller, away])
  const inputAt = useRef(-INPUT_MS)
  useLayoutEffect(() => {
    const element = scroller.current
    const onInput = () => {
      inputAt.current = performance.now()
    }
    for (const name of INPUTS) element?.addEventListener(name, onInput, { passive: true })
    return () => {
      for (const name of INPUTS) element?.removeEventListener(name, onInput)
    }
  }, [scroller])
  const onScroll = useCallback(() => {
    const element = scroller.current
    const isOwn = isOwnScroll.current
    isOwnScroll.current = false
    if (element === null || isOwn) return
    if (!away && performance.now() - inputAt.current > INPUT_MS) return
    const place = away ? placeOf(element) : goal.current
    setAway((away && cut) || Math.abs(element.scrollTop - place) > SLACK)
  }, [scroller, away, cut])
  return { away, setAway, onScroll }
}

/** Where to scroll to. */
function placeOf(scroller: HTMLElement): number {
  const past = scroller.firstElementChild as HTMLElement | null
  if (past === null) return 0
  const height = scroller.clientHeight
  const wanted = past.offsetTop + past.offsetHeight - height + Math.min(ROOM_BELOW, height / 3)
  return Math.round(Math.max(0, Math.min(wanted, scroller.scrollHeight - height)))
}
