import type { Command } from '../raft/commands.ts'
import { isCommand } from '../raft/commands.ts'
import type { Client, Operation } from '../simulation/clients.ts'
import type { World } from '../simulation/world.ts'
import { type JudgeMark, LinearizabilityJudge } from './linearizability-judge.ts'
import type { Note } from './properties.ts'

/** What was seen of one client. */
interface Seen {
  lastSerial: number
  /** The serial of the latest of its operations that is over; 0 if none is. */
  lastDone: number
}

/** Judges, by what clients send and are answered and by nothing else, whether that could come from one store. */
export class ClientWatch {
  /** Keys of which nobody can tell any more. */
  private untold: readonly string[] = []
  private readonly judge = new LinearizabilityJudge()
  private seen: readonly Seen[]

  constructor(world: World) {
    this.seen = world.clients.map(() => ({ lastSerial: 0, lastDone: 0 }))
    this.takeLogs(world)
  }

  /** To be called after every event. What there is to say of it. */
  after(world: World): readonly Note[] {
    let notes = NONE
    for (let i = 0; i < world.clients.length; i++) {
      const client = world.clients[i] as Client
      const seen = this.seen[i] as Seen
      if (client.lastSerial > seen.lastSerial) this.take(client, seen, world)
      if (lastDoneOf(client) !== seen.lastDone) notes = [...notes, ...this.end(client, seen, world)]
    }
    return notes
  }

  mark(): JudgeMark {
    return this.judge.mark()
  }

  /** Forgets all that was seen since the mark; `world` is back at that moment already. */
  backTo(mark: JudgeMark, world: World): void {
    this.judge.backTo(mark)
    this.untold = this.untoldNow()
    this.seen = world.clients.map((client) => ({
      lastSerial: client.lastSerial,
      lastDone: lastDoneOf(client),
    }))
  }

  /** What is on the disks at the start may take effect by and by, or not: nobody waits for it. */
  private takeLogs({ setup: { initial }, now }: World): void {
    const known = new Set<string>()
    let serial = 0
    for (const { log } of initial ?? [])
      for (const [i, { term, command }] of log.entries()) {
        const name = `${i} ${term}`
        if (known.has(name)) continue
        known.add(name)
        this.judge.invoke(null, ++serial, command, -1, now)
        this.judge.abandon(null, serial)
      }
  }

  private take(client: Client, seen: Seen, { event, now }: World): void {
    for (const { serial, command } of client.open)
      if (serial > seen.lastSerial && isCommand(command))
        this.judge.invoke(client.id, serial, command, event, now)
    seen.lastSerial = client.lastSerial
  }

  private end(client: Client, seen: Seen, world: World): Note[] {
    const { done } = client
    const from = done.findLastIndex(({ serial }) => serial === seen.lastDone) + 1
    seen.lastDone = lastDoneOf(client)
    const notes: Note[] = []
    for (let i = from; i < done.length; i++) {
      const operation = done[i] as Operation
      const { serial, command, result, state } = operation
      if (!isCommand(command)) continue
      if (state !== 'answered' || result === null) this.judge.abandon(client.id, serial)
      else notes.push(...this.answer(client, operation, command, world))
    }
    return notes
  }

  private answer(client: Client, operation: Operation, { key }: Command, { event, now: at }: World): Note[] {
    const { serial, result } = operation
    if (result === null) return []
    // Whoever answered is now taken for the leader (§8); the one that was asked last may be another.
    const server = client.leader ?? operation.server
    const evidence = this.judge.answer(client.id, serial, result, event, at)
    if (evidence !== null) return [{ kind: 'Linearizability', at, event, servers: [server], evidence }]
    if (this.judge.canTell(key) || this.untold.includes(key)) return []
    this.untold = [...this.untold, key]
    return [{ kind: 'Untold', at, event, key }]
  }

  private untoldNow(): readonly string[] {
    return this.untold.filter((key) => !this.judge.canTell(key))
  }
}

export const judgeClients = (world: World): ClientWatch => new ClientWatch(world)

const NONE: readonly Note[] = []

/** Asked after every event, of clients that mostly have none: an index of −1 would be slow. */
const lastDoneOf = ({ done }: Client): number =>
  done.length === 0 ? 0 : (done[done.length - 1] as Operation).serial
