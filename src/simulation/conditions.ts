import type { Condition } from './columns.ts'
import type { World } from './world.ts'

/** How the servers fared: each change of a server's condition, in order. */
export class Conditions {
  readonly list: Condition[] = []
  /** The latest condition of each server, by id. */
  private latest: (Condition | undefined)[] = []

  /** Looks at every server after an event. */
  note(world: World, event: number): void {
    const { latest } = this
    for (const host of world.hosts) {
      const state = host.up ? (host.paused ? 'paused' : 'up') : 'down'
      const { role, currentTerm: term, id: server } = host.server
      const old = latest[server]
      if (old !== undefined && old.role === role && old.term === term && old.state === state) continue
      const condition: Condition = { event, at: world.now, server, role, term, state }
      this.list.push(condition)
      latest[server] = condition
    }
  }

  /** Keeps the first `length` of them. */
  cutTo(length: number): void {
    this.list.length = length
    this.latest = []
    for (const condition of this.list) this.latest[condition.server] = condition
  }
}
