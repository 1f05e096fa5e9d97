/** What the page is measured by, in a browser and another process: what it is asked, and what it answers. */
export interface Order {
  /** The folder of the built page. */
  readonly dist: string
  readonly scenes: readonly Scene[]
  /** How often the page is opened to see how soon it is there. */
  readonly loads: number
}

export interface Scene {
  readonly name: string
  /** The link that opens it, from `#` on. */
  readonly fragment: string
  /** The moment it opens at, in simulated microseconds. */
  readonly at: number
  /** How long it is watched. */
  readonly seconds: number
}

export interface Report {
  readonly watched: readonly Watched[]
  /** Milliseconds from each navigation to the servers on the screen, to their use, and to a leader. */
  readonly drawn: readonly number[]
  readonly usable: readonly number[]
  readonly led: readonly number[]
  /** The files asked for until the servers could be used, then until there was a leader, and in the seconds after. */
  readonly loaded: readonly string[]
  readonly soon: readonly string[]
  readonly later: readonly string[]
}

/** What the page itself saw while it played. */
export interface Seen {
  readonly framesPerSecond: readonly number[]
  readonly longTasks: number
  /** How many messages were on their way, on average over the frames. */
  readonly flights: number
  /** In the longest log at the end. */
  readonly entries: number
  /** Microseconds that went by on the screen, and those that really did. */
  readonly simulated: number
  readonly elapsed: number
}

export interface Watched extends Seen {
  readonly name: string
  /** Milliseconds that the main thread's tasks took for each frame. */
  readonly work: readonly number[]
  /** The same in processor time: what is left where nothing else on the machine interrupts them. */
  readonly processor: readonly number[]
}
