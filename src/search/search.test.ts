import { describe, expect, it, test } from 'vitest'
import { Judges } from '../check/judges.ts'
import { BREAKABLE_RULES } from '../raft/settings.ts'
import { decodeLink } from '../scenario/link.ts'
import { LONGEST_NAME } from '../scenario/scenario.ts'
import { UNSAFE_WAYS } from '../scenario/unsafe-ways.ts'
import { validate } from '../scenario/validate.ts'
import type { ScriptItem, Setup } from '../simulation/script.ts'
import { defaultSettings, type Settings } from '../simulation/settings.ts'
import { World } from '../simulation/world.ts'
import { BREAKAGES, type Breakage, breakageNamed, HUNTS, settingsWith } from './breakages.ts'
import { endingOf, FOUND_KINDS } from './endings.ts'
import { type Broken, type FoundKind, only } from './finding.ts'
import { foundScenario, linkOf, nameOf } from './found-scenario.ts'
import { LastEvent } from './last-event.ts'
import { rerun } from './run.ts'
import { Search } from './search.ts'
import { shrunk } from './shrink.ts'

function named(name: string): Breakage {
  const breakage = breakageNamed(name)
  if (breakage === undefined) throw new Error(`there is no ${name}`)
  return breakage
}

function searchFor(name: string, seed: number): { search: Search; settings: Settings } {
  const breakage = named(name)
  const { shows: wanted, beyond } = breakage
  const settings = settingsWith([breakage])
  return { settings, search: new Search({ settings, wanted, beyond, seed }) }
}

/** Found within `most` scenarios. */
function find(name: string, seed: number, most: number): { found: Broken; settings: Settings } {
  const { search, settings } = searchFor(name, seed)
  const { found } = search.step(most)
  if (found === null) throw new Error(`${name} is not found with seed ${seed} in ${most} scenarios`)
  return { found, settings }
}

/** What the page's judges say of a replay: the first time that this is broken; `null` if the run is over before. */
function replay({ setup, finding }: Broken): { kind: string; event: number } | null {
  const world = new World(setup)
  const judges = new Judges(world)
  while (world.events <= finding.event && world.advance()) {
    const violation = judges.after(world)
    for (const { kind, event } of violation === null ? judges.noted : [violation, ...judges.noted])
      if (kind === finding.kind) return { kind, event }
    if (violation !== null) return null
  }
  return null
}

/** The same setup with the rule kept: its settings, or what is done to clocks and disks. */
function kept({ name, beyond }: Breakage, setup: Setup): Setup {
  const isBeyond = ({ act }: ScriptItem) => beyond.some((kind) => kind === act.kind)
  if (beyond.length > 0) return { ...setup, script: setup.script.filter((item) => !isBeyond(item)) }
  const way = UNSAFE_WAYS.find(({ id }) => id === name)
  return { ...setup, settings: { ...setup.settings, ...way?.kept } }
}

/** The rules that are told to be broken up to what was found. */
function rulesToldBroken({ setup, finding }: Broken): Set<string> {
  const world = new World(setup)
  const last = new LastEvent()
  world.trace = last
  const told = new Set<string>()
  while (world.events <= finding.event && world.advance())
    for (const fact of last.facts) if (fact.kind === 'RuleBroken') told.add(fact.broken)
  return told
}

/** The test has to show what is to blame, not only that something goes wrong. */
function expectBlame(breakage: Breakage, small: Broken): void {
  const setup = kept(breakage, small.setup)
  expect(setup).not.toEqual(small.setup)
  expect(rerun(setup, small.wanted, small.finding.event + 200)).toBeNull()
  const rules = BREAKABLE_RULES.filter((rule) => breakage.settings[rule] === true)
  const told = rulesToldBroken(small)
  for (const rule of rules) expect(told).toContain(rule)
}

const EITHER = ['ElectionSafety', 'LeaderCompleteness', 'StateMachineSafety'] as const
/** In each way, what it can show, and in how many scenarios at most. */
const FOUND: readonly (readonly [string, number, readonly FoundKind[]])[] = [
  ['vote-without-comparing', 200, ['LeaderCompleteness']],
  ['vote-twice', 200, ['ElectionSafety']],
  ['forget-vote', 3000, ['ElectionSafety']],
  ['forget-term', 2000, EITHER],
  ['commit-old-terms', 20_000, ['LeaderCompleteness', 'StateMachineSafety']],
  ['truncate-always', 1000, ['LeaderCompleteness', 'StateMachineSafety']],
  ['skip-consistency-check', 500, ['LogMatching', 'LeaderCompleteness', 'StateMachineSafety']],
  ['count-minority', 100, EITHER],
  ['apply-uncommitted', 1000, ['StateMachineSafety']],
  ['read-before-own-entry', 2000, ['Linearizability']],
  ['ignore-snapshot-boundary', 1000, ['LeaderCompleteness', 'StateMachineSafety']],
  ['accept-stale-snapshot', 5000, ['CommitRises', 'CommittedStays', 'LeaderCompleteness']],
  ['keep-old-votes', 20_000, EITHER],
  ['ignore-terms-in-replies', 20_000, ['Linearizability']],
  ['jump-between-configurations', 1000, EITHER],
  ['change-before-own-entry', 20_000, EITHER],
  ['read-locally', 1000, ['Linearizability']],
  ['drifting-clocks', 20_000, ['Linearizability']],
  ['no-sessions', 500, ['ExactlyOnce', 'Linearizability']],
  ['faulty-disks', 500, EITHER],
]

