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

const SHAPES: Readonly<Record<Look, React.ReactNode>> = {
  vote: (
    <rect
      x="-4.5"
      y="-4.5"
      width="9"
      height="9"
      transform="rotate(45)"
      fill="var(--surface)"
      stroke="var(--msg-vote)"
      strokeWidth="1.8"
    />
  ),
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
      <path d="M-2.7.2-.9 2.100 2.900-2.200" {...STROKE} />
    </>
  ),
  refuse: (
    <>
      <circle r="6.5" fill="var(--msg-refuse)" />
      <path d="M-2.300-2.300 2.300 2.300M2.300-2.300-2.300 2.300" {...STROKE} />
    </>
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
