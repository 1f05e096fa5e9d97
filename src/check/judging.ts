import type { World } from '../simulation/world.ts'
import type { ClientWatch } from './client-watch.ts'
import type { JudgeMark } from './linearizability-judge.ts'
import type { Note, Violation } from './properties.ts'
import { type Mark, Watch } from './watch.ts'

/** A moment of a judged run, to come back to. */
export interface JudgingMark {
  readonly servers: Mark
  /** `null` while nobody judged what clients see. */
  readonly clients: JudgeMark | null
}

/** Makes who judges what clients see, for a world in which none of them has done anything yet. */
export type MakeClientWatch = (world: World) => ClientWatch

/** All that is promised, judged after every event: by the servers' states, and by what clients see. */
export class Judging {
  /** What was wrong before anything happened. */
  readonly atStart: Violation | null
  /** What else there is to say of the last event: the run goes on after it. */
  noted: readonly Note[] = []
  private readonly servers: Watch
  private clients: ClientWatch | null
  private make: MakeClientWatch | null

  /** Without `make`, what clients see is not judged. */
  constructor(world: World, make: MakeClientWatch | null) {
    this.servers = new Watch(world)
    this.make = make
    this.clients = make?.(world) ?? null
    this.atStart = this.servers.atStart
  }

  /** The first property found broken by the event of those without which nothing after it would mean anything. */
  after(world: World): Violation | null {
    const violation = this.servers.after(world)
    const { noted } = this.servers
    const seen = this.clients?.after(world) ?? noted
    this.noted = seen.length === 0 || seen === noted ? noted : [...noted, ...seen]
    return violation
  }

  /** From now on what clients see is judged, too; none of them has done anything yet. */
  judgeClients(world: World, make: MakeClientWatch): void {
    this.make = make
    this.clients ??= make(world)
  }

  /** To be taken together with a snapshot of the world. */
  mark(): JudgingMark {
    return { servers: this.servers.mark(), clients: this.clients?.mark() ?? null }
  }

  /** Forgets all that was seen since the mark; `world` is back at that moment already. */
  backTo({ servers, clients }: JudgingMark, world: World): void {
    this.noted = []
    this.servers.backTo(servers, world)
    if (clients === null || this.clients === null) this.clients = this.make?.(world) ?? null
    else this.clients.backTo(clients, world)
  }
}
