import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Micros, millis } from '../base/ids.ts'
import { protectsLeader } from '../raft/check-quorum.ts'
import type { Command } from '../raft/commands.ts'
import { hasQuorum, votersOf } from '../raft/configuration.ts'
import { hasCommittedOwn } from '../raft/membership.ts'
import { configuration } from '../raft/server.ts'
import { BREAKABLE_RULES, type BreakableRule } from '../raft/settings.ts'
import { HAND, type Operation } from '../simulation/clients.ts'
import type { Fact } from '../simulation/facts.ts'
import type { Intervention } from '../simulation/script.ts'
import { defaultSettings, LATER_SETTINGS, type Settings } from '../simulation/settings.ts'
import { stateHash } from '../simulation/state-hash.ts'
import type { Trace } from '../simulation/trace.ts'
import { World } from '../simulation/world.ts'
import { type Move, type Plan, runPlan, type Trial } from './test-kit.ts'

// The long search (properties.long.ts) runs the same properties, twenty times as often and differently each time.
const LONG = process.env['WHITEWATER_LONG'] === '1'
const RUNS = LONG ? 50_000 : 2_500
const UNSAFE_RUNS = LONG ? 20_000 : 600

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

/** What Raft does not allow, or leaves to those who know better: each of it beside the safe ways. */
const unsafe = {
  membership: fc.constantFrom('single' as const, 'joint' as const, 'jump' as const, 'jump' as const),
  changeAfterOwnEntry: fc.boolean(),
}

/** Those, and every rule broken now and then. */
const broken = {
  ...unsafe,
  ...(Object.fromEntries(BREAKABLE_RULES.map((rule) => [rule, between(0, 5).map((n) => n === 0)])) as Kept),
}

type Ways = Partial<typeof unsafe & Kept>

/** Some settings, for a change, and all of them, for a start; `ways` in place of the safe ones. */
function settingsWith(ways: Ways) {
  const some = fc.oneof(
    { weight: 3, arbitrary: fc.record({ ...sane, ...ways }, { requiredKeys: [] }) },
    fc.record({ ...insane, ...ways }, { requiredKeys: [] }),
  ) as fc.Arbitrary<Partial<Settings>>
  const all: fc.Arbitrary<Settings> = fc.oneof(
    { weight: 4, arbitrary: fc.record(ways).map((drawn): Settings => ({ ...defaultSettings, ...drawn })) },
    { weight: 4, arbitrary: fc.record({ ...sane, ...ways }) },
    fc.record({ ...insane, ...ways }),
  )
  return { some, all }
}

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
type Weights = typeof WEIGHTS

function plansWith(ways: Ways, weights: Weights): fc.Arbitrary<Plan> {
  const settings = settingsWith(ways)
  const kinds = Object.keys(weights) as Intervention['kind'][]
  const move: fc.Arbitrary<Move> = fc.record({
    gap: fc.oneof(between(0, 8), between(0, 80)),
    kind: fc.constantFrom(...kinds.flatMap((kind) => Array.from({ length: weights[kind] }, () => kind))),
    a: fc.nat(1000),
    b: fc.nat(1000),
    c: fc.nat(1000),
    command,
    settings: settings.some,
    link: fc.option(fc.oneof(fc.record(goodLinks), fc.record(badLinks))),
  })
  return fc.record({
    seed: fc.nat(4294967295),
    servers: fc.constantFrom(1, 2, 3, 3, 3, 4, 5, 5, 5, 6, 7),
    settings: settings.all,
    before: fc.oneof(fc.constant(0), between(1, 1500)),
    moves: fc.array(move, { maxLength: 120, size: 'max' }),
    after: between(0, 400),
  })
}

const safePlans = plansWith({}, WEIGHTS)
const unsafePlans = plansWith(unsafe, { ...WEIGHTS, RestartWithout: 8, ChangeMembers: 16 })
const brokenPlans = plansWith(broken, { ...WEIGHTS, RestartWithout: 2 })

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

/** Whether a new command is committed within a number of election timeouts. */
function isLive(trial: Trial): boolean {
  const { world } = trial
  const latest = world.now + 30 * defaultSettings.electionTimeoutMax
  while (!isCommitted(trial) && world.nextAt() <= latest) trial.run(1)
  return isCommitted(trial) || trial.isCrowded()
}

