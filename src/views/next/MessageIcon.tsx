import type { Flight } from '../../simulation/flight.ts'
import { type Look, lookOf } from '../stage/flights.ts'

/** The mark of a message, as on the stage. */
export function MessageIcon({ flight }: { flight: Flight }) {
  return (
    <svg className="message-icon" viewBox="-9 -9 18 18" width="18" height="18" aria-hidden="true">
      {SHAPES[lookOf(flight)]}
    </svg>
  )
}

const STROKE = { fill: 'none', stroke: 'var(--surface)', strokeWidth: 1.6, strokeLinecap: 'round' } as const

const DIAMOND = {
  x: -4.5,
  y: -4.5,
  width: 9,
  height: 9,
  transform: 'rotate(45)',
  fill: 'var(--surface)',
  stroke: 'var(--msg-vote)',
  strokeWidth: 1.8,
} as const
/** What is only asked, and binds nobody. */
const DASHED = { strokeDasharray: '2.2 2' } as const
const TICK = 'M-2.7.2-.9 2.1 2.9-2.2'
const CROSS = 'M-2.3-2.3 2.3 2.3M2.3-2.3-2.3 2.3'

const SHAPES: Readonly<Record<Look, React.ReactNode>> = {
  vote: <rect {...DIAMOND} />,
  preVote: <rect {...DIAMOND} {...DASHED} />,
  append: (
    <>
      <rect
        x="-8"
        y="-6"
        width="16"
        height="12"
        rx="3.5"
        fill="var(--surface)"
        stroke="var(--msg-append)"
        strokeWidth="1.6"
      />
      <rect x="-3" y="-3" width="6" height="6" rx="1.5" fill="var(--msg-append)" />
    </>
  ),
  beat: <circle r="4" fill="var(--surface)" stroke="var(--msg-beat)" strokeWidth="2" />,
  accept: (
    <>
      <circle r="6.5" fill="var(--msg-accept)" />
      <path d={TICK} {...STROKE} />
    </>
  ),
  refuse: (
    <>
      <circle r="6.5" fill="var(--msg-refuse)" />
      <path d={CROSS} {...STROKE} />
    </>
  ),
  preAccept: (
    <g {...STROKE} stroke="var(--msg-accept)">
      <circle r="6.5" {...DASHED} />
      <path d={TICK} />
    </g>
  ),
  preRefuse: (
    <g {...STROKE} stroke="var(--msg-refuse)">
      <circle r="6.5" {...DASHED} />
      <path d={CROSS} />
    </g>
  ),
  snapshot: (
    <g fill="var(--surface)" stroke="var(--msg-append)" strokeWidth="1.6" strokeLinecap="round">
      <rect x="-6.5" y="-7" width="13" height="14" rx="2.5" />
      <path d="M-3-3.5h6M-3 0h6M-3 3.5h6" />
    </g>
  ),
  timeoutNow: (
    <path
      d="M-6.5 5.5-7.5-4.5-3-.5 0-6.5 3-.5 7.5-4.5 6.5 5.5z"
      fill="var(--surface)"
      stroke="var(--msg-vote)"
      strokeWidth="1.8"
      strokeLinejoin="round"
    />
  ),
  client: (
    <path
      d="M-6-5h9l4 5-4 5h-9z"
      fill="var(--surface)"
      stroke="var(--msg-client)"
      strokeWidth="1.700"
      strokeLinejoin="round"
    />
  ),
}
