import { useApp } from '../../store/state.ts'
import type { ClientFrame } from '../../worker/protocol.ts'
import { isStale } from '../clients/is-stale.ts'
import { showPanel } from '../panels/show-panel.ts'
import type { Layout } from './geometry.ts'

/** The clients that have sent something, each a small terminal at the stage's edge. */
export function Clients({ layout }: { layout: Layout }) {
  const clients = useApp(({ frame }) => (frame?.clients ?? []).map(wordOf).join())
  return clients.split(',').map((word, i) => {
    const waiting = Number.parseInt(word, 10)
    const stale = word.endsWith('stale')
    const place = layout.clients[i]
    if (place === undefined || word === '') return null
    const name = `C${i + 1}`
    const scale = Math.max(0.8, layout.scale)
    return (
      <g
        key={name}
        className={stale ? 'client stale' : 'client'}
        transform={`translate(${place.x} ${place.y}) scale(${scale})`}
        role="button"
        tabIndex={0}
        aria-label={`Client ${name}, ${waiting} ${waiting === 1 ? 'command' : 'commands'} open${stale ? ', its last answer was stale' : ''}`}
        onClick={() => showPanel('clients')}
        onKeyDown={(event) => {
          if (event.key === 'Enter' || event.key === ' ') showPanel('clients')
        }}
      >
        <rect x={-18} y={-14} width={36} height={28} rx={6} />
        <text y={4.5}>{name}</text>
        {waiting > 0 && (
          <g className="client-open" transform="translate(17 -13)">
            <circle r={8} />
            <text y={3.5}>{waiting}</text>
          </g>
        )}
        {stale && (
          <g className="client-stale" transform="translate(25 3)">
            <path d="M7-7 14 6H0zM7-2.5v4M7 3.4v.6" />
            <text x={18} y={4.5}>
              stale
            </text>
          </g>
        )}
      </g>
    )
  })
}

/** How many commands of a client are open, and whether its last answer misses a write; nothing before its first command. */
function wordOf({ id, open, done }: ClientFrame): string {
  const last = done.at(-1)
  if (last === undefined) return open.length > 0 ? `${open.length}` : ''
  return `${open.length}${isStale(id, last) ? ' stale' : ''}`
}
