import { useLayoutEffect, useRef } from 'react'
import { nameOf } from '../../base/ids.ts'
import type { Flight } from '../../simulation/flight.ts'
import { player } from '../../store/player.ts'
import { msText } from '../kit/format.ts'
import { Countdown } from '../panels/Countdown.tsx'
import { progress } from '../stage/flights.ts'

/** How far a message has come, as a bar from sender to receiver. */
export function MessageProgress({ flight }: { flight: Flight }) {
  const bar = useRef<HTMLDivElement>(null)
  useLayoutEffect(
    () =>
      player.onTick((now) => {
        bar.current?.style.setProperty('scale', `${progress(flight, now).toFixed(4)} 1`)
      }),
    [flight],
  )
  const { message, sentAt, at, lost } = flight
  return (
    <div className="message-way">
      <span className="mono">{nameOf(message.from)}</span>
      <div className="message-track" data-lost={lost === null ? undefined : ''}>
        <div ref={bar} className="message-bar" />
        {lost !== null && (
          <span
            className="message-loss"
            style={{ left: `${progress(flight, at) * 100}%` }}
            aria-hidden="true"
          >
            ×
          </span>
        )}
      </div>
      <span className="mono">{nameOf(message.to)}</span>
      <p>
        Sent at <span className="mono">{msText(sentAt)} ms</span>,{' '}
        {lost === null ? 'arrives' : lost === 'Cut' ? 'is lost at the cut' : 'is lost on the way'} at{' '}
        <span className="mono">{msText(at)} ms</span>, in{' '}
        <span className="mono">
          <Countdown at={at} />
        </span>
      </p>
    </div>
  )
}