/** Something a cluster needs to be live, and what is to be done where it is missing. */
interface Need {
  readonly name: string
  readonly isMissing: (world: World) => boolean
  /** Takes it away from a healthy cluster, where that can be done; and brings it back. */
  readonly withhold: ((world: World) => Intervention[]) | null
  readonly cure: (world: World) => Intervention[]
}

const timeouts = (least: number, most: number): Intervention => ({
  kind: 'Change',
  settings: { electionTimeoutMin: millis(least), electionTimeoutMax: millis(most) },
})

const NEEDS: readonly Need[] = [
  {
    name: 'a majority that runs (§5.1)',
    isMissing: ({ hosts }) =>
      hosts.every(
        ({ up, server }) => !up || !hasQuorum(configuration(server), (id) => hosts[id - 1]?.up === true),
      ),
    withhold: ({ hosts }) => hosts.slice(1).map(({ id: server }) => ({ kind: 'Crash', server })),
    cure: ({ hosts }) => hosts.map(({ id: server }) => ({ kind: 'Restart', server })),
  },
  {
    name: 'an election timeout far above a round trip (§5.6)',
    isMissing: ({ settings }) => settings.electionTimeoutMin < 2 * settings.latencyMax,
    withhold: () => [timeouts(4, 8)],
    cure: () => [timeouts(150, 300)],
  },
  {
    // A removed server may never hear of it, and its elections depose the leader again and again.
    name: 'a leader that is protected from removed servers (D 4.2.3)',
    isMissing: ({ hosts, settings }) => {
      const latest = hosts.reduce((a, b) => (b.server.commitIndex > a.server.commitIndex ? b : a))
      const members = votersOf(configuration(latest.server))
      return !protectsLeader(settings) && hosts.some(({ id }) => !members.includes(id))
    },
    withhold: null,
    cure: () => [{ kind: 'Change', settings: { checkQuorum: true } }],
  },
]

/** What a cluster lacks that is not live; `null` if it has everything. */
const missing = (world: World): Need | null => NEEDS.find((need) => need.isMissing(world)) ?? null

/** A command is committed, or it is clear what is missing, and with it a command is committed. What was missing. */
function settle(trial: Trial): string | null {
  if (isLive(trial)) return null
  const need = missing(trial.world)
  if (need === null) return trial.fail('no command was committed, and nothing is missing')
  for (const act of need.cure(trial.world)) trial.act(act)
  if (!isLive(trial)) trial.fail(`no command was committed, not even with ${need.name}`)
  return need.name
}

const UNSAFE_WAYS = [
  'a lost vote',
  'a lost disk',
  'a jump',
  'a change before an own entry',
  'a local read',
] as const

/** Notes each time that a run takes one of the unsafe ways. */
class UnsafeWays implements Trace {
  private readonly world: World
  private readonly reached: string[]

  constructor(world: World, reached: string[]) {
    this.world = world
    this.reached = reached
  }

  fact(fact: Fact): void {
    const way = this.wayOf(fact)
    if (way !== null) this.reached.push(way)
  }

  private wayOf(fact: Fact): (typeof UNSAFE_WAYS)[number] | null {
    if (fact.kind === 'StorageLost') return fact.what === 'vote' ? 'a lost vote' : 'a lost disk'
    if (fact.kind === 'ReadAnswered') return fact.way.kind === 'local' ? 'a local read' : null
    if (fact.kind !== 'ConfigurationAppended') return null
    const { was, configuration: now } = fact
    const server = this.world.hostOf(fact.server)?.server
    if (server !== undefined && !hasCommittedOwn(server)) return 'a change before an own entry'
    const changed = [...was.voters, ...now.voters].filter(
      (id) => was.voters.includes(id) !== now.voters.includes(id),
    )
    return was.next === null && now.next === null && changed.length > 1 ? 'a jump' : null
  }

  event(): void {}
  sent(): void {}
  ended(): void {}
  redirected(): void {}
}

/** Notes which rules a run breaks. */
class BrokenRules implements Trace {
  private readonly reached: Set<BreakableRule>

  constructor(reached: Set<BreakableRule>) {
    this.reached = reached
  }

  fact(fact: Fact): void {
    if (fact.kind === 'RuleBroken') this.reached.add(fact.broken)
  }

  event(): void {}
  sent(): void {}
  ended(): void {}
  redirected(): void {}
}

