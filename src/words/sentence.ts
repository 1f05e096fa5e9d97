import { type Address, type LogIndex, type Micros, nameOf } from '../base/ids.ts'
import type { Weight } from '../simulation/notable.ts'

/** A piece of a sentence; what happened is strong, the rest says why. */
export interface Part {
  readonly text: string
  readonly strong?: boolean
}

/** One thing that happened, as a sentence. */
export interface Sentence {
  /** `S3` or `C1`; empty for what happens to the network or the whole cluster. The subject of the parts. */
  readonly who: string
  readonly parts: readonly Part[]
  /** Where the paper says so. */
  readonly rule: string | null
  /** A `beat` is what a lecture stops at, `minor` what a list of events shows too, `quiet` the rest. */
  readonly weight: Weight
}

/** The sentence as one line of text: `S1 stepped down: … . §5.1` */
export function plain({ who, parts, rule }: Sentence): string {
  const text = parts.map((part) => part.text).join('')
  const ended = /[.!?]$/.test(text) ? text : `${text}.`
  return [who, ended, rule].filter(Boolean).join(' ')
}

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

/** Servers in groups that are apart: `S1, S2 | S3, S4` */
export const groupsText = (groups: readonly (readonly Address[])[]): string =>
  groups
    .filter((group) => group.length > 0)
    .map(names)
    .join(' | ')

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
