import { describe, expect, it } from 'vitest'
import { stateHash } from './state-hash.ts'
import { setupOf } from './test-kit.ts'
import { World } from './world.ts'

describe('a world with other luck', () => {
  const busy = setupOf({ servers: 5, settings: { clientRate: 20, loss: 50_000, duplicate: 30_000 } })
  const hashAfter = (world: World, events: number) => {
    while (world.events < events) world.advance()
    return stateHash(world)
  }

  it('has the history of its own seed until then, and another from then on', () => {
    const own = new World(busy)
    const before = hashAfter(own, 300)
    const start = own.snapshot()
    const after = hashAfter(own, 600)
    const hashes = [7, 7, 8].map((seed) => {
      own.restore(start)
      own.reseed(seed)
      expect(stateHash(own)).toBe(before)
      return hashAfter(own, 600)
    })
    expect(hashes[0]).toBe(hashes[1])
    expect(new Set([after, ...hashes]).size).toBe(3)
    own.restore(start)
    expect(hashAfter(own, 600)).toBe(after)
  })

  it('keeps what was drawn: timers that run and messages on their way', () => {
    const world = new World(busy)
    hashAfter(world, 300)
    const drawn = () => ({
      flights: world.network.flights.all().map(({ serial, at }) => ({ serial, at })),
      timers: world.hosts.map(({ wakeAt }) => wakeAt),
    })
    const before = drawn()
    expect(before.flights.length).toBeGreaterThan(0)
    world.reseed(99)
    expect(drawn()).toEqual(before)
  })
})