/** "3 × this, 1 × that". */
const tally = (names: readonly string[]): string =>
  [...new Set(names)].map((name) => `${names.filter((one) => one === name).length} × ${name}`).join(', ')

/** How often a failing run is tried again in a smaller form. */
const MOST_SHRINKS = 300

/** Checks plans; once one fails, tries only so many smaller ones, where the search for the smallest takes hours. */
function forAllPlans(plans: fc.Arbitrary<Plan>, runs: number, check: (plan: Plan) => void): void {
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
  fc.assert(fc.property(plans, checkSome), { numRuns: runs, ...(LONG ? {} : { seed: 1 }) })
}

describe('whatever is done to a cluster', { timeout: 3_600_000 }, () => {
  it('the safety properties hold after every event', () => {
    let events = 0
    forAllPlans(safePlans, RUNS, (plan) => {
      events += runPlan(plan).world.events
    })
    expect(events / RUNS).toBeGreaterThan(1000)
  })

  it('a leader is elected and commits, once all is well again (§5.2)', () => {
    let healed = 0
    const lacking: string[] = []
    forAllPlans(safePlans, RUNS / 2.5, (plan) => {
      const trial = runPlan(plan)
      heal(trial)
      const name = settle(trial)
      if (name !== null) lacking.push(name)
      healed++
    })
    expect(healed).toBe(RUNS / 2.5)
    expect(lacking.length, `not live at first for want of ${tally(lacking)}`).toBeLessThan(healed / 50)
  })

  it.each(NEEDS.filter(({ withhold }) => withhold !== null))('nothing is committed without $name', (need) => {
    const lacking: (string | null)[] = []
    forAllPlans(safePlans, RUNS / 50, (plan) => {
      const trial = runPlan(plan)
      const { world } = trial
      heal(trial)
      for (const act of need.withhold?.(world) ?? []) trial.act(act)
      // A server that needs no other is live whatever happens.
      const isAlone = world.hosts.some(({ server }) =>
        hasQuorum(configuration(server), (id) => id === server.id),
      )
      if (!isAlone && !trial.isCrowded()) lacking.push(settle(trial))
    })
    expect(lacking.length).toBeGreaterThan(RUNS / 100)
    expect(new Set(lacking)).toEqual(new Set([need.name]))
  })

  it('the script that came of it gives the same run again', () => {
    forAllPlans(safePlans, RUNS / 25, (plan) => {
      const { world, setup } = runPlan(plan)
      const again = new World(setup)
      while (again.events < world.events) again.advance()
      expect(stateHash(again)).toBe(stateHash(world))
    })
  })

  it('nothing worse than a broken promise comes of the unsafe ways, and the same again', () => {
    const reached: string[] = []
    const ends = endsOf(unsafePlans, (world) => new UnsafeWays(world, reached))
    const told = `${tally(reached)}; it came to ${tally(ends)}`
    for (const way of UNSAFE_WAYS)
      expect(reached.filter((one) => one === way).length, told).toBeGreaterThan(UNSAFE_RUNS / 30)
    for (const end of ['ElectionSafety', 'StateMachineSafety', 'LeaderCompleteness', 'Impossible'])
      expect(ends, told).toContain(end)
  })

  it('nothing worse than a broken promise comes of the rules that can be broken, and the same again', () => {
    const reached = new Set<BreakableRule>()
    const ends = endsOf(brokenPlans, () => new BrokenRules(reached))
    expect([...reached].sort()).toEqual([...BREAKABLE_RULES].sort())
    const told = `it came to ${tally(ends)}`
    for (const end of ['ElectionSafety', 'StateMachineSafety', 'LogMatching', 'LeaderCompleteness'])
      expect(ends, told).toContain(end)
  })
})

/** How runs end in which promises may be broken. Each must do the same again. */
function endsOf(plans: fc.Arbitrary<Plan>, trace: (world: World) => Trace): string[] {
  const ends: string[] = []
  forAllPlans(plans, UNSAFE_RUNS, (plan) => {
    const { world, setup, broken } = runPlan(plan, { mayBreak: true, trace })
    if (broken !== null) ends.push(broken.kind)
    if (world.halted !== null) ends.push(world.halted.fact.kind)
    const again = new World(setup)
    while (again.events < world.events) again.advance()
    expect(stateHash(again)).toBe(stateHash(world))
    expect(again.halted).toEqual(world.halted)
  })
  return ends
}
