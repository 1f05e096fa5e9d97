import type { Caption } from '../search/chain.ts'
import { plain, type Sentence } from '../words/sentence.ts'
import { causesOf } from './causes.ts'
import { player } from './player.ts'
import { app } from './state.ts'
import { inTurn } from './steps.ts'

/** One step of how something came about: all that is to be told of one moment. */
export interface Step {
  /** The last event of it. */
  readonly event: number
  readonly at: number
  readonly sentences: readonly Sentence[]
}

/** The steps that lead to what was broken, to be walked through or played. */
export interface Walk {
  readonly steps: readonly Step[]
  /** The speed that it was opened with. */
  readonly slowdown: number
  /** What it took to find it; `null` where nobody searched. */
  readonly origin: {
    readonly scenarios: number
    readonly seconds: number
    readonly from: number
    readonly to: number
    /** What is other than in the cluster that was searched with, as a text. */
    readonly differs: string
  } | null
}

/** Of a chain of causes, what is enough to follow it. What happens at one time is one step. */
export function stepsOf(captions: readonly Caption[]): Step[] {
  const steps: Step[] = []
  for (const { event, at, sentences, isStep } of captions) {
    if (!isStep) continue
    const beats = sentences.filter(({ weight }) => weight === 'beat')
    const told = beats.length > 0 ? beats : sentences
    const before = steps.at(-1)?.at === at ? steps.pop() : undefined
    steps.push({ event, at, sentences: [...(before?.sentences ?? []), ...told] })
  }
  return steps
}

/** Which step was last at a moment; −1 before the first. */
export const stepAt = (steps: readonly Step[], events: number): number =>
  steps.findLastIndex(({ event }) => event < events)

/** To the next step, or back to the one before. */
export function goToStep(by: 1 | -1): void {
  app.setState({ playing: false })
  void inTurn((events) => {
    const steps = app.getState().walk?.steps ?? []
    const step = steps[stepAt(steps, events) + by]
    if (step !== undefined) void player.show({ kind: 'events', events: step.event + 1 })
    else if (by === -1) void player.show({ kind: 'events', events: 0 })
  })
}

/** Begins to walk through how what was broken in an event came about. False if it cannot be told. */
export async function walkTo(event: number): Promise<boolean> {
  const { scenario, slowdown } = app.getState()
  const steps = stepsOf((await causesOf(event)) ?? [])
  const [first] = steps
  if (first === undefined || app.getState().scenario !== scenario) return false
  app.setState({ walk: { steps, slowdown, origin: null }, playing: false })
  void player.show({ kind: 'events', events: first.event + 1 })
  return true
}

export const leaveWalk = (): void => app.setState({ walk: null })

/** How long somebody takes to read a step and to look at what it tells of. */
const LEAST_MS = 1500
const LETTER_MS = 22
const MOST_MS = 4500

/** How long it takes to read what the walk is about, before its first step. */
const OPENING_MS = 2200

export const readingTime = ({ sentences }: Step): number =>
  Math.min(MOST_MS, Math.max(LEAST_MS, sentences.map(plain).join(' ').length * LETTER_MS))

/**
 * Lets no step go by faster than it can be read while it plays: told at each tick, it answers how much slower than asked
 * for time is to run. Who plays faster than the walk began reads faster, too.
 */
export function reader(clock: () => number = () => performance.now()): () => number {
  let shown: Step | undefined | null = null
  let shownAt = 0
  return () => {
    const { frame, walk, slowdown } = app.getState()
    if (frame === null || walk === null) return 1
    const { steps } = walk
    const index = stepAt(steps, frame.events)
    const step = steps[index]
    const next = steps[index + 1]
    if (step !== shown) {
      shown = step
      shownAt = clock()
    }
    if (next === undefined) return 1
    const haste = Math.min(1, slowdown / walk.slowdown)
    const left = (step === undefined ? OPENING_MS : readingTime(step)) * haste - (clock() - shownAt)
    const needs = ((next.at - player.now) * slowdown) / 1000
    return left <= 0 ? 1 : Math.min(1, Math.max(0, needs) / left)
  }
}
