import { app, useApp } from '../../store/state.ts'
import type { Layout } from './geometry.ts'

/** The clients that have sent something, each a small terminal at the stage's edge. */
export function Clients({ layout }: { layout: Layout }) {
  const open = useApp(({ frame }) =>
    (frame?.clients ?? [])
      .map((client) => (client.open.length + client.done.length > 0 ? client.open.length : -1))
      .join(),
  )
  return open.split(',').map((text, i) => {
    const waiting = Number(text)
    const place = layout.clients[i]
    if (place === undefined || waiting < 0 || text === '') return null
    const name = `C${i + 1}`
    const scale = Math.max(0.8, layout.scale)
    return (
      <g
        key={name}
        className="client"
        transform={`translate(${place.x} ${place.y}) scale(${scale})`}
        role="button"
        tabIndex={0}
        aria-label={`Client ${name}, ${waiting} commands open`}
        onClick={() => app.setState({ panel: 'clients' })}
        onKeyDown={(event) => {
          if (event.key === 'Enter' || event.key === ' ') app.setState({ panel: 'clients' })
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
      </g>
    )
  })
}
