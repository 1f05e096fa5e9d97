import { describe, expect, test } from 'vitest'
import { clientId, type Micros, millis, serverId, term } from '../base/ids.ts'
import type { Command } from '../raft/commands.ts'
import type { Host } from '../simulation/host.ts'
import type { InitialServer, Intervention, ScriptItem, Setup } from '../simulation/script.ts'
import { type Settings, section5Defaults } from '../simulation/settings.ts'
import { World } from '../simulation/world.ts'
import { Judges } from './judges.ts'
import type { Note, Violation } from './properties.ts'

const at = (ms: number, act: Intervention): ScriptItem => ({ at: millis(ms), skip: 0, act })
const put = (value: string): Command => ({ kind: 'Put', key: 'x', value })
const get: Command = { kind: 'Get', key: 'x' }
const tell = (server: number, command: Command): Intervention => ({
  kind: 'Command',
  server: serverId(server),
  command,
})
const timeOut = (server: number): Intervention => ({ kind: 'TimeOut', server: serverId(server) })
const isolate = (server: number): Intervention => ({ kind: 'Isolate', server: serverId(server) })

const setupOf = (
  script: readonly ScriptItem[],
  settings: Partial<Settings> = {},
  servers = 3,
  initial: readonly InitialServer[] | null = null,
): Setup => ({ seed: 7, servers, settings: { ...section5Defaults, ...settings }, initial, script })

/** All that is said of a run, with whether it has ended. */
function judged(setup: Setup, until = millis(2000)): { notes: Note[]; end: Violation | null; world: World } {
  const world = new World(setup)
  const judges = new Judges(world)
  const notes: Note[] = []
  let end: Violation | null = null
  while (end === null && world.nextAt() <= until && world.advance()) {
    end = judges.after(world)
    notes.push(...judges.noted)
  }
  return { notes, end, world }
}

/** S1 leads, and its answer to C1's first put is lost, so C1 sends it again, after another put. */
const lostAnswer = (nth: number, ms = 150) => [
  at(10, timeOut(1)),
  at(100, tell(1, put('1'))),
  at(ms, {
    kind: 'Drop',
    message: { from: serverId(1), to: clientId(11), n: nth, copy: 0 },
  }),
  at(250, tell(1, put('2'))),
]

describe('exactly-once application (§8)', () => {
  test('without sessions a command that is sent again is applied again', () => {
    const { notes, end } = judged(setupOf(lostAnswer(1)))
    expect(end).toBeNull()
    expect(notes).toMatchObject([
      {
        kind: 'ExactlyOnce',
        promised: false,
        client: 11,
        command: put('1'),
        first: 1,
        index: 3,
        servers: [1],
      },
    ])
  })

  test('sessions that are switched on later promise nothing to what was sent before', () => {
    const later = { sessions: true }
    const script = [...lostAnswer(1), at(200, { kind: 'Change', settings: later })].sort(
      (a, b) => a.at - b.at,
    )
    expect(judged(setupOf(script)).notes).toMatchObject([{ kind: 'ExactlyOnce', promised: false, first: 1 }])
  })

  test('a server that does again what its session says was done breaks a promise', () => {
    const world = new World(setupOf(lostAnswer(2, 205), { sessions: true }))
    const judges = new Judges(world)
    const notes: Note[] = []
    let end: Violation | null = null
    while (end === null && world.nextAt() <= millis(2000) && world.advance()) {
      const { server } = world.hosts[0] as Host
      const last = server.log.buffer[server.lastApplied - 1]
      // S1 takes the second put 1, which comes after put 2, for a new one.
      if (server.lastApplied === 4 && last?.request?.serial === 1) server.store.set('x', '1')
      end = judges.after(world)
      notes.push(...judges.noted)
    }
    expect(end).toMatchObject({ kind: 'StoreFollowsLog', key: 'x', expected: '2', found: '1' })
    expect(notes).toMatchObject([{ kind: 'ExactlyOnce', promised: true, first: 2, index: 4 }])
  })

  test('with sessions it is applied once', () => {
    const { notes, world } = judged(setupOf(lostAnswer(2, 205), { sessions: true }))
    expect(notes).toEqual([])
    const log = world.hosts[0]?.server.log
    expect(log?.buffer.slice(0, log.length).map(({ request }) => request?.serial)).toEqual([2, 1, 3, 1])
  })

  test('without sessions nothing is wrong while nothing is sent twice', () => {
    expect(judged(setupOf([at(10, timeOut(1))], { clientRate: 20 })).notes).toEqual([])
  })

  test('a get that is sent twice changes nothing', () => {
    const [first, , drop] = lostAnswer(1)
    expect(judged(setupOf([first!, at(100, tell(1, get)), drop!])).notes).toEqual([])
  })
})

