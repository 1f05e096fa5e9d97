import { describe, expect, it } from 'vitest'
import type { Loose } from '../raft/test-kit.ts'
import type { Intervention } from './script.ts'
import type { Settings } from './settings.ts'
import { stateHash } from './state-hash.ts'
import { at, firstLeader, put, Run } from './test-kit.ts'

type Change = Partial<Loose<Settings>>
const change = (time: number, settings: Change) => at(time, { kind: 'Change', settings })
const get = (server: number): Loose<Intervention> => ({
  kind: 'Command',
  server,
  command: { kind: 'Get', key: 'x' },
})

/** S1 leads and is cut off; S2 is elected instead and takes another value. */
const deposed = [
  at(210, { kind: 'TimeOut', server: 1 }),
  at(300, put('old')),
  at(400, { kind: 'Isolate', server: 1 }),
  at(620, { kind: 'TimeOut', server: 2 }),
  at(700, put('new', 2)),
]

describe('a lease counts from when its rule came into force (D 6.4.1)', () => {
  it.each<[string, Change, Change]>([
    [
      'it was no lease before',
      { reads: 'log', electionTimeoutMin: 1_000_000, electionTimeoutMax: 2_000_000 },
      { reads: 'lease' },
    ],
    [
      'nor with answers to pipelined messages',
      { reads: 'readIndex', pipeline: 4, electionTimeoutMin: 1_000_000, electionTimeoutMax: 2_000_000 },
      { reads: 'lease' },
    ],
    [
      'it was a shorter one before',
      { reads: 'lease', electionTimeoutMin: 100_000, electionTimeoutMax: 200_000 },
      { electionTimeoutMin: 3_000_000, electionTimeoutMax: 4_000_000 },
    ],
  ])('%s', (_, before, after) => {
    const script = [...deposed, change(800, after), at(810, get(1))]
    const run = new Run({ settings: { noOp: true, ...before }, script }).until(1200)
    expect(run.told('CommandAnswered')).toHaveLength(2)
    expect(run.told('ReadAnswered').map(({ server }) => server)).not.toContain(1)
  })
})

it('a change of members goes the way that it was allowed (§6)', () => {
  const members = at(300, { kind: 'ChangeMembers', add: [4, 5], remove: [2, 3] })
  const script = [...firstLeader, at(100, put('a')), members, change(322, { membership: 'single' })]
  const run = new Run({ settings: { noOp: true, membership: 'joint' }, script }).until(900)
  const all = run.told('ConfigurationAppended').map(({ configuration }) => configuration)
  expect(all).toEqual([
    { voters: [1, 2, 3], next: [1, 4, 5] },
    { voters: [1, 4, 5], next: null },
  ])
})

it('a command that was sent without a session is never sent with one (D 6.3)', () => {
  const reply = (n: number) => ({ from: 1, to: 11, n, copy: 0 })
  const settings = { latencyMin: 10_000, latencyMax: 10_000, clientTimeout: 100_000 }
  const lost = at(135, { kind: 'Drop', message: reply(1) })
  const script = [...firstLeader, at(100, put('A')), change(115, { sessions: true }), at(116, put('B')), lost]
  const run = new Run({ settings, script }).until(800)
  const sent = run.flights.flatMap(({ message }) => (message.kind === 'ClientRequest' ? [message] : []))
  const sessionsOf = (one: number) => sent.flatMap(({ serial, session }) => (serial === one ? [session] : []))
  expect(sessionsOf(2)).toEqual([2])
  expect(sessionsOf(1).length).toBeGreaterThan(1)
  expect(new Set(sessionsOf(1))).toEqual(new Set([null]))
})

it('a disk keeps its own latency over a crash', () => {
  const script = [
    at(1, { kind: 'SetDisk', server: 2, latency: 50_000 }),
    at(10, { kind: 'Crash', server: 2 }),
    at(20, { kind: 'Restart', server: 2 }),
  ]
  expect(new Run({ script }).until(30).host(2).writing.latency).toBe(50_000)
})

it('a snapshot of the world stays what it was when a disk with a write under way becomes fast', () => {
  const script = [...firstLeader, change(10, { diskLatency: 0 }), at(200, put('a'))]
  const run = new Run({ settings: { diskLatency: 30_000 }, script }).until(5)
  const snapshot = run.world.snapshot()
  const end = stateHash(run.until(400).world)
  run.world.restore(snapshot)
  expect(stateHash(run.until(400).world)).toBe(end)
})

it('who is protected by a lease steps down when it hears no majority (D 6.2)', () => {
  // S1 is heard by S2 alone, and hears nobody: without that S2 would wait for it for ever.
  const cuts = [
    [1, 3],
    [3, 1],
    [2, 1],
  ].map(([from, to]) => at(500, { kind: 'Cut', from: from as number, to: to as number }))
  const script = [at(310, { kind: 'TimeOut', server: 1 }), ...cuts, change(600, { clientRate: 20 })]
  const run = new Run({ settings: { noOp: true, reads: 'lease' }, script }).until(20_000)
  expect(run.told('SteppedDown')[0]).toMatchObject({ server: 1, why: { kind: 'NoQuorum' } })
  expect(run.server(2).commitIndex).toBeGreaterThan(100)
})
