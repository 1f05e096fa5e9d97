import { beforeEach, describe, expect, test } from 'vitest'
import { micros } from '../base/ids.ts'
import { fresh } from '../scenario/fresh.ts'
import type { Caption } from '../search/chain.ts'
import type { Sentence } from '../words/sentence.ts'
import { firstFrame } from './first-frame.ts'
import { player } from './player.ts'
import { app } from './state.ts'
import { reader, readingTime, stepAt, stepsOf, type Walk } from './walk.ts'

const sentence = (text: string, weight: Sentence['weight'] = 'beat'): Sentence => ({
  who: 'S1',
  parts: [{ text }],
  rule: null,
  weight,
})
const caption = (event: number, at: number, isStep: boolean, ...sentences: Sentence[]): Caption => ({
  event,
  at: micros(at),
  isStep,
  sentences,
})

describe('the steps to what was broken', () => {
  test('are those that matter, each with what weighs most in it', () => {
    const steps = stepsOf([
      caption(1, 10, true, sentence('crashed')),
      caption(2, 20, false, sentence('voted')),
      caption(5, 30, true, sentence('counted', 'minor'), sentence('was elected')),
      caption(9, 40, true, sentence('answered', 'minor')),
    ])
    const told = steps.map(({ event, sentences }) => [event, ...sentences.map(({ parts }) => parts[0]?.text)])
    expect(told).toEqual([
      [1, 'crashed'],
      [5, 'was elected'],
      [9, 'answered'],
    ])
  })

  test('that happen at one time are one', () => {
    const steps = stepsOf([
      caption(1, 10, true, sentence('crashed')),
      caption(2, 10, true, sentence('restarted')),
      caption(3, 11, true, sentence('timed out')),
    ])
    expect(steps.map(({ event, sentences }) => [event, sentences.length])).toEqual([
      [2, 2],
      [3, 1],
    ])
  })

  test('are over once their event is', () => {
    const steps = stepsOf([caption(3, 10, true, sentence('a')), caption(8, 20, true, sentence('b'))])
    expect([0, 3, 4, 8, 9, 50].map((events) => stepAt(steps, events))).toEqual([-1, -1, 0, 0, 1, 1])
  })
})

describe('while it plays', () => {
  const steps = stepsOf([
    caption(3, 10_000, true, sentence('a')),
    caption(8, 20_000, true, sentence('b')),
    caption(9, 900_000, true, sentence('c')),
  ])
  const walk: Walk = { steps, slowdown: 50, origin: null }
  let now = 0
  const at = (events: number, micros: number, slowdown = 50) => {
    player.now = micros
    app.setState({ frame: { ...firstFrame(fresh), events }, slowdown })
  }
  beforeEach(() => {
    now = 0
    app.setState({ walk })
  })

  test('a step stays until it can be read, however soon the next one comes', () => {
    const pace = reader(() => now)
    at(4, 10_000)
    // The next comes in half a second, and it takes three times as long to read this one.
    expect(pace()).toBeCloseTo(500 / readingTime(steps[0] as (typeof steps)[0]))
    now = 1400
    at(4, 19_999)
    expect(pace()).toBeLessThan(0.001)
    now = 1600
    expect(pace()).toBe(1)
  })

  test('nothing is held up where there is time enough, or no further step', () => {
    const pace = reader(() => now)
    at(9, 20_000)
    expect(pace()).toBe(1)
    at(10, 900_000)
    expect(pace()).toBe(1)
    app.setState({ walk: null })
    expect(pace()).toBe(1)
  })

  test('who plays faster reads faster', () => {
    const pace = reader(() => now)
    at(4, 10_000, 50)
    const usual = pace()
    at(4, 10_000, 10)
    expect(pace()).toBeCloseTo(usual)
  })

  test('long sentences take longer, but not for ever', () => {
    const time = (length: number) =>
      readingTime({ event: 0, at: 0, sentences: [sentence('x'.repeat(length))] })
    expect(time(10)).toBe(1500)
    expect(time(120)).toBeGreaterThan(2000)
    expect(time(1000)).toBe(4500)
  })
})
