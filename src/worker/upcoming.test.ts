import { expect, test } from 'vitest'
import { millis } from '../base/ids.ts'
import { at, firstLeader, setupOf } from '../simulation/test-kit.ts'
import type { Happening } from '../simulation/trace.ts'
import { World } from '../simulation/world.ts'
import type { Upcoming } from './protocol.ts'
import { upcomingOf } from './upcoming.ts'

/** S1 leads; it and S2 are paused with messages under way, and both resume long after their timers ran out. */
function resumed(): World {
  const script = [
    ...firstLeader,
    at(45, { kind: 'Pause', server: 1 }),
    at(45, { kind: 'Pause', server: 2 }, 1),
    at(400, { kind: 'Resume', server: 2 }),
    at(400, { kind: 'Resume', server: 1 }, 1),
  ]
  const world = new World(setupOf({ script }))
  while (world.scriptDone < script.length) world.advance()
  return world
}

function upcoming(world: World): Upcoming[] {
  const flights = [...world.network.flights.all()].sort((a, b) => a.at - b.at || a.seq - b.seq)
  return upcomingOf(world, flights)
}

/** Which server, for an event of one. */
const whose = (next: Upcoming | undefined): number | null =>
  next === undefined ? null : 'server' in next ? next.server : 'flight' in next ? next.flight.name.to : null

/** Executes one event, and tells which it was. */
function execute(world: World): Happening {
  let happened: Happening | null = null
  const ignore = () => undefined
  const event = (_: number, _at: number, _cause: number, what: Happening) => {
    happened = what
  }
  world.trace = { event, fact: ignore, sent: ignore, ended: ignore, redirected: ignore }
  world.advance()
  if (happened === null) throw new Error('nothing happened')
  return happened
}

test('after a server has resumed, what comes next is not in the past', () => {
  const world = resumed()
  expect(world.now).toBe(millis(400))
  const next = upcoming(world)
  const due = next.filter(({ at }) => at === world.now)
  expect(next.every(({ at }) => at >= world.now)).toBe(true)
  expect(due.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['Arrival', 'Election', 'Heartbeat']))
})

test('what waited for it comes before its timers', () => {
  const kinds = upcoming(resumed()).map(({ kind }) => kind)
  const timers = kinds.flatMap((kind, i) => (kind === 'Arrival' ? [] : [i]))
  expect(kinds[0]).toBe('Arrival')
  expect(kinds.lastIndexOf('Arrival', Math.min(...timers))).toBe(Math.min(...timers) - 1)
})

test('the first of what comes next is what happens next', () => {
  const world = resumed()
  for (let i = 0; i < 40; i++) {
    const [first] = upcoming(world)
    const what = execute(world)
    expect(world.now).toBe(first?.at)
    if (what.kind === 'Timer') expect(whose(first)).toBe(what.server)
    else expect(first).toMatchObject({ kind: what.kind, flight: { name: flightOf(what) } })
  }
})

test('so it is with every feature on', () => {
  const settings = {
    ...{ noOp: true, preVote: true, checkQuorum: true, sessions: true, snapshotAt: 4, batchDelay: 15_000 },
    ...{ pipeline: 2, diskLatency: 7_000, clientRate: 40 },
  }
  const script = [
    at(400, { kind: 'Transfer', server: 1, to: 3 }),
    at(900, { kind: 'ChangeMembers', add: [4], remove: [] }),
    at(905, { kind: 'Pause', server: 4 }),
  ]
  const world = new World(setupOf({ settings, script }))
  const seen = new Set<string>()
  while (world.now < millis(4500)) {
    const next = upcoming(world)
    const [first] = next
    for (const { kind } of next) seen.add(kind)
    const what = execute(world)
    expect(world.now).toBe(first?.at)
    if (what.kind === 'Disk') expect(first).toMatchObject({ kind: 'Written', server: what.server })
    if (what.kind === 'Timer') expect(whose(first)).toBe(what.server)
  }
  const office = ['QuorumCheck', 'Batch', 'TransferEnd', 'CatchUpEnd']
  expect([...seen]).toEqual(expect.arrayContaining(['Written', 'Snapshot', ...office]))
})

function flightOf(what: Happening): object {
  if (what.kind === 'Arrival' || what.kind === 'Loss') return what.flight.name
  throw new Error(`${what.kind} is not of a message`)
}
