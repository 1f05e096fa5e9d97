import type { Fact } from '../../simulation/facts.ts'
import { useLikely } from '../../store/likely.ts'
import { goToEvents } from '../../store/navigate.ts'
import { percentText } from '../../words/likely.ts'
import type { Sentence } from '../../words/sentence.ts'
import { tell } from '../../words/tell.ts'
import { msText } from '../kit/format.ts'
import { Telling } from '../kit/Telling.tsx'

/** Where it became unavoidable, or likelier by most, and what happened there. */
export function TurnWords() {
  const turn = useLikely((state) => state.turn)
  const isDone = useLikely(({ phase }) => phase === 'done')
  const isCertain = useLikely(({ points }) => points.every(({ share }) => share === 1))
  if (turn === null)
    return isDone ? (
      <p>
        {isCertain ? 'It was bound to come from the start.' : 'At no moment does the share rise by much.'}
      </p>
    ) : null
  const { before, after, unavoidable } = turn
  const isExact = after.events === before.events + 1
  return (
    <div className="likely-turn">
      <p>
        {unavoidable ? 'It became unavoidable' : 'It became likelier by most'}{' '}
        {isExact ? '' : `between ${msText(before.at)} ms and `}
        <button type="button" className="panel-link" onClick={() => goToEvents(after.events)}>
          {isExact ? 'at ' : ''}
          {msText(after.at)} ms
        </button>
        : <b>{percentText(before.share)}</b> of the futures before, <b>{percentText(after.share)}</b> after.
      </p>
      {isExact &&
        told(after.facts).map((sentence, i) => (
          <p key={i} className="safety-why">
            {sentence.who} <Telling sentence={sentence} />
          </p>
        ))}
    </div>
  )
}

/** What is routine is told only where there is nothing else to tell. */
function told(facts: readonly Fact[]): readonly Sentence[] {
  const sentences = facts.map(tell)
  const weighty = sentences.filter(({ weight }) => weight !== 'quiet')
  return weighty.length > 0 ? weighty : sentences.slice(0, 1)
}
