import type { LogIndex, ServerId } from '../base/ids.ts'

/** Which servers decide (§6). In joint consensus, `next` decides too, by a majority of its own. Never changed. */
export interface Configuration {
  /** In the order of their ids; empty for a server that has been told nothing yet. */
  readonly voters: readonly ServerId[]
  /** C-new while a joint configuration C-old,new holds; else `null`. */
  readonly next: readonly ServerId[] | null
}

/** A configuration with the index of the entry that brought it; 0 for the one a cluster starts with. */
export interface ConfigurationAt {
  readonly index: LogIndex
  readonly configuration: Configuration
}

/** What a server belongs to before anybody has told it. */
export const NO_CONFIGURATION: Configuration = { voters: [], next: null }

export const configurationOf = (voters: readonly ServerId[]): Configuration => ({ voters, next: null })

export const isSameConfiguration = (a: Configuration, b: Configuration): boolean =>
  isSameSet(a.voters, b.voters) &&
  (a.next === null || b.next === null ? a.next === b.next : isSameSet(a.next, b.next))

export const isSameSet = (a: readonly ServerId[], b: readonly ServerId[]): boolean =>
  a.length === b.length && a.every((id, i) => id === b[i])

/** Whether a server has a vote, in either part of a joint configuration. */
export const isVoter = ({ voters, next }: Configuration, id: ServerId): boolean =>
  voters.includes(id) || next?.includes(id) === true

/** All servers with a vote, by id. */
export function votersOf({ voters, next }: Configuration): readonly ServerId[] {
  if (next === null) return voters
  return [...new Set([...voters, ...next])].sort((a, b) => a - b)
}

/** How many make a majority of a set. */
export const majorityOf = (set: readonly ServerId[]): number => Math.floor(set.length / 2) + 1

/** How many of a set decide: a majority, or so many less; but somebody. */
export const neededOf = (set: readonly ServerId[], short: number): number =>
  Math.max(1, majorityOf(set) - short)

/**
 * §6: a majority of the voters; in joint consensus, of both sets separately, never of their union. `short` is by how many
 * servers each may miss it.
 */
export function hasQuorum(
  { voters, next }: Configuration,
  agrees: (id: ServerId) => boolean,
  short = 0,
): boolean {
  return hasMajority(voters, agrees, short) && (next === null || hasMajority(next, agrees, short))
}

function hasMajority(set: readonly ServerId[], agrees: (id: ServerId) => boolean, short: number): boolean {
  let count = 0
  for (const id of set) if (agrees(id)) count++
  return count >= neededOf(set, short)
}

/** The highest value that a quorum has reached. */
export function quorumValue(
  { voters, next }: Configuration,
  reached: (id: ServerId) => number,
  short = 0,
): number {
  const value = majorityValue(voters, reached, short)
  return next === null ? value : Math.min(value, majorityValue(next, reached, short))
}

/** Asked for at each reply, so it allocates nothing. */
function majorityValue(set: readonly ServerId[], reached: (id: ServerId) => number, short: number): number {
  const needed = neededOf(set, short)
  let highest = 0
  for (const candidate of set) {
    const value = reached(candidate)
    if (value <= highest) continue
    let holders = 0
    for (const id of set) if (reached(id) >= value) holders++
    if (holders >= needed) highest = value
  }
  return highest
}
