import { countUpTo } from './count-up-to.ts'
import type { World } from './world.ts'
import type { WorldState } from './world-state.ts'

/** Keyframes stand this many events apart, so no moment is further than this from one… */
const APART = 256
/** … or one event to so many messages on their way, since each keyframe holds a copy of where they all are. */
const CROWD = 16

/** A moment to go back to: the world, and how much was recorded until then. */
export interface Keyframe {
  readonly snapshot: WorldState
  readonly judge: unknown
  readonly messages: number
  readonly conditions: number
  readonly facts: number
}

/** A history's keyframes, in order. The first is the start. */
export class Keyframes {
  private readonly list: Keyframe[] = []
  /** How many events are over at each. */
  private readonly events: number[] = []

  add(keyframe: Keyframe): void {
    this.list.push(keyframe)
    this.events.push(keyframe.snapshot.events)
  }

  /** Whether the world has come far enough from the last one. */
  isDue(world: World): boolean {
    const since = world.events - (this.events.at(-1) ?? 0)
    return since >= APART && since * CROWD >= world.messages()
  }

  /** The last one at which no more than `events` events are over. */
  lastUpTo(events: number): Keyframe {
    return this.list[countUpTo(this.events, events) - 1] as Keyframe
  }

  forgetAfter(keyframe: Keyframe): void {
    const length = countUpTo(this.events, keyframe.snapshot.events)
    this.list.length = length
    this.events.length = length
  }
}
