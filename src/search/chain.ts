import type { Micros } from '../base/ids.ts'
import type { Fact } from '../simulation/facts.ts'
import { type Happened, type History, Mark } from '../simulation/history.ts'
import { weightOf } from '../simulation/notable.ts'
import type { Sentence } from '../words/sentence.ts'
import { tell } from '../words/tell.ts'
import type { Finding } from './finding.ts'
import { otherSide } from './other-side.ts'

/** One event of how something came about, in words. */
export interface Caption {
  readonly event: number
  readonly at: Micros
  readonly sentences: readonly Sentence[]
  /** One of those that are enough to follow the story; the others only lead from one to the next. */
  readonly isStep: boolean
}

/**
 * The events that led to one, oldest first, that one included: each is the cause of the next. The history's cursor is
 * left behind the event.
 */
export function chainOf<Verdict>(history: History<Verdict>, event: number): Caption[] {
  const chain: Caption[] = []
  for (let at = event; at >= 0; ) {
    const happened = happenedAt(history, at)
    if (happened === null) break
    chain.push(captionOf(happened, isAct(history, at)))
    at = happened.cause
  }
  history.seek(event + 1)
  return chain.reverse()
}

/** How a violation came about: what led to it, what it contradicts and what led there, and all that was done by hand. */
export function captionsOf<Verdict>(history: History<Verdict>, finding: Finding): Caption[] {
  history.seek(finding.event + 1)
  const anchors = [finding.event, ...otherSide(history.facts, finding)]
  const captions = new Map<number, Caption>()
  for (const anchor of anchors) {
    for (const caption of chainOf(history, anchor)) captions.set(caption.event, caption)
    const last = captions.get(anchor)
    if (last !== undefined) captions.set(anchor, { ...last, isStep: true })
  }
  for (let event = 0; event <= finding.event; event++) {
    if (!isAct(history, event) || captions.has(event)) continue
    const happened = happenedAt(history, event)
    if (happened !== null) captions.set(event, captionOf(happened, true))
  }
  history.seek(finding.event + 1)
  return [...captions.values()]
    .filter(({ sentences }) => sentences.length > 0)
    .sort((a, b) => a.event - b.event)
}

const isAct = <Verdict>({ marks }: History<Verdict>, event: number): boolean =>
  ((marks[event] ?? 0) & Mark.Act) !== 0

function happenedAt<Verdict>(history: History<Verdict>, event: number): Happened | null {
  history.seek(event + 1)
  return history.happened?.event === event ? history.happened : null
}

/** What is routine is told only where there is nothing else to tell. */
function captionOf({ event, at, facts }: Happened, byHand: boolean): Caption {
  const sentences = facts.map((fact) =>
    isAnswer(fact) ? { ...tell(fact), weight: 'beat' as const } : tell(fact),
  )
  const told = sentences.filter(({ weight }) => weight !== 'quiet')
  const isStep = byHand || facts.some(isTurn)
  return { event, at, sentences: told.length > 0 ? told : sentences.slice(0, 1), isStep }
}

/** What the next turn of the story tells again: who was elected, or that something was tried once more. */
const ON_THE_WAY: ReadonlySet<Fact['kind']> = new Set<Fact['kind']>([
  'VoteGranted',
  'VoteRefused',
  'PreVoteRefused',
  'TermAdopted',
  'AppendRefused',
  'NextBackedUp',
  'CommandRedirected',
])

/** An answer given without asking the others is where many a story turns, however small it is (D 6.4). */
const isAnswer = ({ kind }: Fact): boolean => kind === 'ReadAnswered'

const isTurn = (fact: Fact): boolean =>
  isAnswer(fact) || (weightOf(fact) === 'beat' && !ON_THE_WAY.has(fact.kind))
