import { Check, X } from 'lucide-react'
import { lazy } from 'react'
import { useApp } from '../../store/state.ts'
import { unsafeCount } from '../../store/unsafe.ts'
import type { Frame, ServerFrame } from '../../worker/protocol.ts'
import { Part } from '../failure/Part.tsx'
import { serverName } from '../kit/format.ts'
import { showPanel } from '../panels/show-panel.ts'
import { majorityText } from './members.ts'
import './vitals.css'

const Cuts = lazy(() => import('./Cuts.tsx').then((it) => ({ default: it.Cuts })))

const UnsafeChip = lazy(() => import('./UnsafeChip.tsx').then((it) => ({ default: it.UnsafeChip })))

/** Figure 3's. */
export const PROPERTIES = 5

/** The state of the whole cluster in a few chips. */
export function Vitals() {
  const text = useApp(({ frame }) => (frame === null ? '' : vitalsOf(frame).join('|')))
  const held = useApp(({ frame }) => frame?.safety.held ?? PROPERTIES)
  const others = useApp(({ frame }) =>
    frame === null ? 0 : frame.safety.broken.length + frame.safety.held - PROPERTIES,
  )
  const hasEnded = useApp(({ frame }) => frame !== null && frame.end !== null)
  const broken = hasEnded || others > 0
  const name = `${held} of ${PROPERTIES} safety properties hold`
  // A server that was to do the impossible did not do it.
  const hasStopped = hasEnded && held === PROPERTIES && others === 0
  const hasCuts = useApp(({ frame }) => frame !== null && frame.cuts.length > 0)
  // In present mode there is no header to say so.
  const isUnsafe = useApp((state) => state.presenting && unsafeCount(state) > 0)
  const [term = '–', leader = '–', committed = '–', majority = ''] = text.split('|')
  return (
    <div className="vitals">
      <span className="chip">
        Term <b>{term}</b>
      </span>
      <span className="chip">
        Leader <b>{leader}</b>
      </span>
      <span className="chip">
        Committed <b>{committed}</b>
      </span>
      <button
        type="button"
        className={`chip safety ${broken ? 'bad' : 'good'}`}
        aria-label={
          broken
            ? `${hasStopped ? 'Stopped' : name}${others > 0 ? `, ${others} more violated` : ''}: see Safety`
            : name
        }
        onClick={() => showPanel('safety')}
      >
        {broken ? <X size={13} aria-hidden="true" /> : <Check size={13} aria-hidden="true" />}
        <span>
          {hasStopped ? (
            <>
              Stopped<span className="safety-wide">: see Safety</span>
            </>
          ) : others === 0 ? (
            <>
              {held} of {PROPERTIES}
              <span className="safety-words">
                <span className="safety-wide"> safety properties</span> hold
              </span>
            </>
          ) : (
            <>
              <span className="safety-wide">
                {held} of {PROPERTIES} hold, {others} more violated
              </span>
              <span className="safety-narrow">{PROPERTIES - held + others} violated</span>
            </>
          )}
        </span>
      </button>
      {hasCuts && (
        <Part>
          <Cuts />
        </Part>
      )}
      {isUnsafe && (
        <Part>
          <UnsafeChip />
        </Part>
      )}
      {majority !== '' && (
        <span className="chip majority">
          Majority <b>{majority}</b>
        </span>
      )}
    </div>
  )
}

function vitalsOf({ servers, committed }: Frame): (string | number)[] {
  const up = servers.filter((server) => server.state !== 'down')
  const term = Math.max(...servers.map((server) => server.currentTerm))
  return [term, leadersText(up, term), committed, majorityText(servers)]
}

/** Who leads, the latest first. A leader that others have left behind in an earlier term comes with that term. */
export function leadersText(
  up: readonly Pick<ServerFrame, 'id' | 'role' | 'currentTerm'>[],
  term: number,
): string {
  const leaders = up.filter(({ role }) => role === 'leader').sort((a, b) => b.currentTerm - a.currentTerm)
  const texts = leaders.map(
    ({ id, currentTerm }) => serverName(id) + (currentTerm < term ? ` (term ${currentTerm})` : ''),
  )
  return texts.length === 0 ? 'none' : texts.join(', ')
}
