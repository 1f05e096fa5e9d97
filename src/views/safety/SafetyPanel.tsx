import type { PropertyId } from '../../check/properties.ts'
import { brokenOnes } from '../../store/broken.ts'
import { goToEvents } from '../../store/navigate.ts'
import { useCalm } from '../../store/throttle.ts'
import { PROPERTY_WORDS } from '../../words/safety.ts'
import { type PropertyState, stateOf } from '../../words/safety-states.ts'
import { sectionTitle } from '../../words/sections.ts'
import type { SafetyFrame } from '../../worker/protocol.ts'
import { FindButton } from '../find/FindButton.tsx'
import { msText } from '../kit/format.ts'
import { HowLikely } from '../likely/HowLikely.tsx'
import { BrokenHere } from './BrokenHere.tsx'
import './safety.css'

const PAPER = 'https://raft.github.io/raft.pdf'
const IDS = Object.keys(PROPERTY_WORDS) as PropertyId[]
const CLIENTS: readonly PropertyId[] = ['ExactlyOnce', 'Linearizability']
const PROMISES = IDS.filter((id) => PROPERTY_WORDS[id].section === 'Fig. 3')
const LEMMAS = IDS.filter((id) => !PROMISES.includes(id) && !CLIENTS.includes(id))

/** What Raft promises, and whether it has been kept at every event so far. */
export function SafetyPanel() {
  const frame = useCalm((state) => state.frame)
  const walk = useCalm((state) => state.walk)
  if (frame === null) return null
  const { safety } = frame
  return (
    <div className="panel">
      {brokenOnes(frame, walk).map((broken) => (
        <BrokenHere key={`${broken.epoch} ${broken.events}`} frame={broken} events={frame.events} />
      ))}
      <FindButton />
      <Properties ids={PROMISES} safety={safety} name="safety properties" note="checked after every event" />
      <Properties ids={LEMMAS} safety={safety} name="conditions" note="that their proofs lean on" />
      <Properties ids={CLIENTS} safety={safety} name="promises to clients" note="checked at every answer" />
      <p className="safety-why">
        The names and sections are those of{' '}
        <a href={PAPER} target="_blank" rel="noreferrer">
          the Raft paper
        </a>{' '}
        by Ongaro and Ousterhout, or, with a D, of Ongaro’s dissertation. Everything is judged up to the
        moment on the screen, from what the servers hold and what clients see, never from what servers say.
      </p>
      <HowLikely />
    </div>
  )
}

interface PropertiesProps {
  readonly ids: readonly PropertyId[]
  readonly safety: SafetyFrame
  readonly name: string
  readonly note: string
}

function Properties({ ids, safety, name, note }: PropertiesProps) {
  const states = ids.map((id) => stateOf(id, safety))
  const kept = states.filter(({ kind }) => kind === 'holds').length
  return (
    <section>
      <h3>
        {kept} of {ids.length} {name} hold <small>{note}</small>
      </h3>
      <ul className="safety-list">
        {ids.map((id, i) => (
          <PropertyRow key={id} id={id} state={states[i] as PropertyState} />
        ))}
      </ul>
    </section>
  )
}

const SIGNS = { holds: '✓', broken: '✗', unknown: '?', 'not judged': '–' } as const

function PropertyRow({ id, state }: { id: PropertyId; state: PropertyState }) {
  const { name, statement, section } = PROPERTY_WORDS[id]
  return (
    <li data-state={state.kind} data-promised={state.kind === 'broken' ? state.promised : undefined}>
      <span className="safety-state">
        <span aria-hidden="true">{SIGNS[state.kind]}</span>
        {state.kind === 'broken' ? 'violated' : state.kind}
      </span>
      <div>
        <p>
          <b>{name}</b>
          {statement}
        </p>
        {state.kind === 'broken' && (
          <button type="button" className="safety-when" onClick={() => goToEvents(state.event + 1)}>
            at {msText(state.at)} ms
          </button>
        )}
        {state.note !== null && <p className="safety-why">{state.note}</p>}
      </div>
      <span className="safety-section" title={sectionTitle(section)}>
        {section}
      </span>
    </li>
  )
}
