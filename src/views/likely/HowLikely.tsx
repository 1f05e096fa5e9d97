import { useEffect } from 'react'
import type { Outcome } from '../../search/outcome.ts'
import {
  askOf,
  forgetLikely,
  type Likely,
  lookAt,
  startLikely,
  stopLikely,
  useLikely,
} from '../../store/likely.ts'
import { useCalm } from '../../store/throttle.ts'
import { OUTCOME_WORDS } from '../../words/likely.ts'
import { Button } from '../kit/Button.tsx'
import { grouped, msText } from '../kit/format.ts'
import { FromHere } from './FromHere.tsx'
import { Moments } from './Moments.tsx'
import { TurnWords } from './TurnWords.tsx'
import './likely.css'

const OUTCOMES = Object.keys(OUTCOME_WORDS) as Outcome[]
/** Whoever steps through moments does not ask about each of them. */
const STILL_MS = 250

/** Asks what else could have become of the scenario on the screen, with other luck. */
export function HowLikely() {
  const outcome = useLikely((state) => state.outcome)
  const phase = useLikely((state) => state.phase)
  const failure = useLikely((state) => state.failure)
  const hasPoints = useLikely(({ points }) => points.length > 0)
  useLookHere()
  return (
    <section className="likely" aria-label="How likely?">
      <h3>
        How likely? <small>other futures of this scenario</small>
      </h3>
      <p className="likely-ask">
        <label htmlFor="likely-outcome">How many of the futures come to</label>{' '}
        <select
          id="likely-outcome"
          className="panel-select small"
          value={outcome}
          onChange={({ target }) => askOf(target.value as Outcome)}
        >
          {OUTCOMES.map((one) => (
            <option key={one} value={one}>
              {OUTCOME_WORDS[one].label}
            </option>
          ))}
        </select>
      </p>
      <p className="safety-why">{OUTCOME_WORDS[outcome].about}</p>
      <span className="panel-actions">
        {phase === 'running' ? (
          <Button small onClick={stopLikely}>
            Stop
          </Button>
        ) : (
          <Button small look="primary" onClick={startLikely}>
            {hasPoints ? 'Try anew' : 'Start'}
          </Button>
        )}
        {(hasPoints || phase === 'failed') && (
          <Button small onClick={() => forgetLikely()}>
            Take the curve away
          </Button>
        )}
        <Figures />
      </span>
      <p className="unseen" role="status">
        {PHASES[phase]}
      </p>
      {phase === 'outdated' && <p>The scenario has changed, so what was found before no longer holds.</p>}
      {phase === 'failed' && <p className="panel-error">Nobody is left to try futures. {failure}</p>}
      {hasPoints && (
        <>
          <FromHere />
          <TurnWords />
          <Moments />
          <p className="safety-why">
            The curve above the timeline shows the share of the futures from each moment, and round it,
            shaded, where it can be with 95 % confidence. A click on a point goes to its moment.
          </p>
        </>
      )}
      <p className="safety-why">
        From moments along its history the scenario goes on a few hundred times, each time with other luck:
        what has been drawn by then stays, such as timers that run and messages on their way; all later chance
        is drawn anew. The scenario’s own interventions stay.
      </p>
    </section>
  )
}

const PHASES: Readonly<Record<Likely['phase'], string>> = {
  none: '',
  running: 'Futures are being tried.',
  stopped: 'Stopped.',
  done: 'All futures have been tried.',
  failed: 'No futures can be tried.',
  outdated: 'The scenario has changed.',
}

/** How far it has come. */
function Figures() {
  const tried = useLikely((state) => state.tried)
  const seconds = useLikely((state) => state.seconds)
  const phase = useLikely((state) => state.phase)
  const horizon = useLikely((state) => state.horizon)
  if (phase === 'running' && tried === 0) return <span className="likely-figures">Getting ready…</span>
  if (tried === 0) return null
  return (
    <span className="likely-figures">
      {grouped(tried)} futures in {seconds.toFixed(1)} s, each followed to {msText(horizon)} ms
    </span>
  )
}

/** Where somebody stands still, that moment is tried as well. */
function useLookHere(): void {
  const events = useCalm(({ frame, playing }) => (playing || frame === null ? null : frame.events))
  const at = useCalm(({ frame }) => frame?.at ?? null)
  const phase = useLikely((state) => state.phase)
  const isWithin = useLikely(({ points }) => at !== null && at <= (points.at(-1)?.at ?? -1))
  useEffect(() => {
    if (events === null || at === null || !isWithin || (phase !== 'running' && phase !== 'done')) return
    const timer = setTimeout(() => lookAt({ events, at }), STILL_MS)
    return () => clearTimeout(timer)
  }, [events, at, isWithin, phase])
}
