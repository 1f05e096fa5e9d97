import type { ReactNode } from 'react'
import type { Selection } from '../../scenario/scenario.ts'
import type { Frame } from '../../worker/protocol.ts'
import { type Layout, tailOf } from './geometry.ts'
import { Links } from './Links.tsx'
import { spokesman, standingOf } from './members.ts'
import { ServerGlyph } from './ServerGlyph.tsx'

interface Props {
  layout: Layout
  /** The least size of words, in CSS pixels. */
  words: number
  servers: Frame['servers']
  cuts: Frame['cuts']
  selection: Selection | null
  /** While a partition is drawn: the group of each server, by id − 1. */
  groups: readonly number[]
  onPick: (id: number) => void
  /** What else stands on the picture. */
  children?: ReactNode
}

/** The picture of the cluster: servers on their ring and the links between them. */
export function Cluster({ layout, words, servers, cuts, selection, groups, onPick, children }: Props) {
  const tail = tailOf(layout)
  const speaker = spokesman(servers)
  const round = speaker?.office?.change?.round ?? 0
  const down = servers.filter((server) => server.state === 'down').map((server) => server.id)
  return (
    <svg className="stage-picture" width={layout.width} height={layout.height}>
      <title>The servers and the links between them</title>
      <Links
        layout={layout}
        down={down.join(' ')}
        cuts={cuts.map(([from, to]) => `${from}>${to}`).join(' ')}
      />
      {servers.map((server, i) => {
        const place = layout.servers[i]
        if (place === undefined) return null
        return (
          <ServerGlyph
            key={server.id}
            server={server}
            place={place}
            scale={layout.scale}
            {...standingOf(servers, server)}
            round={round}
            selected={selection?.kind === 'server' && selection.server === server.id}
            group={groups[i] === undefined ? null : 'ABC'.charAt(groups[i])}
            tail={tail}
            words={words}
            onPick={onPick}
          />
        )
      })}
      {children}
    </svg>
  )
}
