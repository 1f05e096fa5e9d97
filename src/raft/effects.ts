import type { Micros } from '../base/ids.ts'
import type { Impossibility, RaftFact } from './facts.ts'
import type { Message } from './messages.ts'
import type { Server } from './server.ts'
import type { RaftSettings } from './settings.ts'

/** What a server can ask of the world around it. The core does no I/O: it only calls these. */
export interface Effects {
  /** Hands a message to the network. It may be lost, late, doubled or overtaken. */
  send(message: Message): void
  /** Makes currentTerm, votedFor and log durable before anything sent after this leaves (§5.1). */
  persist(server: Server): void
  fact(fact: RaftFact): void
}

/** All that a transition may depend on besides the server and its input. */
export interface Context {
  /** The server's own clock. */
  now: Micros
  readonly settings: RaftSettings
  readonly out: Effects
  /** An election timeout between the two bounds, from the scenario's keyed chance. */
  electionTimeout(): Micros
}

/** Thrown where a server would have to do what Raft proves it never does. The simulation stops there. */
export class Impossible extends Error {
  readonly server: Server
  readonly what: Impossibility

  constructor(server: Server, what: Impossibility) {
    super(`S${server.id}: ${what.kind}`)
    this.server = server
    this.what = what
  }
}
