import { LinearizabilityJudge } from '../check/linearizability-judge.ts'
import { isCommand } from '../raft/commands.ts'
import type { Client, Operation } from '../simulation/clients.ts'
import type { World } from '../simulation/world.ts'
import type { Finding, Judge } from './finding.ts'

/** What was seen of one client. */
interface Seen {
  lastSerial: number
  /** The latest of its operations that is over. */
  lastDone: Operation | null
}

/** Whether what clients saw could have come from one store that does one thing at a time. */
export class ClientJudge implements Judge {
  private readonly judge = new LinearizabilityJudge()
  private readonly seen: readonly Seen[]

  constructor(world: World) {
    this.seen = world.clients.map(() => ({ lastSerial: 0, lastDone: null }))
  }

  after(world: World): Finding | null {
    let found: Finding | null = null
    for (let i = 0; i < world.clients.length; i++) {
      const client = world.clients[i] as Client
      const seen = this.seen[i] as Seen
      if (client.lastSerial > seen.lastSerial) this.take(client, seen, world)
      if (client.done.at(-1) !== (seen.lastDone ?? undefined)) found ??= this.end(client, seen, world)
    }
    return found
  }

  private take(client: Client, seen: Seen, { event, now }: World): void {
    for (const { serial, command } of client.open)
      if (serial > seen.lastSerial && isCommand(command))
        this.judge.invoke(client.id, serial, command, event, now)
    seen.lastSerial = client.lastSerial
  }

  private end(client: Client, seen: Seen, { event, now }: World): Finding | null {
    const { done, id } = client
    let found: Finding | null = null
    for (let i = done.lastIndexOf(seen.lastDone as Operation) + 1; i < done.length; i++) {
      const { serial, command, result, state, server } = done[i] as Operation
      if (!isCommand(command)) continue
      if (state !== 'answered' || result === null) this.judge.abandon(id, serial)
      else if (this.judge.answer(id, serial, result, event, now) !== null)
        found = { kind: 'Linearizability', at: now, event, servers: [server], violation: null }
    }
    seen.lastDone = done.at(-1) ?? null
    return found
  }
}