/** S1 is cut off while S2 takes over; a client asks S1. */
const deposed = [
  at(10, timeOut(1)),
  at(100, tell(1, put('1'))),
  at(300, isolate(1)),
  at(460, timeOut(2)),
  at(500, tell(2, put('2'))),
  at(600, tell(1, get)),
]

describe('linearizability of what clients see', () => {
  test('a stale read is reported when it is answered, with what contradicts it', () => {
    const { notes } = judged(setupOf(deposed, { reads: 'local', noOp: true }))
    expect(notes).toHaveLength(1)
    const [note] = notes
    expect(note).toMatchObject({ kind: 'Linearizability', servers: [1] })
    if (note?.kind !== 'Linearizability') return
    const { operation, found, possible, operations } = note.evidence
    expect(operation.command).toEqual(get)
    expect([found, possible]).toEqual(['1', ['2']])
    expect(operation.answered?.event).toBe(note.event)
    expect(operations.map(({ command }) => command)).toContainEqual(put('2'))
  })

  test('a read by ReadIndex is not stale', () => {
    expect(judged(setupOf(deposed, { reads: 'readIndex', noOp: true })).notes).toEqual([])
  })

  test('what is in the logs at the start can be read, or not', () => {
    const disk = (value: string): InitialServer => ({
      currentTerm: term(1),
      votedFor: null,
      log: [{ term: term(1), command: put(value) }],
    })
    const script = [at(10, timeOut(1)), at(100, tell(1, get))]
    const run = judged(setupOf(script, { noOp: true }, 3, [disk('7'), disk('7'), disk('7')]))
    expect(run.notes).toEqual([])
    expect(run.world.clients[0]?.done[0]?.result).toEqual({ kind: 'Found', value: '7' })
  })
})

describe('what is committed is on a majority of disks (§5.3)', () => {
  const settled = [at(10, timeOut(1)), at(100, tell(1, put('1')))]
  const lose = (server: number, ms: number) => [
    at(ms, { kind: 'Crash', server: serverId(server) }),
    at(ms + 5, { kind: 'RestartWithout', server: serverId(server), loses: 'disk' }),
  ]

  test('a disk that loses it is outside the assumptions, and reported', () => {
    const { notes } = judged(setupOf([...settled, at(290, isolate(2)), ...lose(3, 300)], {}, 3), millis(320))
    expect(notes).toEqual([])
    const script = [...settled, at(290, isolate(2)), at(295, isolate(3)), ...lose(2, 300), ...lose(3, 310)]
    const { notes: both } = judged(setupOf(script), millis(330))
    expect(both).toMatchObject([
      { kind: 'CommittedStays', index: 1, voters: [1, 2, 3], holders: [1], outside: true, servers: [3] },
    ])
  })

  test('two of five count as enough, and the entry is on two disks', () => {
    const away = [3, 4, 5].map((id) => at(90, isolate(id)))
    const script = [at(10, timeOut(1)), ...away, at(100, tell(1, put('1')))]
    const { notes } = judged(setupOf(script, { countMinority: true }, 5))
    expect(notes[0]).toMatchObject({ kind: 'CommittedStays', index: 1, outside: false, servers: [1] })
    const [note] = notes
    if (note?.kind === 'CommittedStays') expect(note.holders).toHaveLength(2)
  })

  test.each(['single', 'joint'] as const)('members change (%s), and it stays so', (membership) => {
    const script = [
      ...settled,
      at(300, { kind: 'ChangeMembers', add: [serverId(4)], remove: [] }),
      at(600, { kind: 'ChangeMembers', add: [serverId(5)], remove: [] }),
      at(900, { kind: 'ChangeMembers', add: [], remove: [serverId(1)] }),
    ]
    const { notes, world } = judged(
      setupOf(script, { membership, noOp: true, sessions: true, clientRate: 20 }),
    )
    expect(notes).toEqual([])
    expect(world.hosts).toHaveLength(5)
    const latest = world.hosts.find(({ server }) => server.role === 'leader')?.server.configurations.at(-1)
    expect(latest?.configuration).toEqual({ voters: [2, 3, 4, 5], next: null })
  })

  test('disks that take their time are asked what they have, not what is to be written', () => {
    const settings = { diskLatency: 5000 as Micros, parallelWrite: true, clientRate: 20 }
    expect(judged(setupOf(settled, settings)).notes).toEqual([])
  })
})

