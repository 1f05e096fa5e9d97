import { describe, expect, it } from 'vitest'
import { micros } from '../base/ids.ts'
import { History } from './history.ts'
import type { Keyframe } from './keyframes.ts'
import { stateHash } from './state-hash.ts'
import { at, firstLeader, Run, setupOf } from './test-kit.ts'
import { World } from './world.ts'

const FAR = micros(60_000_000)
const timers = (election: number) => ({
  electionTimeoutMin: election,
  electionTimeoutMax: election,
  heartbeatInterval: 1000,
  rpcTimeout: 1000,
  duplicate: 1_000_000,
})
/** Everybody stands for election every millisecond, and what they say is long on its way. */
const storm = setupOf({ servers: 9, settings: { ...timers(1000), latencyMin: 0, latencyMax: 60_000_000 } })
/** S1 leads, and sends more than arrives. */
const flood = setupOf({
  servers: 9,
  settings: { ...timers(10_000_000), latencyMin: 100_000, latencyMax: 1_000_000 },
  script: firstLeader,
})
const judge = () => ({
  atStart: null,
  after: () => null,
  mark: () => null,
  backTo: () => undefined,
})
const fact = { kind: 'TooManyMessages', most: 20_000 }

describe('a run with too many messages on their way', () => {
  it.each([
    ['storm', storm],
    ['flood', flood],
  ])('%s: stops there, in the same way for all', (_, setup) => {
    const world = new World(setup)
    while (world.advance());
    expect(world.network.flights.size).toBeGreaterThan(20_000)
    expect(world.network.flights.size).toBeLessThan(20_100)
    expect(world.halted).toMatchObject({ event: world.events - 1, fact })
    const history = new History(setup, judge)
    history.eventsUntil(FAR, 1_000_000)
    expect(history.end).toMatchObject({ event: world.events - 1, at: world.now, fact })
    expect(stateHash(history.world)).toBe(stateHash(world))
  })

  it('is gone back in, and ends again', () => {
    const history = new History(flood, judge)
    history.eventsUntil(FAR, 1_000_000)
    const { count, end } = history
    for (const events of [count - 1, Math.floor(count / 2), 0]) {
      expect(history.seek(events)).toBe(events)
      expect(history.world.halted).toBeNull()
      expect(history.seek(count + 1)).toBe(count)
      expect(history.end).toEqual(end)
    }
  })

  it('counts those that wait for a paused server', () => {
    const script = [...firstLeader, at(100, { kind: 'Pause', server: 2 })]
    const settings = { ...timers(10_000_000), latencyMin: 1000, latencyMax: 1000 }
    const { world, facts } = new Run({ servers: 2, settings, script }).until(60_000)
    expect(world.hosts[1]?.inbox.length).toBeGreaterThan(19_000)
    expect(facts.at(-1)?.fact).toEqual(fact)
  })

  it('has keyframes that do not hold all messages over and over', () => {
    const history = new History(flood, judge)
    history.eventsUntil(FAR, 1_000_000)
    const keyframes: readonly Keyframe[] = history['keyframes']['list']
    expect(keyframes.length).toBeGreaterThan(5)
    let held = 0
    for (const { snapshot } of keyframes) held += snapshot.network.flights.size
    expect(held).toBeLessThan(17 * history.count)
  })
})
