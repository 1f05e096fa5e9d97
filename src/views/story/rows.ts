import { countWhile } from '../../base/count-while.ts'
import { type Micros, type ServerId, serverId } from '../../base/ids.ts'
import type { Condition, FactRecord } from '../../simulation/columns.ts'
import type { Fact } from '../../simulation/facts.ts'
import { tell } from '../../store/words.ts'
import type { Sentence } from '../../words/sentence.ts'
import { tellNothing } from '../../words/tell-nothing.ts'
import type { Frame } from '../../worker/protocol.ts'

export type Filter = 'main' | 'all'

/** One line of the story. */
export interface Row {
  readonly key: string
  /** Which event it tells of. */
  readonly event: number
  readonly at: Micros
  /** The event that led to this one; −1 for the start of the run. */
  readonly cause: number
  readonly sentence: Sentence
  /** The server it is about. */
  readonly server: ServerId | null
  readonly tense: 'past' | 'now' | 'ahead'
}

/** How many lines of the past and of the known future are shown. */
const PAST = 40
const AHEAD = 8
/** As many of the past are shown while they come faster than anybody reads: enough to fill the view. */
export const PAST_CROWDED = 14
/** The first line changes only after so many facts: until then, all lines keep their place while more are added. */
const AT_ONCE = 20
/** How many facts are looked at for those that pass the filter. */
const SEARCHED = 1000

/** How many facts a list goes on for that the viewer has scrolled back to. */
const HELD = 240

export interface Story {
  readonly rows: readonly Row[]
  /** The first fact shown, as an index: to hold it, or to show more before it. */
  readonly first: number
  /** There is more before it. */
  readonly more: boolean
  /** What comes right before the present is not known yet, so nothing stands there as if it did. */
  readonly gap: boolean
  /** The list ends before the present. */
  readonly cut: boolean
}

/**
 * The lines around the present: those of the past from fact `from` on, or so many as are worth showing; what the
 * present event did, with its quiet parts if `whole`; and what is known to follow. `lacking` facts are those that
 * should be the last of the `upTo`. Of the past there are about `most` lines.
 */
export function storyAround(
  facts: readonly FactRecord[],
  upTo: number,
  frame: Pick<Frame, 'events' | 'happened'>,
  filter: Filter,
  whole: boolean,
  from: number | null,
  lacking = false,
  most = PAST,
): Story {
  const present = frame.events - 1
  const shown = ({ fact }: FactRecord): boolean => filter === 'all' || sentenceOf(fact).weight === 'beat'
  const end = from === null ? upTo : Math.min(upTo, from + HELD)
  const past: Row[] = []
  let first = end
  const gap = lacking && from === null
  const until = gap ? first : Math.max(0, from ?? upTo - SEARCHED)
  while (first > until && (from !== null || past.length < most || (most === PAST && first % AT_ONCE !== 0))) {
    const record = facts[--first]
    if (record === undefined || !shown(record) || (whole && record.event === present)) continue
    past.push(rowOf(record, first, record.event === present ? 'now' : 'past'))
  }
  past.reverse()
  const more = first > 0 || gap
  if (end < upTo || (lacking && !gap)) return { rows: past, first, more, gap, cut: true }
  if (whole) past.push(...wholeEvent(frame))
  return { rows: [...past, ...knownAhead(facts, upTo, shown)], first, more, gap, cut: false }
}

function knownAhead(
  facts: readonly FactRecord[],
  upTo: number,
  shown: (record: FactRecord) => boolean,
): readonly Row[] {
  const ahead: Row[] = []
  for (let i = upTo; i < Math.min(facts.length, upTo + SEARCHED) && ahead.length < AHEAD; i++) {
    const record = facts[i]
    if (record !== undefined && shown(record)) ahead.push(rowOf(record, i, 'ahead'))
  }
  return ahead
}

function rowOf({ event, at, cause, fact }: FactRecord, i: number, tense: Row['tense']): Row {
  const sentence = sentenceOf(fact)
  return { key: `f${i}`, event, at, cause, sentence, server: subjectOf(sentence), tense }
}

/** All that the present event did, the quiet parts too; where that is nothing, that. */
function wholeEvent({ happened }: Pick<Frame, 'happened'>): Row[] {
  if (happened === null) return []
  const { event, at, cause, facts, what } = happened
  const sentences = facts.length > 0 ? facts.map(sentenceOf) : [tellNothing(what)]
  return sentences.map((sentence, i) => {
    return { key: `e${event}.${i}`, event, at, cause, sentence, server: subjectOf(sentence), tense: 'now' }
  })
}

const sentences = new WeakMap<Fact, Sentence>()

/** Facts never change, so each is told once. */
export function sentenceOf(fact: Fact): Sentence {
  let sentence = sentences.get(fact)
  if (sentence === undefined) {
    sentence = tell(fact)
    sentences.set(fact, sentence)
  }
  return sentence
}

/** Who the sentence is about, if that is a server. */
function subjectOf({ who }: Sentence): ServerId | null {
  return who.startsWith('S') ? serverId(Number(who.slice(1))) : null
}

/** The term that a server led in when an event was over; `null` if it did not lead. */
export function leadsIn(conditions: readonly Condition[], server: ServerId, event: number): number | null {
  const over = countWhile(conditions, (condition) => condition.event <= event)
  for (let i = over - 1; i >= 0; i--) {
    const condition = conditions[i]
    if (condition?.server === server)
      return condition.role === 'leader' && condition.state !== 'down' ? condition.term : null
  }
  return null
}
