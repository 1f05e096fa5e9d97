/**
 * Keyed random numbers: a draw is a pure function of (seed, purpose, who, n), never the next number of one
 * stream. So a change to a scenario alters only the draws it really concerns.
 */

/** What a draw is for. The numbers are part of the link format: they must never change. */
export const Purpose = {
  ElectionTimeout: 1,
  Latency: 2,
  Loss: 3,
  LossPlace: 4,
  Duplicate: 5,
  DuplicateLatency: 6,
  Reorder: 7,
  ReorderDelay: 8,
  ClientCommand: 9,
  ClientChoice: 10,
  ClientLatency: 11,
  ClientRound: 12,
  /** Not for a history, but for what the search tries. */
  Search: 13,
  /** The seed of each of the futures that a history could have had. */
  Future: 14,
} as const
export type Purpose = (typeof Purpose)[keyof typeof Purpose]

/** A whole number from 0 to 2³² − 1. `who` and `n` are whole numbers below 2³². */
export function draw(seed: number, purpose: Purpose, who: number, n: number): number {
  let h = seed | 0
  h = scramble(h ^ Math.imul(purpose, 0x9e3779b1))
  h = scramble(h ^ Math.imul(who + 0x7f4a7c15, 0x85ebca6b))
  h = scramble(h ^ Math.imul(n + 0x165667b1, 0xc2b2ae35))
  return h >>> 0
}

/** A whole number from `low` to `high`, both included. Whole-number arithmetic only, so every engine agrees. */
export function drawBetween(
  seed: number,
  purpose: Purpose,
  who: number,
  n: number,
  low: number,
  high: number,
): number {
  return low + (draw(seed, purpose, who, n) % (high - low + 1))
}

/** True `parts` times in a million. */
export function drawChance(seed: number, purpose: Purpose, who: number, n: number, parts: number): boolean {
  return parts > 0 && draw(seed, purpose, who, n) % 1_000_000 < parts
}

/** A bijection on 32-bit numbers in which every bit of the input reaches every bit of the output. */
function scramble(value: number): number {
  let h = value
  h ^= h >>> 16
  h = Math.imul(h, 0x7feb352d)
  h ^= h >>> 15
  h = Math.imul(h, 0x846ca68b)
  h ^= h >>> 16
  return h
}
