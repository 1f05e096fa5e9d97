import { unreachable } from '../base/assert.ts'
import { type Micros, type ServerId, serverId } from '../base/ids.ts'
import { type Command, isCommand } from '../raft/commands.ts'
import { HAND, STEADY } from '../simulation/clients.ts'
import type { InitialServer, Intervention, MessageName, ScriptItem, Setup } from '../simulation/script.ts'
import type { LinkSettings, Settings } from '../simulation/settings.ts'
import type { Trace } from '../simulation/trace.ts'
import { World } from '../simulation/world.ts'
import { Judges } from './judges.ts'
import type { Note, Violation } from './properties.ts'

/** Something done to the cluster after `gap` more events; what exactly is settled when the time comes. */
export interface Move {
  readonly gap: number
  readonly kind: Intervention['kind']
  readonly a: number
  readonly b: number
  readonly c: number
  readonly command: Command
  readonly settings: Partial<Settings>
  readonly link: LinkSettings | null
}

export interface Plan {
  readonly seed: number
  readonly servers: number
  readonly settings: Settings
  /** For how many events an earlier run made the disks this one begins with; 0 for empty disks. */
  readonly before: number
  readonly moves: readonly Move[]
  /** How many events to run after the last move. */
  readonly after: number
}

/** A run under a plan. The script grows as it goes, so that it can aim at what there is at the moment. */
export class Trial {
  readonly setup: Setup
  readonly world: World
  /** The first of Raft's promises that was broken. */
  broken: Violation | null = null
  private readonly script: ScriptItem[] = []
  private readonly judges: Judges
  private readonly mayBreak: boolean
  /** Without any rule broken, what clients see may be wrong. */
  private misled = false
  private leased = false
  private drifted = false

  /** With `mayBreak` a promise may be broken, and the run goes on; only a program that fails makes the trial fail. */
  constructor({ seed, servers, settings, before }: Plan, mayBreak = false) {
    this.mayBreak = mayBreak
    const initial = before === 0 ? null : disksAfter(before, { seed: seed ^ 1, servers, settings })
    this.setup = { seed, servers, settings, initial, script: this.script }
    this.world = new World(this.setup)
    this.judges = new Judges(this.world)
    this.judge(this.judges.atStart)
  }

  run(events: number): void {
    const { world } = this
    const goal = world.events + events
    try {
      while (world.events < goal && world.advance()) this.look()
    } catch (error) {
      this.fail(error instanceof Error ? error.message : error)
    }
    if (world.halted !== null && !this.isCrowded() && !this.mayBreak) this.fail(world.halted)
  }

  private look(): void {
    const { world, judges } = this
    if (this.broken !== null) return
    this.judge(judges.after(world))
    const { reads } = world.settings
    this.leased ||= reads === 'lease'
    this.misled ||= reads === 'local' || (this.leased && this.drifted)
    for (const note of judges.noted) if (!this.isExcused(note) && !this.mayBreak) this.fail(note)
  }

  /**
   * What clients see takes sessions (§8, D 6.3), no reads of what a server has at hand (D 6.4), and for those by lease
   * true clocks (D 6.4.1). It is wrong without sessions only once a command has been applied twice.
   */
  private isExcused(note: Note): boolean {
    if (note.kind === 'ExactlyOnce') {
      this.misled = true
      return !note.promised
    }
    return note.kind === 'Untold' || (note.kind === 'Linearizability' && this.misled)
  }

  private judge(violation: Violation | null): void {
    if (violation !== null && !this.mayBreak) this.fail(violation)
    this.broken = violation
  }

  /** Whether it ended for too many messages, which is nobody's fault. */
  isCrowded(): boolean {
    return this.world.halted?.fact.kind === 'TooManyMessages'
  }

  /** Puts an intervention into the script at the present moment, and carries it out. */
  act(act: Intervention): void {
    if (this.world.halted !== null) return
    this.drifted ||= act.kind === 'SetClock' && act.rate !== 1000
    this.script.push({ at: this.world.now, skip: this.world.eventsNow, act })
    this.run(1)
  }

  fail(why: unknown): never {
    throw new Error(`${JSON.stringify(why)}\nin the run of ${JSON.stringify(this.setup)}`)
  }
}