describe('the judges', () => {
  const script = [...lostAnswer(1), at(600, tell(2, get)), at(700, tell(1, put('3'))), at(800, tell(1, get))]
  const settings = { clientRate: 15, loss: 60_000, reads: 'local' as const }

  test('can be taken back, and then say the same again', () => {
    const world = new World(setupOf(script, settings, 5))
    const judges = new Judges(world)
    const moments = [{ mark: judges.mark(), snapshot: world.snapshot(), from: 0 }]
    const all: Note[] = []
    while (world.events < 2000 && world.advance()) {
      expect(judges.after(world)).toBeNull()
      all.push(...judges.noted)
      if (world.events % 100 === 0)
        moments.push({ mark: judges.mark(), snapshot: world.snapshot(), from: all.length })
    }
    expect(all.length).toBeGreaterThan(0)
    for (const { mark, snapshot, from } of moments.reverse()) {
      world.restore(snapshot)
      judges.backTo(mark, world)
      expect(judges.mark()).toEqual(mark)
      const again: Note[] = []
      while (world.events < 2000 && world.advance()) {
        expect(judges.after(world)).toBeNull()
        again.push(...judges.noted)
      }
      expect(again).toEqual(all.slice(from))
    }
  })

  test('can be taken back amid broken rules and failing disks, too', () => {
    const found = new Set<string>()
    for (let seed = 1; seed <= 6; seed++) for (const kind of takenBack(seed)) found.add(kind)
    for (const kind of ['OneVote', 'CommittedStays', 'LeaderCompleteness', 'StateMachineSafety'])
      expect(found).toContain(kind)
  })
})

/** What is found in such a run, the same again from each moment that it is taken back to. */
function takenBack(seed: number): Set<string> {
  const script: ScriptItem[] = []
  for (let i = 0; i < 60; i++) {
    const server = serverId(((i * seed) % 5) + 1)
    script.push(at(40 * i, i % 3 === 0 ? timeOut(server) : { kind: 'Crash', server }))
    script.push(at(40 * i + 10, { kind: i % 7 === 0 ? 'Isolate' : 'Restart', server }))
    if (i % 4 === 1) script.push(at(40 * i + 8, { kind: 'RestartWithout', server, loses: 'disk' }))
    if (i % 7 === 5) script.push(at(40 * i + 30, { kind: 'Heal' }))
  }
  const settings = { clientRate: 40, loss: 50_000, snapshotAt: seed % 2 === 0 ? 4 : 0, forgetTerm: true }
  const broken = { applyUncommitted: seed % 3 === 0, countMinority: seed % 3 === 1, forgetVote: true }
  const setup = setupOf(
    script.sort((a, b) => a.at - b.at),
    { ...settings, ...broken },
    5,
  )
  const world = new World({ ...setup, seed })
  const judges = new Judges(world)
  const moments = [{ mark: judges.mark(), snapshot: world.snapshot(), from: 0 }]
  const found = (isFirst: boolean): string[] => {
    const all: string[] = []
    while (world.events < 4000 && world.advance()) {
      const violation = judges.after(world)
      for (const one of violation === null ? judges.noted : [violation, ...judges.noted])
        all.push(JSON.stringify(one))
      if (isFirst && world.events % 100 === 0)
        moments.push({ mark: judges.mark(), snapshot: world.snapshot(), from: all.length })
    }
    return all
  }
  const all = found(true)
  for (const { mark, snapshot, from } of moments.reverse()) {
    world.restore(snapshot)
    judges.backTo(mark, world)
    expect(judges.mark()).toEqual(mark)
    expect(found(false)).toEqual(all.slice(from))
  }
  return new Set(all.map((one) => (JSON.parse(one) as Note).kind))
}
