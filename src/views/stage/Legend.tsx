import { ChevronDown } from 'lucide-react'
import { lazy, memo, type ReactNode } from 'react'
import { useApp } from '../../store/state.ts'
import type { Frame } from '../../worker/protocol.ts'
import { Part } from '../failure/Part.tsx'
import { hasRoom } from './has-room.ts'
import './legend.css'

// A cluster that has nothing beyond §5 does without these.
const LaterMarks = lazy(() => import('./LaterMarks.tsx').then((it) => ({ default: it.LaterMarks })))

/** A mark beyond §5 that can be on the stage now. */
export type LaterMark = 'preVote' | 'snapshot' | 'transfer' | 'lease' | 'checkQuorum' | 'disk'

function laterMarksOf({ settings, servers, upcoming }: Frame): LaterMark[] {
  const { preVote, snapshotAt, reads, checkQuorum, diskLatency } = settings
  const isHandingOver =
    servers.some(({ office }) => office?.transfer != null) ||
    upcoming.some((next) => 'flight' in next && next.flight.message.kind === 'TimeoutNow')
  const shown: Readonly<Record<LaterMark, boolean>> = {
    preVote,
    snapshot: snapshotAt > 0 || servers.some(({ snapshot }) => snapshot !== null),
    transfer: isHandingOver,
    lease: reads === 'lease',
    checkQuorum: checkQuorum || reads === 'lease',
    disk: diskLatency > 0 || servers.some((server) => (server.diskLatency ?? 0) > 0),
  }
  return (Object.keys(shown) as LaterMark[]).filter((mark) => shown[mark])
}

const MARKS = [
  {
    name: 'AppendEntries',
    mark: (
      <>
        <rect x="-8" y="-6" width="16" height="12" rx="3.5" className="legend-append" />
        <rect x="-3" y="-3" width="6" height="6" rx="1.5" style={{ fill: 'var(--term-4)' }} />
      </>
    ),
  },
  { name: 'Heartbeat', mark: <circle r="3.8" className="legend-beat" /> },
  {
    name: 'RequestVote',
    mark: <rect x="-4.5" y="-4.5" width="9" height="9" transform="rotate(45)" className="legend-vote" />,
  },
  {
    name: 'Accepted',
    mark: (
      <>
        <circle r="6" style={{ fill: 'var(--msg-accept)' }} />
        <path d="M-2.5.2l1.7 1.8L2.7-2" className="legend-sign" />
      </>
    ),
  },
  {
    name: 'Refused',
    mark: (
      <>
        <circle r="6" style={{ fill: 'var(--msg-refuse)' }} />
        <path d="M-2-2l4 4M2-2l-4 4" className="legend-sign" />
      </>
    ),
  },
  { name: 'Client', mark: <path d="M-5-5l11 5-11 5z" className="legend-client" /> },
  {
    name: 'Lost',
    mark: (
      <path d="M0-3v-4M0 3v4M-3 0h-4M3 0h4M2-2l3-3M-2-2l-3-3M2 2l3 3M-2 2l-3 3" className="legend-lost" />
    ),
  },
] as const

/** What the shapes mean; folded where there is little room. */
export const Legend = memo(function Legend() {
  const later = useApp(({ frame }) => (frame === null ? '' : laterMarksOf(frame).join()))
  return (
    <details className="legend" open={hasRoom()}>
      <summary>
        Legend <ChevronDown size={13} aria-hidden="true" />
      </summary>
      <ul>
        {MARKS.map(({ name, mark }) => (
          <LegendRow key={name} name={name}>
            {mark}
          </LegendRow>
        ))}
      </ul>
      {later !== '' && (
        <Part>
          <LaterMarks marks={later.split(',') as LaterMark[]} />
        </Part>
      )}
    </details>
  )
})

export const LegendRow = ({ name, children }: { name: string; children: ReactNode }) => (
  <li>
    {name}
    <svg width="20" height="16" viewBox="-10 -8 20 16" aria-hidden="true">
      {children}
    </svg>
  </li>
)
