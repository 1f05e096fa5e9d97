import type { ReactNode } from 'react'
import { type LaterMark, LegendRow } from './Legend.tsx'

const MARKS: Readonly<Record<LaterMark, readonly { readonly name: string; readonly mark: ReactNode }[]>> = {
  preVote: [
    {
      name: 'PreVote',
      mark: (
        <rect
          x="-4.5"
          y="-4.5"
          width="9"
          height="9"
          transform="rotate(45)"
          className="legend-vote"
          strokeDasharray="2 2"
        />
      ),
    },
    {
      name: 'Would grant',
      mark: (
        <g fill="none" stroke="var(--msg-accept)" strokeWidth="1.5">
          <circle r="6" strokeDasharray="2 2" />
          <path d="M-2.5.2l1.7 1.8L2.7-2" />
        </g>
      ),
    },
  ],
  snapshot: [
    {
      name: 'InstallSnapshot',
      mark: (
        <>
          <rect x="-6" y="-7" width="12" height="14" rx="2.5" className="legend-append" />
          <path d="M-3-3h6M-3 0h6M-3 3h6" stroke="var(--term-4)" strokeWidth="1.6" />
        </>
      ),
    },
  ],
  transfer: [
    {
      name: 'TimeoutNow',
      mark: (
        <path
          d="M-6.5 5.5-7.5-4.5-3-.5 0-6.5 3-.5 7.5-4.5 6.5 5.5z"
          className="legend-vote"
          strokeLinejoin="round"
        />
      ),
    },
  ],
  lease: [
    {
      name: 'Lease',
      mark: (
        <>
          <circle r="3.6" fill="var(--term-4)" />
          <path d="M0-6.2A6.2 6.2 0 1 1-6.2 0" fill="none" stroke="var(--msg-accept)" strokeWidth="2" />
        </>
      ),
    },
  ],
  checkQuorum: [
    {
      name: 'CheckQuorum',
      mark: (
        <>
          <circle r="7" fill="var(--term-4)" />
          <path d="M0-4.5A4.5 4.5 0 1 1-4.5 0" fill="none" stroke="var(--surface)" strokeWidth="1.6" />
        </>
      ),
    },
  ],
  disk: [
    {
      name: 'Disk writes',
      mark: (
        <g stroke="var(--ink-2)" strokeWidth="2.4" strokeLinecap="round">
          <path d="M-8 0H8" opacity=".25" />
          <path d="M-8 0H2" />
        </g>
      ),
    },
    {
      name: 'Not on disk',
      mark: (
        <rect
          x="-5.5"
          y="-5.5"
          width="11"
          height="11"
          rx="2"
          fill="var(--surface)"
          stroke="var(--term-4)"
          strokeWidth="1.5"
          strokeDasharray="1.6 1.8"
        />
      ),
    },
  ],
}

/** The legend's rows for what the present settings bring beyond §5, in a corner of their own. */
export const LaterMarks = ({ marks }: { marks: readonly LaterMark[] }) => (
  <ul className="legend-later">
    {marks.flatMap((kind) =>
      MARKS[kind].map(({ name, mark }) => (
        <LegendRow key={name} name={name}>
          {mark}
        </LegendRow>
      )),
    )}
  </ul>
)
