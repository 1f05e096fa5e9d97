import { type KeyboardEvent, useState } from 'react'
import type { Frame } from '../../worker/protocol.ts'
import { type Place, placeAfter, show } from './places.ts'

/** The entry that the arrow keys have come to. Before they are used they begin at the first index shown. */
export function useKeys(frame: Frame, firstShown: number, reveal: (place: Place) => void) {
  const { servers } = frame
  const [active, setActive] = useState<Place | null>(null)
  const onKey = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.altKey || event.ctrlKey || event.metaKey) return
    if (event.key === 'Enter' && active !== null) show(frame, active)
    else {
      const from = active ?? { server: 1, index: firstShown }
      const place = placeAfter(event.key, from, active === null, servers)
      if (place === null) return
      setActive(place)
      reveal(place)
    }
    event.preventDefault()
    event.stopPropagation()
  }
  const entries = active === null ? [] : (servers[active.server - 1]?.entries ?? [])
  return { active, isActiveHere: entries.some(({ index }) => index === active?.index), onKey }
}