function disksAfter(events: number, setup: Pick<Setup, 'seed' | 'servers' | 'settings'>): InitialServer[] {
  // What a scenario can start from is logs of commands.
  const settings = { ...setup.settings, noOp: false, sessions: false, snapshotAt: 0 }
  const world = new World({ ...setup, settings, initial: null, script: [] })
  while (world.events < events && world.advance());
  return world.hosts.map(({ disk: { currentTerm, votedFor, log } }) => ({
    currentTerm,
    votedFor,
    log: log.buffer
      .slice(0, log.length)
      .flatMap(({ term, command }) => (isCommand(command) ? [{ term, command }] : [])),
  }))
}

interface Ways {
  readonly mayBreak?: boolean
  /** Who watches what happens. */
  readonly trace?: (world: World) => Trace
}

export function runPlan(plan: Plan, { mayBreak = false, trace }: Ways = {}): Trial {
  const trial = new Trial(plan, mayBreak)
  if (trace !== undefined) trial.world.trace = trace(trial.world)
  for (const move of plan.moves) {
    trial.run(move.gap)
    const act = settled(move, trial.world)
    if (act !== null) trial.act(act)
  }
  trial.run(plan.after)
  return trial
}

function settled(move: Move, world: World): Intervention | null {
  const { kind, a, b, c } = move
  const server = pick(world, kind, a)
  const peer = serverId((b % world.hosts.length) + 1)
  switch (kind) {
    case 'Crash':
    case 'Restart':
    case 'Pause':
    case 'Resume':
    case 'TimeOut':
    case 'Heartbeat':
    case 'Isolate':
      return { kind, server }
    case 'RestartWithout':
      return { kind, server, loses: c % 2 === 0 ? 'vote' : 'disk' }
    case 'SetDisk':
      return { kind, server, latency: c % 4 === 0 ? null : ((c * 40) as Micros) }
    case 'Transfer':
      return { kind, server, to: peer }
    case 'ChangeMembers': {
      const next = serverId(Math.min(9, world.hosts.length + 1))
      const some = [server, peer, next].filter((id, i, all) => all.indexOf(id) === i)
      const adds = some.filter((_, i) => ((c >> i) & 1) === 1)
      return { kind, add: adds, remove: some.filter((id) => !adds.includes(id) && id <= world.hosts.length) }
    }
    case 'Retry':
      return { kind, server, peer }
    case 'SetClock':
      return { kind, server, rate: b % 3 === 0 ? 1 + c * 20 : 500 + c }
    case 'Partition': {
      const groups: ServerId[][] = [[], [], []]
      for (const { id } of world.hosts) groups[(a >> (id - 1)) % 2]?.push(id)
      return { kind, groups: c % 4 === 0 ? [[server]] : groups }
    }
    case 'Cut':
    case 'Mend':
      return { kind, from: server, to: peer }
    case 'Heal':
      return { kind }
    case 'Command':
      return { kind, server: b % 2 === 0 ? null : server, command: move.command }
    case 'Drop':
    case 'Duplicate':
    case 'Deliver':
    case 'Delay': {
      const message = messageOf(world, b)
      return message === null ? null : { kind, message, by: (c * (c % 2 === 0 ? 100 : 2000)) as Micros }
    }
    case 'ClientTimeOut': {
      const client = a % 2 === 0 ? HAND : STEADY
      const { open } = world.client(client)
      return { kind, client, serial: open[b % Math.max(1, open.length)]?.serial ?? 1 }
    }
    case 'Change':
      return { kind, settings: move.settings }
    case 'SetLink':
      return { kind, from: server, to: peer, settings: move.link }
    default:
      return unreachable(kind)
  }
}

/** One that it makes sense for; else, half the time, the leader, who has most to lose. */
function pick(world: World, kind: Intervention['kind'], a: number): ServerId {
  const fit = world.hosts.filter(({ up, paused, server }) => {
    if (kind === 'Restart') return !up
    if (kind === 'Resume') return paused
    return a % 2 === 0 && server.role === 'leader'
  })
  const among = fit.length > 0 ? fit : world.hosts
  return among[(a >> 1) % among.length]?.id ?? serverId(1)
}

function messageOf(world: World, b: number): MessageName | null {
  const flights = world.network.flights.all()
  return flights[b % Math.max(1, flights.length)]?.name ?? null
}
