import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react'

/** How far above the lower edge the present stands, so that some of what follows is seen. */
const ROOM_BELOW = 104
/** A scroll position may be off by fractions of a pixel. */
const SLACK = 6

/**
 * Keeps the row marked `data-latest` in view, always at the same place, until the viewer scrolls away. It follows
 * again when they scroll back, or go to another moment while time stands.
 */
export function useFollowing(list: RefObject<HTMLElement | null>, events: number, playing: boolean) {
  const [away, setAway] = useState(false)
  const goal = useRef(0)
  const follow = useCallback(() => {
    const element = list.current
    if (element === null) return
    goal.current = placeOf(element) ?? element.scrollTop
    element.scrollTop = goal.current
  }, [list])
  const before = useRef({ events, playing })
  useLayoutEffect(() => {
    const moved = !playing && !before.current.playing && events !== before.current.events
    before.current = { events, playing }
    if (moved) setAway(false)
  }, [events, playing])
  // With every rendering: rows have come and gone.
  useLayoutEffect(() => {
    if (!away) follow()
  })
  useLayoutEffect(() => {
    const element = list.current
    if (element === null || away) return
    const observer = new ResizeObserver(follow)
    observer.observe(element)
    return () => observer.disconnect()
  }, [list, away, follow])
  const onScroll = useCallback(() => {
    const element = list.current
    if (element === null) return
    const place = away ? placeOf(element) : goal.current
    setAway(place === null || Math.abs(element.scrollTop - place) > SLACK)
  }, [list, away])
  return { away, setAway, onScroll }
}

/** Where to scroll to; `null` if the present is not listed. */
function placeOf(list: HTMLElement): number | null {
  const row = list.querySelector<HTMLElement>('[data-latest]')
  if (row === null) return null
  const room = Math.min(ROOM_BELOW, list.clientHeight / 3)
  const wanted = row.offsetTop + row.offsetHeight - list.clientHeight + room
  return Math.round(Math.max(0, Math.min(wanted, list.scrollHeight - list.clientHeight)))
}
