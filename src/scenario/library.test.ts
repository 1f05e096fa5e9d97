import { describe, expect, it, test } from 'vitest'
import { type Micros, micros } from '../base/ids.ts'
import { Judges } from '../check/judges.ts'
import type { Note } from '../check/properties.ts'
import { lastTerm } from '../raft/log.ts'
import type { Fact, FactKind } from '../simulation/facts.ts'
import type { Settings } from '../simulation/settings.ts'
import { stateHash } from '../simulation/state-hash.ts'
import { World } from '../simulation/world.ts'
import { CHAPTERS } from './library/entry.ts'
import { LIBRARY } from './library.ts'
import { encodeLink } from './link.ts'
import { runTo } from './position.ts'
import type { Scenario } from './scenario.ts'
import type { SettingKey } from './settings-table.ts'
import { validate } from './validate.ts'
import { warnings } from './warnings.ts'

type Told = Fact & { readonly at: Micros }

function played(scenario: Scenario, until: number): { world: World; told: readonly Told[] } {
  const world = new World(scenario)
  const told: Told[] = []
  world.trace = {
    event() {},
    fact: (fact) => told.push({ ...fact, at: world.now }),
    sent() {},
    ended() {},
    redirected() {},
  }
  runTo(world, micros(until * 1000), null)
  return { world, told }
}

const get = (id: string): Scenario => {
  const entry = LIBRARY.find((one) => one.id === id)
  if (entry === undefined) throw new Error(`no ${id}`)
  return entry.scenario
}

/** The facts of some kinds, in the milliseconds after the scenario's view. */
function soon<K extends FactKind>(id: string, within: number, ...kinds: K[]) {
  const { at } = get(id).view
  const { told } = played(get(id), at / 1000 + within)
  return told.filter(
    (fact): fact is Told & Extract<Fact, { kind: K }> =>
      fact.at > at && kinds.some((kind) => kind === fact.kind),
  )
}

/** Each log as its terms. */
const logs = (world: World): string[] =>
  world.hosts.map(({ server }) =>
    server.log.buffer
      .slice(0, server.log.length)
      .map((entry) => entry.term)
      .join(''),
  )
const commits = (world: World): number[] => world.hosts.map(({ server }) => server.commitIndex)
const leaders = (world: World): number[] =>
  world.hosts.filter(({ up, server }) => up && server.role === 'leader').map(({ id }) => id)

/** Runs until the judge finds a promise broken. */
function judged(scenario: Scenario, until: number) {
  const world = new World(scenario)
  const watch = new Judges(world)
  const told: Fact[] = []
  const ignore = () => {}
  const fact = (it: Fact) => told.push(it)
  world.trace = { fact, event: ignore, sent: ignore, ended: ignore, redirected: ignore }
  const notes: Note[] = []
  let violation = watch.atStart
  while (violation === null && world.nextAt() <= until && world.events < 20_000 && world.advance()) {
    violation = watch.after(world)
    notes.push(...watch.noted)
  }
  return { world, violation, notes, told }
}

describe.each(LIBRARY.map((entry) => [entry.id, entry] as const))('%s', (_, entry) => {
  const { title, about, breaks, scenario } = entry

  it('runs for ten seconds without standing still, or ends where it shall', () => {
    const { world, violation, notes } = judged(scenario, 10_000_000)
    expect(world.events).toBeLessThan(20_000)
    expect(world.halted).toBeNull()
    expect(violation !== null || notes.length > 0).toBe(breaks)
    expect(notes.map(({ kind }) => kind)).not.toContain('Untold')
    if (violation === null) expect(leaders(world).length).toBe(1)
  })

  it('opens before it ends', () => {
    const { violation, notes } = judged(scenario, scenario.view.at)
    expect(violation).toBeNull()
    expect(notes).toEqual([])
  })

  it('does the same each time', () => {
    expect(stateHash(judged(scenario, 3_000_000).world)).toBe(stateHash(judged(scenario, 3_000_000).world))
  })

  it('finds something to act on in each line of its script', () => {
    const { told } = judged(scenario, 3_000_000)
    expect(told.filter(({ kind }) => kind === 'NothingToDo')).toEqual([])
    if (breaks) expect(about).toContain('a violation')
  })

  it('is described in one sentence, and named', () => {
    expect([title, scenario.name].every((name) => name.length > 0)).toBe(true)
    expect(about.replaceAll(/\d+(\.\d+)+/g, '')).toMatch(/^[^.]+\.$/)
  })

  it('can be shared, in a short link', async () => {
    expect(validate(scenario)).toEqual({ ok: true, scenario })
    expect((await encodeLink(scenario, 0x9e3779b1)).length).toBeLessThanOrEqual(300)
  })

  it('has sensible settings, but for the rules that it is about', () => {
    const about: readonly SettingKey[] = ['sessions', ...(entry.pair?.settings ?? [])]
    const odd = warnings(scenario.settings).filter(({ keys }) => !keys.every((key) => about.includes(key)))
    expect(odd).toEqual([])
  })
})

