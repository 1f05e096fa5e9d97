import { unreachable } from '../../base/assert.ts'
import type { PropertyId } from '../../check/properties.ts'
import { type Finder, useFinder } from '../../store/find.ts'
import { PROPERTY_WORDS } from '../../words/safety.ts'
import { counted, triedText } from './words.ts'

/** What came of the search so far, in words. */
export function Outcome({ anyBroken, isBest }: { anyBroken: boolean; isBest: boolean }) {
  const state = useFinder((now) => now)
  return (
    <>
      <p className="find-outcome" role="status">
        {outcomeText(state, anyBroken)}
      </p>
      {isBest && <LooksFor {...state} />}
      {state.lost !== null && (
        <p className="find-lost">
          {state.lost} {state.kind === 'searching' && 'The others go on.'}
        </p>
      )}
    </>
  )
}

/** Where a rule is broken, what is looked for is what comes of it. */
function LooksFor({ kind, looksFor }: Finder) {
  if (kind === 'idle' || looksFor === null) return null
  const names = looksFor.map((one) => (one in PROPERTY_WORDS ? PROPERTY_WORDS[one as PropertyId].name : one))
  return <p className="find-looks">Looks for a breach of {names.join(' or ')}.</p>
}

function outcomeText({ kind, tried, found, workers }: Finder, anyBroken: boolean): string {
  switch (kind) {
    case 'idle':
      return ''
    case 'searching':
      return `Searching with ${workers === 1 ? 'one worker' : `${workers} workers`}. ${
        anyBroken
          ? 'Nothing so far; some rules take a while.'
          : 'No violation so far. However long it goes on, that will be no proof.'
      }`
    case 'shrinking': {
      const scenarios = counted(tried.scenarios, 'scenario')
      const sizes = found === null ? '' : `: ${found.from} → ${found.to} interventions`
      return `Found after ${scenarios} in ${tried.seconds.toFixed(1)} s. Making it simpler${sizes}.`
    }
    case 'stopped':
      return anyBroken
        ? `Nothing found in ${triedText(tried)}. That does not make it safe: search on, or look for something else.`
        : `No violation in ${triedText(tried)}. That is no proof: it says what was tried, and there is always more to try.`
    case 'failed':
      return `The search had to stop after ${triedText(tried)}: no worker is left.`
    default:
      return unreachable(kind)
  }
}
