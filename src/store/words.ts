import type { Fact } from '../simulation/facts.ts'
import { isLater } from '../words/later.ts'
import { type Sentence, say } from '../words/sentence.ts'
import { tellFirst } from '../words/tell-first.ts'
import { type Ahead, foretellFirst, isLaterAhead, isLaterKind } from '../words/upcoming.ts'
import type { Frame } from '../worker/protocol.ts'
import { loaded } from './loaded.ts'

/** The words for what goes beyond a plain cluster, which the first view does without; `null` if they did not come. */
let later: typeof import('../words/tell-later.ts') | null | undefined
let ahead: typeof import('../words/upcoming-later.ts') | null | undefined

/** Loads the words for what somebody does before anybody does it. */
export async function prepareWords(): Promise<void> {
  if (later === undefined) later = await loaded(import('../words/tell-later.ts'))
}

/** The frame, once there are words for all that it tells. */
export async function inWords(frame: Frame): Promise<Frame> {
  if (later === undefined && tellsLater(frame)) await prepareWords()
  if (ahead === undefined && foretellsLater(frame)) ahead = await loaded(import('../words/upcoming-later.ts'))
  return frame
}

const tellsLater = ({ more, happened }: Frame): boolean =>
  more.facts.some(({ fact }) => isLater(fact)) || happened?.facts.some(isLater) === true

const foretellsLater = ({ upcoming }: Frame): boolean => upcoming.some(({ kind }) => isLaterKind(kind))

/** The sentence for a fact of a frame that has come. */
export function tell(fact: Fact): Sentence {
  if (!isLater(fact)) return tellFirst(fact)
  return later?.tellLater(fact) ?? WORDLESS
}

/** The sentence for what is due in such a frame. */
export function foretell(next: Ahead): Sentence {
  if (!isLaterAhead(next)) return foretellFirst(next)
  return ahead?.foretellLater(next) ?? WORDLESS_AHEAD
}

const WORDLESS = say(null, 'minor', null, 'Something happened that this page could not load the words for')
const WORDLESS_AHEAD = say(
  null,
  'minor',
  null,
  'Something is due that this page could not load the words for',
)
