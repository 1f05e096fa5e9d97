import { describe, expect, it } from 'vitest'
import { micros, NEVER } from '../base/ids.ts'
import { toGlobal, toLocal, trueClock, withRate } from './clock.ts'
import { at, Run } from './test-kit.ts'

describe('a clock', () => {
  it.each([100, 500, 999, 1000, 1001, 1500, 3000, 10_000])(
    'at %i thousandths reaches a deadline first when it says so',
    (rate) => {
      const clock = withRate(withRate(trueClock, micros(1234), 700), micros(98_765), rate)
      for (let local = clock.local + 1; local < clock.local + 5000; local += 7) {
        const due = toGlobal(clock, micros(local))
        expect(toLocal(clock, due)).toBeGreaterThanOrEqual(local)
        expect(toLocal(clock, micros(due - 1))).toBeLessThan(local)
      }
    },
  )

  it('does not jump as its rate changes', () => {
    const slow = withRate(trueClock, micros(100_000), 500)
    expect(toLocal(slow, micros(100_000))).toBe(100_000)
    expect(toLocal(slow, micros(300_000))).toBe(200_000)
    expect(toLocal(withRate(slow, micros(300_000), 2000), micros(300_000))).toBe(200_000)
  })

  it('never reaches what never comes', () => {
    expect(toGlobal(withRate(trueClock, micros(5), 300), NEVER)).toBe(NEVER)
  })
})

describe('a server lives by its own clock', () => {
  const settings = { electionTimeoutMin: 200_000, electionTimeoutMax: 200_000 }
  it.each([
    { rate: 2000, due: 100 },
    { rate: 1000, due: 200 },
    { rate: 500, due: 400 },
  ])('its election timer of 200 ms runs out after $due ms at $rate thousandths', ({ rate, due }) => {
    const run = new Run({ servers: 1, settings, script: [at(0, { kind: 'SetClock', server: 1, rate })] })
    run.until(due - 0.001)
    expect(run.leaders()).toEqual([])
    expect(run.until(due).leaders()).toEqual([1])
  })

  it('a rate that changes half way leaves what has passed', () => {
    const script = [at(100, { kind: 'SetClock', server: 1, rate: 500 })]
    const run = new Run({ servers: 1, settings, script })
    expect(run.until(299.999).leaders()).toEqual([])
    expect(run.until(300).leaders()).toEqual([1])
  })
})