test('chapters come in their order', () => {
  const order = LIBRARY.map(({ chapter }) => CHAPTERS.indexOf(chapter))
  expect(order).toEqual(order.toSorted((a, b) => a - b))
  expect(new Set(order).size).toBe(CHAPTERS.length)
})

describe('pairs', () => {
  const paired = LIBRARY.flatMap((entry) =>
    entry.pair === null || entry.pair.of === entry.id ? [] : [[entry.id, entry, entry.pair] as const],
  )

  it('are there', () => {
    expect(paired.length).toBeGreaterThan(15)
  })

  it.each(paired)('%s differs from the first of them only in what is named', (_, { scenario }, pair) => {
    const first = LIBRARY.find(({ id }) => id === pair.of)
    if (first === undefined) throw new Error(`no ${pair.of}`)
    expect(first.pair).toEqual(pair)
    const of = first.scenario
    expect({ ...scenario.settings, ...pick(of.settings, pair.settings) }).toEqual(of.settings)
    expect({ ...scenario, name: of.name }).not.toEqual(of)
    expect({ ...scenario, name: of.name, settings: of.settings, script: of.script }).toEqual(of)
  })
})

const pick = (settings: Settings, keys: readonly SettingKey[]): Partial<Settings> =>
  Object.fromEntries(Object.entries(settings).filter(([key]) => keys.includes(key as SettingKey)))

test('ids are unique', () => {
  expect(new Set(LIBRARY.map(({ id }) => id)).size).toBe(LIBRARY.length)
})

test('fresh: one candidate, and a leader before 190 ms, that stays', () => {
  const { told } = played(get('fresh'), 5000)
  expect(told.filter(({ kind }) => kind === 'BecameCandidate')).toHaveLength(1)
  const elected = told.filter(({ kind }) => kind === 'BecameLeader')
  expect(elected).toHaveLength(1)
  expect(elected[0]?.at).toBeLessThan(190_000)
})

test('first-election: S4 stands right after the view and leads', () => {
  expect(soon('first-election', 50, 'BecameCandidate', 'BecameLeader')).toMatchObject([
    { kind: 'BecameCandidate', server: 4 },
    { kind: 'BecameLeader', server: 4, term: 1 },
  ])
})

test('split-vote: three stand at once, nobody wins; then one stands alone', () => {
  const stood = soon('split-vote', 200, 'BecameCandidate', 'BecameLeader')
  expect(stood.map(({ kind, term }) => `${kind} ${term}`)).toEqual([
    'BecameCandidate 1',
    'BecameCandidate 1',
    'BecameCandidate 1',
    'BecameCandidate 2',
    'BecameLeader 2',
  ])
  expect((stood[2]?.at ?? NaN) - (stood[0]?.at ?? 0)).toBeLessThan(2000)
})

test('leader-crash: the leader goes, a new one comes, the old one follows', () => {
  expect(
    soon('leader-crash', 500, 'ServerCrashed', 'BecameCandidate', 'BecameLeader', 'ServerRestarted'),
  ).toMatchObject([
    { kind: 'ServerCrashed', server: 3 },
    { kind: 'BecameCandidate', server: 1, term: 2 },
    { kind: 'BecameLeader', server: 1, term: 2 },
    { kind: 'ServerRestarted', server: 3 },
  ])
  const { world } = played(get('leader-crash'), 1500)
  expect([logs(world), commits(world)]).toEqual([Array(5).fill('12'), Array(5).fill(2)])
})

describe('minority-leader', () => {
  it('has two leaders at its view; the minority’s has entries that are not committed', () => {
    const { world } = played(get('minority-leader'), get('minority-leader').view.at / 1000)
    expect(leaders(world)).toEqual([1, 5])
    expect(logs(world)).toEqual(['111', '111', '12', '12', '12'])
    expect(commits(world)).toEqual([1, 1, 2, 2, 2])
  })

  it('heals, and they are erased', () => {
    expect(soon('minority-leader', 50, 'Healed', 'EntriesErased')).toMatchObject([
      { kind: 'Healed' },
      { kind: 'EntriesErased', server: 2, leader: 5, first: 2, last: 3 },
      { kind: 'EntriesErased', server: 1, leader: 5, first: 2, last: 3 },
    ])
    expect(logs(played(get('minority-leader'), 1000).world)).toEqual(Array(5).fill('12'))
  })
})

