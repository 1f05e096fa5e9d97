import { type Micros, millis, type ServerId, serverId, term } from '../base/ids.ts'
import { HAND } from '../simulation/clients.ts'
import type { InitialServer, Intervention, ScriptItem, Setup } from '../simulation/script.ts'
import { type Settings, section5Defaults } from '../simulation/settings.ts'
import { stateHash } from '../simulation/state-hash.ts'
import { World } from '../simulation/world.ts'

/** After how many events the state is hashed. */
export const CHECKPOINTS: readonly number[] = [1, 100, 500, 1000, 2000, 3000, 4000, 5000]

const [S1, S2, S3, S4, S5] = [1, 2, 3, 4, 5].map(serverId) as [
  ServerId,
  ServerId,
  ServerId,
  ServerId,
  ServerId,
]

const at = (ms: number, act: Intervention, skip = 0): ScriptItem => ({ at: millis(ms), skip, act })
const put = (key: string, value: string): Intervention => ({
  kind: 'Command',
  server: null,
  command: { kind: 'Put', key, value },
})
const message = (from: number, to: number, n: number) => ({ from, to, n, copy: 0 })

function setup(
  seed: number,
  servers: number,
  settings: Partial<Settings>,
  script: readonly ScriptItem[],
  initial: readonly InitialServer[] | null = null,
): Setup {
  return { seed, servers, settings: { ...section5Defaults, ...settings }, initial, script }
}

/** A disk whose log is given by the terms of its entries. */
const disk = (currentTerm: number, ...terms: number[]): InitialServer => ({
  currentTerm: term(currentTerm),
  votedFor: null,
  log: terms.map((t) => ({ term: term(t), command: { kind: 'Put', key: 'x', value: `${t}` } })),
})

function byTime(a: ScriptItem, b: ScriptItem): number {
  return a.at - b.at
}

const crashAndRestartEach: readonly ScriptItem[] = [S1, S2, S3, S4, S5].flatMap((server, i) => [
  at(1000 + 900 * i, { kind: 'Crash', server }),
  at(1600 + 900 * i, { kind: 'Restart', server }),
])

const handOnMessages: readonly ScriptItem[] = [
  at(320, { kind: 'TimeOut', server: S1 }),
  at(325, { kind: 'Drop', message: message(1, 2, 1) }),
  at(326, { kind: 'Delay', message: message(1, 3, 1), by: millis(200) }),
  at(327, { kind: 'Duplicate', message: message(1, 4, 1) }),
  at(328, { kind: 'Deliver', message: message(1, 5, 1) }),
  at(600, put('x', '1')),
  at(610, { kind: 'Heartbeat', server: S1 }, 1),
  at(700, { kind: 'Retry', server: S1, peer: S2 }),
  at(710, { kind: 'ClientTimeOut', client: HAND, serial: 1 }),
]

const commandsOfAllKinds: readonly ScriptItem[] = [
  at(500, put('x', '1')),
  at(600, { kind: 'Command', server: S2, command: { kind: 'Get', key: 'x' } }),
  at(700, {
    kind: 'Command',
    server: S3,
    command: { kind: 'CompareAndSet', key: 'x', expected: '1', value: '2' },
  }),
  at(800, {
    kind: 'Command',
    server: null,
    command: { kind: 'CompareAndSet', key: 'x', expected: '1', value: '3' },
  }),
  at(900, { kind: 'Command', server: null, command: { kind: 'Delete', key: 'x' } }),
]

const members = (ms: number, add: readonly ServerId[], remove: readonly ServerId[]): ScriptItem =>
  at(ms, { kind: 'ChangeMembers', add, remove })

const cutOffInTurn: readonly ScriptItem[] = [S1, S2, S3, S4, S5].flatMap((server, i) => [
  at(600 + 1000 * i, { kind: 'Isolate', server }),
  at(1200 + 1000 * i, { kind: 'Heal' }),
])

const readAll: readonly ScriptItem[] = [...Array(20).keys()].map((i) =>
  at(400 + 170 * i, {
    kind: 'Command',
    server: serverId((i % 5) + 1),
    command: { kind: 'Get', key: 'xyz'.charAt(i % 3) },
  }),
)

const handOver: readonly ScriptItem[] = [...Array(12).keys()].flatMap((i) => [
  at(500 + 300 * i, { kind: 'Transfer', server: serverId((i % 5) + 1), to: serverId(((i + 2) % 5) + 1) }),
])

