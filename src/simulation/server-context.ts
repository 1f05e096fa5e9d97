import type { Micros } from '../base/ids.ts'
import { drawBetween, Purpose } from '../base/random.ts'
import type { Context, Effects } from '../raft/effects.ts'
import { toLocal } from './clock.ts'
import { persist } from './disk.ts'
import type { Host } from './host.ts'
import type { Settings } from './settings.ts'
import type { World } from './world.ts'

/** The world as the server that runs just now may see it: by its own clock. One object serves them all. */
export class ServerContext implements Context {
  now = 0 as Micros
  settings: Settings
  readonly out: Effects
  private readonly world: World
  private host: Host | null = null

  constructor(world: World) {
    this.world = world
    this.settings = world.settings
    this.out = {
      send: (message) => world.send(message),
      persist: (server) =>
        persist(world.hosts[server.id - 1] as Host, server, world.settings, world.now, world.event),
      fact: (fact) => world.fact(fact),
    }
  }

  of(host: Host): this {
    this.host = host
    this.now = toLocal(host.clock, this.world.now)
    this.settings = this.world.settings
    return this
  }

  electionTimeout(): Micros {
    const { electionTimeoutMin: low, electionTimeoutMax: high } = this.settings
    const host = this.host as Host
    const n = host.timeouts++
    const { seed } = this.world
    return drawBetween(seed, Purpose.ElectionTimeout, host.id, n, low, Math.max(low, high)) as Micros
  }
}
