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
