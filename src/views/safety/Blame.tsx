import type { Frame } from '../../worker/protocol.ts'
import { serverName } from '../kit/format.ts'
import { cellId } from '../logs/places.ts'
import { indexesOf, serversIn } from './blame.ts'

/**
 * Outlines the servers and cells that the promise broken here is about, on the stage and in the logs. What is compacted
 * stands in its snapshot's cell. The first view does without all this, so it is no part of what it outlines.
 */
export function Blame({ violation, servers }: Pick<Frame, 'violation' | 'servers'>) {
  if (violation === null) return null
  const rules = serversIn(violation).flatMap((id) => {
    const glyph = `.server[aria-label^="${serverName(id)},"]`
    return [
      `${glyph} .server-halo{stroke:var(--bad);stroke-width:4;stroke-dasharray:12 5;opacity:1 !important}`,
      `.logs-names > :nth-child(${id}){color:var(--bad) !important;text-decoration:underline 2px}`,
      ...indexesOf(violation).flatMap((index) => cellRules(servers[id - 1], index, glyph)),
    ]
  })
  return <style>{rules.join('')}</style>
}

function cellRules(server: Frame['servers'][number] | undefined, index: number, glyph: string): string[] {
  if (server === undefined) return []
  const { id, lastIndex, snapshot } = server
  const cell = cellId(id, Math.max(index, snapshot?.lastIncludedIndex ?? 0))
  const fromEnd = lastIndex - index + 1
  const inTail = `${glyph} .server-tail > rect:nth-last-of-type(${fromEnd}){stroke:var(--bad) !important;stroke-width:3.4}`
  return [
    `#${cell}{outline:3px solid var(--bad);outline-offset:1px;z-index:2}`,
    ...(fromEnd > 0 ? [inTail] : []),
  ]
}
