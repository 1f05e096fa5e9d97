import { undo } from '../../store/edit.ts'
import { goToEvents, play } from '../../store/navigate.ts'
import { useCalm } from '../../store/throttle.ts'
import { endTitle, whyOver } from '../../words/ending.ts'
import { PROPERTY_WORDS, tellViolation } from '../../words/safety.ts'
import { operationText } from '../../words/safety-evidence.ts'
import { tell } from '../../words/tell.ts'
import type { Frame } from '../../worker/protocol.ts'
import { Button } from '../kit/Button.tsx'
import { msText } from '../kit/format.ts'
import { Telling } from '../kit/Telling.tsx'
import { Causes } from './Causes.tsx'

/** What was broken in the event on the screen: what and why, how it came about, and the ways on. */
export function BrokenHere({ frame }: { frame: Frame }) {
  const canUndo = useCalm((state) => state.canUndo)
  const { end, violation, events, at, epoch } = frame
  if (end === null && violation === null) return null
  const title =
    violation === null ? endTitle(end?.fact ?? null) : `${PROPERTY_WORDS[violation.kind].name} is violated`
  return (
    <section className="safety-broken" role="status">
      <h3>
        <span aria-hidden="true">✗</span> {title}
      </h3>
      <Words frame={frame} />
      <Evidence violation={violation} />
      <p className="safety-why">
        {end === null
          ? `Play has stopped at ${msText(at)} ms. The servers agree among themselves as before, so it can go on.`
          : `The run ends at ${msText(end.at)} ms. ${whyOver(end.fact)}`}
      </p>
      <span className="panel-actions">
        <Button small onClick={() => goToEvents(events - 1)}>
          Go back before it
        </Button>
        {canUndo && (
          <Button small onClick={undo}>
            Undo the last change
          </Button>
        )}
        {end === null && (
          <Button small onClick={play}>
            Go on all the same
          </Button>
        )}
      </span>
      <Causes key={`${epoch} ${events}`} event={events - 1} />
    </section>
  )
}

function Words({ frame: { violation, end } }: { frame: Frame }) {
  if (violation !== null) {
    const [what, why] = tellViolation(violation)
    return (
      <>
        <p>{what}</p>
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

/** What clients saw that contradicts itself, each line a way to its answer. */
function Evidence({ violation }: Pick<Frame, 'violation'>) {
  if (violation?.kind !== 'Linearizability') return null
  const { operations } = violation.evidence
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
