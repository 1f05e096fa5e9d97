import { Check, X } from 'lucide-react'
import { heal } from '../../store/deeds.ts'
import { app, useApp } from '../../store/state.ts'
import type { Frame } from '../../worker/protocol.ts'
import { serverName } from '../kit/format.ts'

/** How many properties the judges watch. */
const PROPERTIES = 5

/** The state of the whole cluster in four chips. */
export function Vitals() {
  const text = useApp(({ frame }) => (frame === null ? '' : vitalsOf(frame).join('|')))
  const broken = useApp(({ frame }) => frame !== null && frame.end !== null)
  const [term = '–', leader = '–', committed = '–'] = text.split('|')
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
        aria-label={broken ? 'Stopped: see Safety' : `${PROPERTIES} of ${PROPERTIES} safety properties hold`}
        onClick={() => app.setState({ panel: 'safety' })}
      >
        {broken ? <X size={13} aria-hidden="true" /> : <Check size={13} aria-hidden="true" />}
        {broken ? 'Stopped' : `${PROPERTIES} of ${PROPERTIES}`}
        <span className="safety-wide">{broken ? ': see Safety' : ' safety properties hold'}</span>
      </button>
      <Cuts />
    </div>
  )
}

/** While links are cut: how many, and the way back. */
function Cuts() {
  const cuts = useApp(({ frame }) => frame?.cuts.length ?? 0)
  if (cuts === 0) return null
  return (
    <span className="chip cuts">
      {cuts === 1 ? '1 one-way cut' : `${cuts} one-way cuts`}
      <button type="button" onClick={heal} title="Heal all links (H)">
        Heal all
      </button>
    </span>
  )
}

function vitalsOf({ servers }: Frame): (string | number)[] {
  const up = servers.filter((server) => server.state !== 'down')
  const term = Math.max(...servers.map((server) => server.currentTerm))
  const leaders = up.filter((server) => server.role === 'leader').map((server) => serverName(server.id))
  const committed = Math.max(0, ...up.map((server) => server.commitIndex))
  return [term, leaders.length === 0 ? 'none' : leaders.join(', '), committed]
}
