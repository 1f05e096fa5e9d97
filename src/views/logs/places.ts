import type { MouseEvent } from 'react'
import { goToEvents } from '../../store/navigate.ts'
import { mirror, say } from '../../store/state.ts'
import type { Frame, ServerFrame } from '../../worker/protocol.ts'
import { serverName } from '../kit/format.ts'
import { appendedIn, compactedIn } from './moments.ts'

/** One server's entry at one index. */
export interface Place {
  readonly server: number
  readonly index: number
}

/** The cell's element, so that the grid can point at it. */
export const cellId = (server: number, index: number): string => `log-${server}-${index}`

/** The entry whose cell was clicked; `null` beside the cells. */
export function placeOf(event: MouseEvent): Place | null {
  const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null
  if (cell === null) return null
  return { server: Number(cell.dataset['server']), index: Number(cell.dataset['index']) }
}

/** Goes to the moment at which a server got an entry. */
export function show({ events, servers }: Frame, { server, index }: Place): void {
  const isSnapshot = index === servers[server - 1]?.snapshot?.lastIncludedIndex
  const find = isSnapshot ? compactedIn : appendedIn
  const event = find(mirror.facts, mirror.factsUpTo(events), server, index)
  goToEvents(event === null ? 0 : event + 1)
  const what = isSnapshot ? 'its snapshot' : `entry ${index}`
  if (event === null) say(`${serverName(server)} had ${what} on its disk from the start.`)
}

/** Where a key takes the keyboard's place; the first key only brings it there. `null` for other keys. */
export function placeAfter(
  key: string,
  { server, index }: Place,
  isNew: boolean,
  servers: readonly ServerFrame[],
): Place | null {
  const by = isNew ? 0 : 1
  const within = (row: number, at: number): Place | null => {
    const target = servers[Math.max(1, Math.min(servers.length, row)) - 1]
    if (target === undefined) return null
    // What is compacted is one cell, its last.
    const first = target.snapshot?.lastIncludedIndex ?? 1
    return { server: target.id, index: Math.max(first, Math.min(target.lastIndex, at)) }
  }
  switch (key) {
    case 'ArrowLeft':
      return within(server, index - by)
    case 'ArrowRight':
      return within(server, index + by)
    case 'ArrowUp':
      return within(server - by, index)
    case 'ArrowDown':
      return within(server + by, index)
    case 'Home':
      return within(server, 1)
    case 'End':
      return within(server, Infinity)
    default:
      return null
  }
}
