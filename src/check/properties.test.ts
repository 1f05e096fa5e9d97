import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Micros, type ServerId, serverId } from '../base/ids.ts'
import { protectsLeader } from '../raft/check-quorum.ts'
import { type Command, isCommand } from '../raft/commands.ts'
import { votersOf } from '../raft/configuration.ts'
import { configuration } from '../raft/server.ts'
import { BREAKABLE_RULES, type BreakableRule } from '../raft/settings.ts'
import { HAND, type Operation, STEADY } from '../simulation/clients.ts'
import type { InitialServer, Intervention, MessageName, ScriptItem, Setup } from '../simulation/script.ts'
import { defaultSettings, LATER_SETTINGS, type LinkSettings, type Settings } from '../simulation/settings.ts'
import { stateHash } from '../simulation/state-hash.ts'
import { World } from '../simulation/world.ts'
import { Judges } from './judges.ts'
import type { Note } from './properties.ts'

// The long search (properties.long.ts) runs the same properties, twenty times as often and differently each time.
const LONG = process.env['WHITEWATER_LONG'] === '1'
const RUNS = LONG ? 50_000 : 2_500

/** Something done to the cluster after `gap` more events; what exactly is settled when the time comes. */
interface Move {
  readonly gap: number
  readonly kind: Intervention['kind']
  readonly a: number
  readonly b: number
  readonly c: number
  readonly command: Command
  readonly settings: Partial<Settings>
  readonly link: LinkSettings | null
}

interface Plan {
  readonly seed: number
  readonly servers: number
  readonly settings: Settings
  /** For how many events an earlier run made the disks this one begins with; 0 for empty disks. */
  readonly before: number
  readonly moves: readonly Move[]
  /** How many events to run after the last move. */
  readonly after: number
}

const between = (least: number, most: number) => fc.integer({ min: least, max: most })
const time = (least: number, most: number) => between(least, most) as fc.Arbitrary<Micros>
const links = (latency: number, chance: fc.Arbitrary<number>) => ({
  latencyMin: time(0, latency),
  latencyMax: time(0, latency),
  loss: chance,
  duplicate: chance,
  reorder: chance,
})

type Kept = Record<BreakableRule, fc.Arbitrary<boolean>>

const small = fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, between(0, 100_000))
const large = fc.oneof(small, between(0, 1_000_000))
const goodLinks = links(40_000, small)
const badLinks = links(2_000_000, large)

/** No rule broken, and every safe way beyond §5, in every combination. */
const features = {
  ...(Object.fromEntries(BREAKABLE_RULES.map((rule) => [rule, fc.constant(false)])) as Kept),
  noOp: fc.boolean(),
  preVote: fc.boolean(),
  checkQuorum: fc.boolean(),
  snapshotAt: fc.oneof(fc.constant(0), between(1, 8)),
  snapshotChunk: fc.oneof(fc.constant(0), between(1, 60)),
  membership: fc.constantFrom('single' as const, 'joint' as const),
  changeAfterOwnEntry: fc.constant(true),
  catchUp: fc.boolean(),
  sessions: fc.boolean(),
  mostSessions: between(1, 3),
  reads: fc.constantFrom('log' as const, 'readIndex' as const, 'lease' as const, 'local' as const),
  batchDelay: fc.oneof(fc.constant(0 as Micros), time(1, 50_000)),
  pipeline: fc.oneof(fc.constant(0), between(1, 6)),
  parallelWrite: fc.boolean(),
  diskLatency: fc.oneof(fc.constant(0 as Micros), time(1, 30_000)),
}

/** Settings that somebody might choose. */
const sane = {
  ...features,
  electionTimeoutMin: time(100_000, 200_000),
  electionTimeoutMax: time(150_000, 400_000),
  heartbeatInterval: time(20_000, 80_000),
  rpcTimeout: time(30_000, 150_000),
  maxEntries: fc.oneof(between(1, 3), between(1, 20)),
  backUp: fc.constantFrom('term' as const, 'one' as const),
  ...goodLinks,
  clientRate: between(0, 60),
  clientTimeout: time(50_000, 500_000),
  clientBackoff: time(10_000, 100_000),
  clientPatience: time(500_000, 10_000_000),
}

/** Settings that only an adversary would choose: elections without end, heartbeats too late or too many. */
const insane = {
  ...sane,
  electionTimeoutMin: time(1, 300_000),
  electionTimeoutMax: time(1, 2_000_000),
  heartbeatInterval: time(1, 1_000_000),
  rpcTimeout: time(1, 1_000_000),
  ...badLinks,
  clientRate: between(0, 2000),
  clientTimeout: time(1, 1_000_000),
  clientBackoff: time(1, 1_000_000),
  clientPatience: time(1, 10_000_000),
}

