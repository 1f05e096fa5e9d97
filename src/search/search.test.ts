import { describe, expect, it, test } from 'vitest'
import { Judges } from '../check/judges.ts'
import { decodeLink } from '../scenario/link.ts'
import { LONGEST_NAME } from '../scenario/schema.ts'
import { validate } from '../scenario/validate.ts'
import { defaultSettings, type Settings } from '../simulation/settings.ts'
import { World } from '../simulation/world.ts'
import { BREAKAGES, breakageNamed } from './breakages.ts'
import { endingOf, FOUND_KINDS } from './endings.ts'
import type { Broken, FoundKind } from './finding.ts'
import { foundScenario, linkOf, nameOf } from './found-scenario.ts'
import { rerun } from './run.ts'
import { Search } from './search.ts'
import { shrunk } from './shrink.ts'

function searchFor(name: string, seed: number): { search: Search; settings: Settings } {
  const breakage = breakageNamed(name)
  if (breakage === undefined) throw new Error(`there is no ${name}`)
  const { shows: wanted, beyond } = breakage
  const settings = { ...defaultSettings, ...breakage.settings }
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

describe('every way to break Raft is found', { timeout: 120_000 }, () => {
  test.for([
    ['vote-without-comparing', 1, 200, ['LeaderCompleteness']],
    ['vote-twice', 1, 200, ['ElectionSafety']],
    ['forget-vote', 1, 3000, ['ElectionSafety']],
    ['forget-term', 1, 2000, ['ElectionSafety', 'LeaderCompleteness', 'StateMachineSafety']],
    ['commit-old-terms', 1, 20_000, ['LeaderCompleteness', 'StateMachineSafety']],
    ['truncate-always', 1, 1000, ['LeaderCompleteness', 'StateMachineSafety']],
    ['skip-consistency-check', 1, 500, ['LogMatching', 'LeaderCompleteness', 'StateMachineSafety']],
    ['count-minority', 1, 100, ['ElectionSafety', 'LeaderCompleteness', 'StateMachineSafety']],
    ['apply-uncommitted', 1, 200, ['LeaderCompleteness', 'StateMachineSafety']],
    ['read-before-own-entry', 1, 2000, ['Linearizability']],
    ['ignore-snapshot-boundary', 1, 1000, ['LeaderCompleteness', 'StateMachineSafety']],
    ['accept-stale-snapshot', 1, 5000, ['CommitRises', 'CommittedStays', 'LeaderCompleteness']],
    ['keep-old-votes', 1, 20_000, ['ElectionSafety', 'LeaderCompleteness']],
    ['ignore-terms-in-replies', 1, 20_000, ['Linearizability']],
    ['jump-between-configurations', 1, 1000, ['LeaderCompleteness', 'ElectionSafety', 'StateMachineSafety']],
    ['change-before-own-entry', 1, 20_000, ['LeaderCompleteness', 'ElectionSafety', 'StateMachineSafety']],
    ['read-locally', 1, 1000, ['Linearizability']],
    ['no-sessions', 1, 500, ['ExactlyOnce', 'Linearizability']],
    ['drifting-clocks', 1, 20_000, ['Linearizability']],
    ['faulty-disks', 1, 500, ['LeaderCompleteness', 'ElectionSafety', 'StateMachineSafety']],
  ] as const)('%s', async ([name, seed, most, kinds]) => {
    const { found, settings } = find(name, seed, most)
    expect(kinds).toContain(found.finding.kind)
    expect(rerun(found.setup, found.finding.kind, [], found.finding.event + 2)?.finding).toEqual(
      found.finding,
    )
    const small = shrunk(found, { settings })
    const { kind, event } = small.finding
    expect(kind).toBe(found.finding.kind)
    expect(small.setup.script.length).toBeLessThanOrEqual(Math.min(found.setup.script.length, 16))
    expect(replay(small)).toEqual({ kind, event })
    const opened = foundScenario(small, breakageNamed(name)?.title ?? '')
    expect(validate(opened.scenario)).toMatchObject({ ok: true })
    expect(await decodeLink(await linkOf(small, opened))).toMatchObject({
      ok: true,
      scenario: opened.scenario,
    })
    expect(opened.captions.at(-1)?.event).toBe(event)
  })

  it('and the table above has them all', () => {
    expect(BREAKAGES).toHaveLength(20)
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