/** What goes beyond §5, a run for each. */
const FEATURES: Readonly<Record<string, Setup>> = {
  'no-op': setup(21, 5, { noOp: true, clientRate: 10 }, crashAndRestartEach),
  PreVote: setup(22, 5, { preVote: true, clientRate: 10 }, cutOffInTurn),
  CheckQuorum: setup(23, 5, { checkQuorum: true, clientRate: 10 }, cutOffInTurn),
  'PreVote and CheckQuorum': setup(24, 5, { preVote: true, checkQuorum: true, clientRate: 10 }, [
    ...cutOffInTurn,
    ...[S2, S3, S4, S5].map((from) => at(6000, { kind: 'Cut', from, to: S1 })),
    at(7000, { kind: 'Heal' }),
  ]),
  snapshots: setup(25, 5, { snapshotAt: 8, clientRate: 40, loss: 50_000 }, crashAndRestartEach),
  'snapshots in chunks': setup(
    26,
    5,
    { snapshotAt: 5, snapshotChunk: 16, clientRate: 40, loss: 50_000, reorder: 100_000 },
    crashAndRestartEach,
  ),
  'members one at a time': setup(27, 3, { noOp: true, preVote: true, clientRate: 20 }, [
    members(500, [S4], []),
    members(1500, [S5], []),
    members(2500, [], [S1]),
    at(3200, { kind: 'Crash', server: S2 }),
    members(3500, [], [S2]),
    at(4200, { kind: 'Restart', server: S2 }),
  ]),
  'joint consensus': setup(28, 3, { noOp: true, membership: 'joint', checkQuorum: true, clientRate: 20 }, [
    members(500, [S4, S5], [S2, S3]),
    at(1500, { kind: 'Isolate', server: S1 }),
    at(2500, { kind: 'Heal' }),
    members(2600, [S2, S3], [S5]),
  ]),
  'no catching up': setup(29, 3, { catchUp: false, clientRate: 20, maxEntries: 1 }, [
    members(900, [S4], []),
    at(950, { kind: 'Crash', server: S3 }),
  ]),
  transfers: setup(30, 5, { clientRate: 20, checkQuorum: true, preVote: true }, handOver),
  sessions: setup(31, 5, { sessions: true, clientRate: 30, loss: 100_000 }, [
    at(400, put('x', '1')),
    ...crashAndRestartEach,
  ]),
  'sessions that end': setup(32, 3, { sessions: true, mostSessions: 1, snapshotAt: 10, clientRate: 10 }, [
    at(400, put('x', '1')),
    at(1400, put('x', '2')),
    at(2400, put('x', '3')),
  ]),
  ReadIndex: setup(
    33,
    5,
    { reads: 'readIndex', noOp: true, clientRate: 30 },
    [...cutOffInTurn, ...readAll].sort(byTime),
  ),
  lease: setup(
    34,
    5,
    { reads: 'lease', noOp: true, clientRate: 30 },
    [...cutOffInTurn, ...readAll].sort(byTime),
  ),
  'local reads': setup(35, 5, { reads: 'local', clientRate: 30 }, [...cutOffInTurn, ...readAll].sort(byTime)),
  batching: setup(36, 5, { batchDelay: millis(20), clientRate: 100 }, crashAndRestartEach),
  pipelining: setup(37, 5, { pipeline: 4, maxEntries: 2, clientRate: 60, loss: 50_000 }, crashAndRestartEach),
  'slow disks': setup(38, 5, { diskLatency: millis(15), clientRate: 20 }, crashAndRestartEach),
  'parallel writes': setup(39, 5, { diskLatency: millis(15), parallelWrite: true, clientRate: 20 }, [
    at(500, { kind: 'SetDisk', server: S1, latency: millis(60) }),
    ...crashAndRestartEach,
    at(7000, { kind: 'SetDisk', server: S1, latency: null }),
  ]),
  'a disk that fails': setup(40, 5, { clientRate: 20 }, [
    at(1000, { kind: 'RestartWithout', server: S2, loses: 'disk' }),
    at(3000, { kind: 'RestartWithout', server: S3, loses: 'vote' }),
  ]),
  'all of it': setup(
    41,
    5,
    {
      ...{
        noOp: true,
        preVote: true,
        checkQuorum: true,
        snapshotAt: 12,
        snapshotChunk: 24,
        membership: 'joint',
      },
      ...{ sessions: true, reads: 'lease', batchDelay: millis(5), pipeline: 4, parallelWrite: true },
      ...{ diskLatency: millis(4), clientRate: 40, loss: 20_000, duplicate: 20_000, reorder: 20_000 },
    },
    [...crashAndRestartEach, ...handOver, ...readAll, members(5600, [serverId(6)], [S1])].sort(byTime),
  ),
}