const someSettings = fc.oneof(
  { weight: 3, arbitrary: fc.record(sane, { requiredKeys: [] }) },
  fc.record(insane, { requiredKeys: [] }),
) as fc.Arbitrary<Partial<Settings>>
const allSettings: fc.Arbitrary<Settings> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(defaultSettings) },
  { weight: 4, arbitrary: fc.record(sane) },
  fc.record(insane),
)

const key = fc.constantFrom('x', 'y', 'z', '')
const value = fc.constantFrom('1', '2', '')
const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ kind: fc.constant('Put' as const), key, value }),
  fc.record({ kind: fc.constant('Get' as const), key }),
  fc.record({ kind: fc.constant('Delete' as const), key }),
  fc.record({ kind: fc.constant('CompareAndSet' as const), key, expected: value, value }),
)

/** How often each kind of intervention is made. */
const WEIGHTS: Readonly<Record<Intervention['kind'], number>> = {
  Command: 30,
  Transfer: 5,
  ChangeMembers: 8,
  SetDisk: 3,
  RestartWithout: 0,
  TimeOut: 16,
  Crash: 8,
  Restart: 12,
  Isolate: 8,
  Partition: 6,
  Cut: 4,
  Mend: 4,
  Heal: 12,
  Pause: 3,
  Resume: 6,
  Drop: 6,
  Delay: 8,
  Duplicate: 6,
  Deliver: 6,
  Heartbeat: 3,
  Retry: 2,
  SetClock: 2,
  ClientTimeOut: 2,
  Change: 1,
  SetLink: 2,
}
const kinds = Object.keys(WEIGHTS) as Intervention['kind'][]
const kind = fc.constantFrom(...kinds.flatMap((kind) => Array.from({ length: WEIGHTS[kind] }, () => kind)))

const move: fc.Arbitrary<Move> = fc.record({
  gap: fc.oneof(between(0, 8), between(0, 80)),
  kind,
  a: fc.nat(1000),
  b: fc.nat(1000),
  c: fc.nat(1000),
  command,
  settings: someSettings,
  link: fc.option(fc.oneof(fc.record(goodLinks), fc.record(badLinks))),
})

const plan: fc.Arbitrary<Plan> = fc.record({
  seed: fc.nat(4294967295),
  servers: fc.constantFrom(1, 2, 3, 3, 3, 4, 5, 5, 5, 6, 7),
  settings: allSettings,
  before: fc.oneof(fc.constant(0), between(1, 1500)),
  moves: fc.array(move, { maxLength: 120, size: 'max' }),
  after: between(0, 400),
})

/** A run under a plan. The script grows as it goes, so that it can aim at what there is at the moment. */
class Trial {
  readonly setup: Setup
  readonly world: World
  private readonly script: ScriptItem[] = []
  private readonly judges: Judges
  /** Without any rule broken, what clients see may be wrong. */
  private misled = false
  private leased = false
  private drifted = false

  constructor({ seed, servers, settings, before }: Plan) {
    const initial = before === 0 ? null : disksAfter(before, { seed: seed ^ 1, servers, settings })
    this.setup = { seed, servers, settings, initial, script: this.script }
    this.world = new World(this.setup)
    this.judges = new Judges(this.world)
    if (this.judges.atStart !== null) this.fail(this.judges.atStart)
  }

