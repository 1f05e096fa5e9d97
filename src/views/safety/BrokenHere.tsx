import { isPromisedIn, lastBreachBefore } from '../../store/broken.ts'
import { undo } from '../../store/edit.ts'
import { goToEvents, play } from '../../store/navigate.ts'
import { useCalm } from '../../store/throttle.ts'
import { brokenNow } from '../../store/unsafe-ways.ts'
import { endTitle, whyOver } from '../../words/ending.ts'
import { PROPERTY_WORDS, tellViolation } from '../../words/safety.ts'
import { operationText } from '../../words/safety-evidence.ts'
import { plain } from '../../words/sentence.ts'
import { tell } from '../../words/tell.ts'
import type { Frame } from '../../worker/protocol.ts'
import { WalkButton } from '../find/WalkButton.tsx'
import { Button } from '../kit/Button.tsx'
import { msText } from '../kit/format.ts'
import { Telling } from '../kit/Telling.tsx'
import { Causes } from './Causes.tsx'

interface Props {
  /** The moment at which it was broken. */
  readonly frame: Frame
  /** How many events are over on the screen: fewer while its causes are looked at. */
  readonly events: number
}

/** What was broken in an event: what and why, how it came about, and the ways on. */
export function BrokenHere({ frame, events }: Props) {
  const canUndo = useCalm((state) => state.canUndo)
  const { end, violation, epoch } = frame
  const isHere = events === frame.events
  const isPromised = isPromisedIn(frame)
  const name =
    violation === null ? endTitle(end?.fact ?? null) : `${PROPERTY_WORDS[violation.kind].name} is violated`
  return (
    <section className="safety-broken" data-promised={isPromised} aria-label={name}>
      <div className="safety-what" role="status">
        <h3>
          <span aria-hidden="true">✗</span> {isHere ? name : `${name} at ${msText(frame.at)} ms`}
        </h3>
        <Words frame={frame} />
      </div>
      {isPromised && <BrokenRules frame={frame} />}
      {isHere && <Evidence violation={violation} />}
      {isHere && <p className="safety-why">{whatNow(frame, isPromised)}</p>}
      <span className="panel-actions">
        <WalkButton key={`walk ${epoch} ${frame.events}`} event={frame.events - 1} />
        {isHere ? (
          <Button small onClick={() => goToEvents(events - 1)}>
            Go back before it
          </Button>
        ) : (
          <Button small onClick={() => goToEvents(frame.events)}>
            Forward to it
          </Button>
        )}
        {isHere && canUndo && (
          <Button small onClick={undo}>
            Undo the last change
          </Button>
        )}
        {isHere && end === null && (
          <Button small onClick={play}>
            {isPromised ? 'Go on all the same' : 'Go on'}
          </Button>
        )}
      </span>
      <Causes key={`${epoch} ${frame.events}`} event={frame.events - 1} events={events} />
    </section>
  )
}

function whatNow({ end, at }: Frame, isPromised: boolean): string {
  if (end !== null) return `The run ends at ${msText(end.at)} ms. ${whyOver(end.fact)}`
  if (!isPromised)
    return 'Play does not stop for it: with these settings nobody promises that this cannot happen.'
  return `Play has stopped at ${msText(at)} ms. The servers agree among themselves as before, so it can go on.`
}

function Words({ frame }: { frame: Frame }) {
  const { violation, end } = frame
  if (violation !== null) {
    const [what, why] = tellViolation(violation)
    const breach = lastBreachBefore(frame)
    return (
      <>
        <p>{what}</p>
        {breach !== null && (
          <p>
            At {msText(breach.at)} ms, {plain(tell(breach.fact))}
          </p>
        )}
        <p className="safety-why">{why}</p>
      </>
    )
  }
  if (end === null || end.fact === null) return null
  const sentence = tell(end.fact)
  return (
    <p>
      {sentence.who} <Telling sentence={sentence} />
    </p>
  )
}

/** What the cluster did against the rules at that moment. */
function BrokenRules({ frame }: { frame: Frame }) {
  const broken = useCalm((state) => brokenNow({ ...state, frame }))
  if (broken === '') return null
  const names = broken.split('\n')
  return (
    <p className="safety-why">
      {names.length === 1 ? 'Broken on purpose: ' : 'Rules broken on purpose: '}
      {names.map((name) => `“${name}”`).join(', ')}.
    </p>
  )
}

/** What clients saw that contradicts itself, each line a way to its answer. */
function Evidence({ violation }: Pick<Frame, 'violation'>) {
  if (violation?.kind !== 'Linearizability') return null
  const { operations: core, source } = violation.evidence
  // Where it wrote what was found, that is part of the contradiction too.
  const operations = source === null || core.includes(source) ? core : [source, ...core]
  return (
    <>
      <h4>What contradicts itself</h4>
      <ol className="safety-chain">
        {operations.map((operation) => {
          const { client, serial, invoked, answered } = operation
          const { event } = answered ?? invoked
          return (
            <li key={`${client} ${serial}`}>
              <button type="button" onClick={() => goToEvents(event + 1)}>
                {operationText(operation)}
              </button>
            </li>
          )
        })}
      </ol>
    </>
  )
}
