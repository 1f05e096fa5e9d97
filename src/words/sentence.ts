import { type Address, type LogIndex, type Micros, nameOf } from '../base/ids.ts'
import type { Weight } from '../simulation/notable.ts'
import type { Part, Sentence } from './tell.ts'

/** Marks a piece as strong. */
export const strong = (text: string): Part => ({ text, strong: true })

/** Puts a sentence together. */
export function say(
  who: Address | null,
  weight: Weight,
  rule: string | null,
  ...pieces: readonly (string | Part)[]
): Sentence {
  const parts = pieces.map((piece) => (typeof piece === 'string' ? { text: piece } : piece))
  return {
    who: who === null ? '' : nameOf(who),
    parts: parts.filter(({ text }) => text !== ''),
    rule,
    weight,
  }
}

/** `S1, S2, S3` */
export const names = (addresses: readonly Address[]): string => addresses.map(nameOf).join(', ')

/** `S1’s` */
export const of = (address: Address): string => `${nameOf(address)}’s`

/** `5`, or `5–7` */
export const range = (first: LogIndex, last: LogIndex): string =>
  first === last ? `${first}` : `${first}–${last}`

/** `entry 5`, or `entries 5–7` */
export const entries = (first: LogIndex, last: LogIndex): string =>
  `${first === last ? 'entry' : 'entries'} ${range(first, last)}`

/** `212.4 ms` */
export const ms = (time: Micros): string => `${(Math.round(time / 100) / 10).toFixed(1)} ms`