  run(events: number): void {
    const { world, judges } = this
    const end = world.events + events
    try {
      while (world.events < end && world.advance()) {
        const violation = judges.after(world)
        if (violation !== null) this.fail(violation)
        const { reads } = world.settings
        this.leased ||= reads === 'lease'
        this.misled ||= reads === 'local' || (this.leased && this.drifted)
        for (const note of judges.noted) if (!this.isExcused(note)) this.fail(note)
      }
    } catch (error) {
      this.fail(error instanceof Error ? error.message : error)
    }
    if (world.halted !== null && !this.isCrowded()) this.fail(world.halted)
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

  /** Whether it ended for too many messages, which is nobody's fault. */
  isCrowded(): boolean {
    return this.world.halted?.fact.kind === 'TooManyMessages'
  }

  /** Puts an intervention into the script at the present moment, and carries it out. */
  act(act: Intervention): void {
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

function runPlan(plan: Plan, watchIt: (world: World) => void = () => {}): Trial {
  const trial = new Trial(plan)
  watchIt(trial.world)
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
      return { kind, server, loses: 'vote' }
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

/**
 * Starts every server anew and puts all else back to what it was meant to be, but leaves it what it has to catch up,
 * and every way beyond §5 as it is.
 */
function heal(trial: Trial): void {
  const { world } = trial
  const beyond = Object.fromEntries(LATER_SETTINGS.map((key) => [key, world.settings[key]]))
  const { diskLatency, snapshotChunk } = world.settings
  const bearable = {
    diskLatency: Math.min(diskLatency, 10_000) as Micros,
    snapshotChunk: snapshotChunk === 0 ? 0 : snapshotChunk + 200,
    maxEntries: 1000,
  }
  for (const { id } of world.hosts) trial.act({ kind: 'Crash', server: id })
  trial.act({ kind: 'Heal' })
  // A flood of commands may have been left behind: at ten entries a round trip that alone could take too long.
  trial.act({ kind: 'Change', settings: { ...defaultSettings, ...beyond, ...bearable } })
  for (const { id: from } of world.hosts) {
    trial.act({ kind: 'SetClock', server: from, rate: 1000 })
    trial.act({ kind: 'SetDisk', server: from, latency: null })
    for (const { id: to } of world.hosts) trial.act({ kind: 'SetLink', from, to, settings: null })
  }
  for (const { id } of world.hosts) trial.act({ kind: 'Restart', server: id })
}

/** The latest word on `x healed`, sent once more each time that its session turns out to be over (D 6.3). */
function isCommitted(trial: Trial): boolean {
  const client = trial.world.client(HAND)
  const isIt = ({ command }: Operation) => command.kind === 'Put' && command.value === 'healed'
  if (client.done.some((done) => isIt(done) && done.state === 'answered')) return true
  if (!client.open.some(isIt)) trial.act({ kind: 'Command', server: null, command: HEALED })
  return false
}
const HEALED: Command = { kind: 'Put', key: 'x', value: 'healed' }

/** What a cluster needs to be live, and this one lacks; `null` if it has everything. */
function missing({ hosts, settings }: World): string | null {
  const latest = hosts.reduce(
    (a, { server }) => (server.commitIndex > a.commitIndex ? server : a),
    hosts[0]!.server,
  )
  const outside = hosts.filter(({ id }) => !votersOf(configuration(latest)).includes(id))
  // It never hears of its own removal, and its elections depose the leader again and again.
  if (!protectsLeader(settings) && outside.length > 0) return 'removed servers must be kept quiet (D 4.2.3)'
  return null
}

/** How often a failing run is tried again in a smaller form. */
const MOST_SHRINKS = 300

/** Checks plans; once one fails, tries only so many smaller ones, where the search for the smallest takes hours. */
function forAllPlans(runs: number, check: (plan: Plan) => void): void {
  let left = MOST_SHRINKS
  const checkSome = (plan: Plan) => {
    if (left === 0) return
    try {
      check(plan)
    } catch (error) {
      left--
      throw error
    } finally {
      if (left < MOST_SHRINKS && left > 0) left--
    }
  }
  fc.assert(fc.property(plan, checkSome), { numRuns: runs, ...(LONG ? {} : { seed: 1 }) })
}

describe('whatever is done to a cluster', { timeout: 3_600_000 }, () => {
  it('the safety properties hold after every event', () => {
    let events = 0
    forAllPlans(RUNS, (plan) => {
      events += runPlan(plan).world.events
    })
    expect(events / RUNS).toBeGreaterThan(1000)
  })

  it('a leader is elected and commits, once all is well again (§5.2)', () => {
    let healed = 0
    let excused = 0
    forAllPlans(RUNS / 2.5, (plan) => {
      const trial = runPlan(plan)
      const { world } = trial
      heal(trial)
      const latest = world.now + 30 * defaultSettings.electionTimeoutMax
      while (!isCommitted(trial) && world.nextAt() <= latest) trial.run(1)
      if (!isCommitted(trial) && !trial.isCrowded()) {
        if (missing(world) === null) trial.fail('no command was committed')
        excused++
      }
      healed++
    })
    expect(healed).toBe(RUNS / 2.5)
    expect(excused).toBeLessThan(healed / 50)
  })

  it('the script that came of it gives the same run again', () => {
    forAllPlans(RUNS / 25, (plan) => {
      const { world, setup } = runPlan(plan)
      const again = new World(setup)
      while (again.events < world.events) again.advance()
      expect(stateHash(again)).toBe(stateHash(world))
    })
  })
})