/** Runs of every sort, whose histories must stay the same on every machine and in every browser. */
export const CORPUS: Readonly<Record<string, Setup>> = {
  quiet: setup(1, 3, {}, []),
  'one server': setup(2, 1, { clientRate: 10 }, [
    at(900, { kind: 'Crash', server: S1 }),
    at(1200, { kind: 'Restart', server: S1 }),
  ]),
  'steady client': setup(3, 5, { clientRate: 20 }, []),
  'bad network': setup(4, 5, { clientRate: 20, loss: 100_000, duplicate: 100_000, reorder: 100_000 }, []),
  'crashes and restarts': setup(5, 5, { clientRate: 30 }, crashAndRestartEach),
  partitions: setup(6, 5, { clientRate: 20 }, [
    at(1000, { kind: 'Partition', groups: [[S1, S2]] }),
    at(3000, {
      kind: 'Partition',
      groups: [
        [S1, S2, S3],
        [S4, S5],
      ],
    }),
    at(5000, { kind: 'Isolate', server: S3 }),
    at(7000, { kind: 'Heal' }),
  ]),
  'one-way cuts': setup(7, 4, { clientRate: 20, backUp: 'one' }, [
    at(800, { kind: 'Cut', from: S1, to: S2 }),
    at(900, { kind: 'Cut', from: S3, to: S4 }),
    at(4000, { kind: 'Mend', from: S1, to: S2 }),
  ]),
  'messages by hand': setup(8, 5, {}, handOnMessages),
  'commands of all kinds': setup(9, 3, {}, commandsOfAllKinds),
  'pauses and clocks': setup(10, 3, { clientRate: 40 }, [
    at(700, { kind: 'SetClock', server: S1, rate: 1370 }),
    at(800, { kind: 'SetClock', server: S2, rate: 731 }),
    at(1500, { kind: 'Pause', server: S1 }),
    at(2600, { kind: 'Resume', server: S1 }),
    at(2700, { kind: 'Pause', server: S3 }),
    at(4000, { kind: 'Resume', server: S3 }),
  ]),
  'changing settings': setup(11, 5, { electionTimeoutMin: millis(60), electionTimeoutMax: millis(65) }, [
    at(500, { kind: 'Change', settings: { clientRate: 50, maxEntries: 2 } }),
    at(1500, {
      kind: 'Change',
      settings: { latencyMin: 1 as Micros, latencyMax: millis(90), loss: 300_000 },
    }),
    at(3000, {
      kind: 'SetLink',
      from: S1,
      to: S2,
      settings: {
        latencyMin: millis(200),
        latencyMax: millis(300),
        loss: 0,
        duplicate: 500_000,
        reorder: 500_000,
      },
    }),
    at(5000, {
      kind: 'Change',
      settings: { loss: 0, electionTimeoutMin: millis(150), electionTimeoutMax: millis(300) },
    }),
  ]),
  'the logs of Figure 7': setup(
    4294967295,
    7,
    { clientRate: 20, backUp: 'term' },
    [],
    [
      disk(7, 1, 1, 1, 4, 4, 5, 5, 6, 6, 6),
      disk(6, 1, 1, 1, 4, 4, 5, 5, 6, 6),
      disk(4, 1, 1, 1, 4),
      disk(6, 1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 6),
      disk(7, 1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 7, 7),
      disk(4, 1, 1, 1, 4, 4, 4, 4),
      disk(3, 1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3),
    ],
  ),
  ...FEATURES,
}

/** Runs the whole corpus and hashes each state at the checkpoints. */
export function corpusHashes(): Record<string, number[]> {
  return Object.fromEntries(Object.entries(CORPUS).map(([name, setup]) => [name, hashesOf(setup)]))
}

export function hashesOf(setup: Setup): number[] {
  const world = new World(setup)
  return CHECKPOINTS.map((events) => {
    while (world.events < events && world.advance());
    return stateHash(world)
  })
}