describe('figure-7', () => {
  it('starts with the logs of the figure', () => {
    expect(logs(new World(get('figure-7')))).toEqual([
      '1114455666',
      '111445566',
      '1114',
      '11144556666',
      '111445566677',
      '1114444',
      '11122233333',
    ])
  })

  it('elects S1 for term 8 with the votes of those whose logs are no newer', () => {
    const votes = soon('figure-7', 20, 'BecameLeader')
    expect(votes).toMatchObject([{ server: 1, term: 8 }])
    const { told } = played(get('figure-7'), 100)
    const refused = told.filter(({ kind }) => kind === 'VoteRefused')
    expect(refused).toMatchObject([
      { server: 5, why: { kind: 'LogBehind' } },
      { server: 4, why: { kind: 'LogBehind' } },
    ])
  })

  it('makes all logs the leader’s', () => {
    const { world } = played(get('figure-7'), 300)
    expect([logs(world), commits(world)]).toEqual([Array(7).fill('11144556668'), Array(7).fill(11)])
  })
})

describe('figure-8', () => {
  it('(a), (b): S1 and S5 have different entries at index 2', () => {
    const { world } = played(get('figure-8'), 208)
    expect(logs(world)).toEqual(['12', '12', '1', '1', '13'])
    expect(world.hosts.map(({ up }) => up)).toEqual([false, true, true, true, false])
  })

  it('(c): the entry of term 2 gets onto a majority right after the view and is held back', () => {
    const held = soon('figure-8', 30, 'CommitHeld', 'Committed')
    expect(held).toMatchObject([{ kind: 'CommitHeld', server: 1, index: 2, entryTerm: 2, term: 4 }])
    const { world } = played(get('figure-8'), 355)
    expect(logs(world)).toEqual(['12', '12', '12', '1', '13'])
    expect(commits(world)).toEqual([0, 0, 0, 0, 0])
  })

  it('(e): an entry of term 4 on a majority commits both', () => {
    expect(soon('figure-8', 90, 'Committed')).toMatchObject([
      { server: 1, first: 1, last: 3, storedOn: [1, 2, 3], earlier: 2 },
    ])
    expect(logs(played(get('figure-8'), 420).world)).toEqual(['124', '124', '124', '1', '13'])
    const { world } = played(get('figure-8'), 700)
    expect([logs(world), commits(world)]).toEqual([Array(5).fill('124'), Array(5).fill(3)])
  })
})

describe('figure-8-overwritten', () => {
  it('(d): the entry of term 2 was on a majority, and S5 erases it', () => {
    expect(logs(played(get('figure-8-overwritten'), 379).world)).toEqual(['124', '12', '12', '1', '13'])
    expect(soon('figure-8-overwritten', 30, 'EntriesErased')).toMatchObject([
      { server: 3, leader: 5, first: 2, last: 2, mine: 2, theirs: 3 },
      { server: 2, leader: 5, first: 2, last: 2, mine: 2, theirs: 3 },
    ])
    const { world } = played(get('figure-8-overwritten'), 555)
    expect([logs(world), commits(world)]).toEqual([Array(5).fill('13'), Array(5).fill(0)])
  })

  it('ends with its own entry committed', () => {
    const { world } = played(get('figure-8-overwritten'), 800)
    expect([logs(world), commits(world)]).toEqual([Array(5).fill('135'), Array(5).fill(3)])
  })
})

test('lossy-network: entries are lost, sent again, and committed', () => {
  const lost = soon('lossy-network', 20, 'MessageLost')
  expect(lost.filter(({ message }) => message === 'AppendEntries').length).toBeGreaterThanOrEqual(2)
  const { world, told } = played(get('lossy-network'), 5000)
  const kinds = new Set(told.map(({ kind }) => kind))
  expect(kinds.has('MessageDuplicated') && kinds.has('EntriesKnown')).toBe(true)
  expect(Math.min(...commits(world))).toBeGreaterThan(25)
  for (const { server } of world.hosts) expect(lastTerm(server.log)).toBe(server.currentTerm)
})