describe('every way to break Raft is found', { timeout: 120_000 }, () => {
  test.for(FOUND)('%s', async ([name, most, kinds]) => {
    const { found, settings } = find(name, 1, most)
    expect(kinds).toContain(found.finding.kind)
    expect(rerun(found.setup, found.wanted, found.finding.event + 2)?.finding).toEqual(found.finding)
    const small = shrunk(found, { settings })
    const { kind, event } = small.finding
    expect(kind).toBe(found.finding.kind)
    expect(small.setup.script.length).toBeLessThanOrEqual(Math.min(found.setup.script.length, 16))
    expect(replay(small)).toEqual({ kind, event })
    expectBlame(named(name), small)
    const opened = foundScenario(small, named(name).title)
    expect(validate(opened.scenario)).toMatchObject({ ok: true })
    expect(await decodeLink(await linkOf(small, opened))).toMatchObject({
      ok: true,
      scenario: opened.scenario,
    })
    expect(opened.captions.at(-1)?.event).toBe(event)
  })

  it('and the table above has them all', () => {
    const ways = UNSAFE_WAYS.map(({ id }) => id)
    expect(FOUND.map(([name]) => name)).toEqual(expect.arrayContaining([...ways, 'faulty-disks']))
    expect(BREAKAGES.map(({ name }) => name)).toEqual([...ways, 'faulty-disks'])
    expect(Object.keys(HUNTS).sort()).toEqual([...ways].sort())
    expect(FOUND).toHaveLength(BREAKAGES.length)
  })
})

describe('in a cluster without sessions', { timeout: 120_000 }, () => {
  const searchIn = (settings: Partial<Settings>, seed: number) =>
    new Search({ settings: { ...defaultSettings, ...settings }, wanted: ['Linearizability'], seed })

  it('what comes of a command applied twice is found where no rule is broken, and asked for', () => {
    const { found } = searchIn({ reads: 'readIndex' }, 1).step(20_000)
    expect(found?.finding.kind).toBe('Linearizability')
    if (found === null) return
    const most = found.finding.event + 2
    expect(rerun(found.setup, only('Linearizability'), most)?.finding).toEqual(found.finding)
    expect(rerun(found.setup, only('Linearizability', false), most)).toBeNull()
  })

  test.for([
    ['read-before-own-entry', 1],
    ['ignore-terms-in-replies', 2],
    ['read-locally', 3],
    ['read-locally', 4],
  ] as const)('it is not held against %s, seed %i', ([name, seed]) => {
    const settings = { ...defaultSettings, ...named(name).settings }
    const { found } = searchIn(settings, seed).step(20_000)
    if (found === null) throw new Error('nothing is found')
    expectBlame(named(name), shrunk(found, { settings }))
  })
})

describe('a correct cluster is not accused', { timeout: 120_000 }, () => {
  test.for<Partial<Settings>>([
    {},
    { preVote: true, checkQuorum: true, membership: 'joint', snapshotAt: 3 },
    { sessions: true },
    { reads: 'readIndex', pipeline: 3, parallelWrite: true, diskLatency: defaultSettings.latencyMin },
    { reads: 'lease', noOp: false, snapshotAt: 1, mostSessions: 1 },
  ])('%j', (settings) => {
    const search = new Search({ settings: { ...defaultSettings, ...settings }, wanted: null, seed: 1 })
    const { scenarios, found } = search.step(1500)
    expect(found).toBeNull()
    expect(scenarios).toBe(1500)
  })
})

describe('a search', { timeout: 60_000 }, () => {
  it('does the same in steps, and again', () => {
    const whole = searchFor('commit-old-terms', 7).search.step(600)
    const { search } = searchFor('commit-old-terms', 7)
    for (let i = 0; i < 6; i++) search.step(100)
    expect(search.progress()).toEqual(whole)
    expect(whole.events).toBeGreaterThan(600 * 20)
  })

  it('stays at what it has found', () => {
    const { search } = searchFor('count-minority', 1)
    const first = search.step(200)
    expect(first.found).not.toBeNull()
    expect(search.step(200)).toEqual(first)
  })

  it('can be shared out: each does the scenarios that are its own', () => {
    const settings = { ...defaultSettings }
    const events = (first: number, stride: number, count: number) =>
      new Search({ settings, wanted: null, seed: 3, first, stride }).step(count).events
    expect(events(0, 2, 30) + events(1, 2, 30)).toBe(events(0, 1, 60))
  })

  it('looks only for what is wanted', () => {
    const settings = { ...defaultSettings, forgetVote: true }
    const kindFor = (wanted: readonly FoundKind[] | null) =>
      new Search({ settings, wanted, seed: 2 }).step(3000).found?.finding.kind
    expect(kindFor(null)).toBe('OneVote')
    expect(kindFor(['ElectionSafety'])).toBe('ElectionSafety')
  })

  it('holds against a cluster without sessions only what was asked for (§8)', () => {
    const find = (wanted: readonly FoundKind[] | null) =>
      new Search({ settings: defaultSettings, wanted, seed: 1 }).step(600).found?.finding.kind
    expect(find(null)).toBeUndefined()
    expect(find(['ExactlyOnce'])).toBe('ExactlyOnce')
  })

  it('gives every finding a name that is not too long', () => {
    for (const { title } of BREAKAGES) {
      for (const kind of FOUND_KINDS) {
        const finding = { kind, at: 0, event: 0, servers: [], violation: null } as never
        expect(nameOf(title, endingOf(finding)).length).toBeLessThanOrEqual(LONGEST_NAME)
      }
    }
  })
})
