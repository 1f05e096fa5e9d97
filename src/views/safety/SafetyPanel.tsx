import { undo } from '../../store/edit.ts'
import { goToEvents } from '../../store/navigate.ts'
import { useCalm } from '../../store/throttle.ts'
import { endTitle, whyOver } from '../../words/ending.ts'
import { PROPERTY_WORDS, type PropertyId, tellViolation } from '../../words/safety.ts'
import { sectionTitle } from '../../words/sections.ts'
import { tell } from '../../words/tell.ts'
import type { EndFrame } from '../../worker/protocol.ts'
import { Button } from '../kit/Button.tsx'
import { msText } from '../kit/format.ts'
import { Telling } from '../kit/Telling.tsx'
import './safety.css'

const PAPER = 'https://raft.github.io/raft.pdf'
const IDS = Object.keys(PROPERTY_WORDS) as PropertyId[]
const PROMISES = IDS.filter((id) => PROPERTY_WORDS[id].section === 'Fig. 3')
const LEMMAS = IDS.filter((id) => PROPERTY_WORDS[id].section !== 'Fig. 3')

/** What Raft promises, and whether it has been kept at every event so far. */
export function SafetyPanel() {
  const end = useCalm((state) => state.frame?.end ?? null)
  const broken = end?.violation?.kind ?? null
  return (
    <div className="panel">
      {end !== null && <Broken end={end} />}
      <Properties ids={PROMISES} broken={broken} name="safety properties" note="checked after every event" />
      <Properties ids={LEMMAS} broken={broken} name="conditions" note="that their proofs lean on" />
      <p className="safety-why">
        The names and sections are those of{' '}
        <a href={PAPER} target="_blank" rel="noreferrer">
          the Raft paper
        </a>{' '}
        by Ongaro and Ousterhout.
      </p>
    </div>
  )
}

interface PropertiesProps {
  readonly ids: readonly PropertyId[]
  readonly broken: PropertyId | null
  readonly name: string
  readonly note: string
}

function Properties({ ids, broken, name, note }: PropertiesProps) {
  const kept = ids.filter((id) => id !== broken).length
  return (
    <section>
      <h3>
        {kept} of {ids.length} {name} hold <small>{note}</small>
      </h3>
      <ul className="safety-list">
        {ids.map((id) => (
          <PropertyRow key={id} id={id} broken={id === broken} />
        ))}
      </ul>
    </section>
  )
}

function PropertyRow({ id, broken }: { id: PropertyId; broken: boolean }) {
  const { name, statement, section } = PROPERTY_WORDS[id]
  return (
    <li data-broken={broken ? '' : undefined}>
      <span className="safety-state">
        <span aria-hidden="true">{broken ? '✗' : '✓'}</span>
        {broken ? 'violated' : 'holds'}
      </span>
      <p>
        <b>{name}</b>
        {statement}
      </p>
      <span className="safety-section" title={sectionTitle(section)}>
        {section}
      </span>
    </li>
  )
}

function Broken({ end }: { end: EndFrame }) {
  const canUndo = useCalm((state) => state.canUndo)
  return (
    <section className="safety-broken" role="status">
      <h3>
        <span aria-hidden="true">✗</span> {titleOf(end)}
      </h3>
      <Words end={end} />
      <p className="safety-why">
        The run ends at {msText(end.at)} ms. {whyOver(end.fact)}
      </p>
      <span className="panel-actions">
        <Button small onClick={() => goToEvents(end.event)}>
          Go back before it
        </Button>
        {canUndo && (
          <Button small onClick={undo}>
            Undo the last change
          </Button>
        )}
      </span>
    </section>
  )
}

function titleOf({ violation, fact }: EndFrame): string {
  return violation === null ? endTitle(fact) : `${PROPERTY_WORDS[violation.kind].name} is violated`
}

function Words({ end: { violation, fact } }: { end: EndFrame }) {
  if (violation !== null) {
    const [what, why] = tellViolation(violation)
    return (
      <>
        <p>{what}</p>
        <p className="safety-why">{why}</p>
      </>
    )
  }
  if (fact === null) return null
  const sentence = tell(fact)
  return (
    <p>
      {sentence.who} <Telling sentence={sentence} />
    </p>
  )
}
