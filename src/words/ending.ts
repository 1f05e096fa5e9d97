import type { Fact } from '../simulation/facts.ts'

/** What ended a run that no safety property was broken in, for a heading. */
export const endTitle = (fact: Fact | null): string =>
  fact?.kind === 'TooManyMessages' ? 'Too many messages' : 'Something impossible'

/** Why a run does not go on. `fact` is what ended it; `null` if a safety property was broken. */
export const whyOver = (fact: Fact | null): string =>
  fact?.kind === 'TooManyMessages'
    ? 'So many messages are on their way that nobody could follow what comes next.'
    : 'What Raft promises was broken in this event, so nothing after it would mean anything.'
