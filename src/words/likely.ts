import type { Outcome } from '../search/outcome.ts'

interface OutcomeWords {
  /** As something to choose. */
  readonly label: string
  /** What it takes. */
  readonly about: string
  /** "… of the futures end in a violation" */
  readonly end: string
}

export const OUTCOME_WORDS: Readonly<Record<Outcome, OutcomeWords>> = {
  violation: {
    label: 'a violation',
    about:
      'A promise above is broken, and it does harm: a rule that is merely broken, as by a second vote, does not count.',
    end: 'end in a violation',
  },
  'two leaders': {
    label: 'two leaders at a time',
    about:
      'Two servers that are up and running lead at the same time. Raft allows that for a while, in different terms.',
    end: 'have two leaders at a time',
  },
  'no leader': {
    label: 'no leader for a second',
    about: 'For a whole second of simulated time no server that is up and running leads.',
    end: 'are without a leader for a second',
  },
}

/** A share in whole percent: all and none are said of nothing less. */
export function percentText(share: number): string {
  if (share === 0 || share === 1) return `${100 * share}\u202f%`
  if (share < 0.005) return '<1\u202f%'
  if (share > 0.995) return '>99\u202f%'
  return `${Math.round(100 * share)}\u202f%`
}

interface Sampled {
  readonly tried: number
  readonly share: number
  /** Between these the true share is, with 95 % confidence. */
  readonly low: number
  readonly high: number
}

/** "83–90 %", or for all and none how far they can be trusted. */
export function intervalText({ share, low, high }: Sampled): string {
  if (share === 0) return `at most ${upTo(high)}`
  if (share === 1) return `at least ${downTo(low)}`
  const [from, to] = [percentText(low), percentText(high)]
  return from === to ? from : `${from.replace('\u202f%', '')}–${to}`
}

const upTo = (share: number): string => `${Math.ceil(100 * share)}\u202f%`
const downTo = (share: number): string => `${Math.floor(100 * share)}\u202f%`

/** What is known of one moment, in two parts: how many of the futures, and what becomes of them. */
export function sharePhrase(sampled: Sampled, outcome: Outcome): readonly [string, string] {
  const { tried, share } = sampled
  const many =
    share === 0
      ? `None of ${tried} futures`
      : share === 1
        ? `All of ${tried} futures`
        : `${percentText(share)} of ${tried} futures`
  return [many, `${OUTCOME_WORDS[outcome].end} (${intervalText(sampled)}, with 95\u202f% confidence)`]
}
