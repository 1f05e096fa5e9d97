/** A label that wants to stand at `x`. */
export interface Wish {
  readonly x: number
  readonly width: number
  /** It gives way to those of a lower rank. */
  readonly rank: number
}

const APART = 6

/**
 * Finds each label a row in which it overlaps no other: the lowest with room, or −1 for none. Wishes come in the
 * order of x. Only distances count, so nothing changes rows while the labels scroll by.
 */
export function stack(wishes: readonly Wish[], rows: number): number[] {
  const taken: Wish[][] = Array.from({ length: rows }, () => [])
  const found = wishes.map(() => -1)
  for (const turn of [...new Set(wishes.map(({ rank }) => rank))].sort()) {
    wishes.forEach((wish, i) => {
      if (wish.rank === turn) found[i] = claim(wish, taken)
    })
  }
  return found
}

function claim(wish: Wish, taken: readonly Wish[][]): number {
  const row = taken.findLastIndex((others) => !others.some((other) => overlap(wish, other)))
  taken[row]?.push(wish)
  return row
}

const overlap = (a: Wish, b: Wish): boolean => a.x < b.x + b.width + APART && b.x < a.x + a.width + APART
