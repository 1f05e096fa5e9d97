import { describe, expect, test } from 'vitest'
import { logIndex, type Micros, micros, NEVER, serverId, term } from '../../base/ids.ts'
import type { InstallSnapshot, Message } from '../../raft/messages.ts'
import type { Flight } from '../../simulation/flight.ts'
import { section5Defaults } from '../../simulation/settings.ts'
import type { OfficeFrame, ServerFrame } from '../../worker/protocol.ts'
import { cellsOf } from './cells.ts'
import { lookOf } from './flights.ts'
import { between, DISC, insetsOf, LEAST_WORDS, layOut, roleLine, roleSize } from './geometry.ts'
import { packTimers, TIMER, TIMERS } from './moment.ts'

const insets = { top: 50, bottom: 78 }
/** Less than this between a label and a disc looks like one thing. */
const APART = 6

describe('a layout on the way to another number of servers', () => {
  const [five, six] = [layOut(5, 900, 600, insets), layOut(6, 900, 600, insets)]

  test('begins where they stood, with the newcomer in its place, and ends at the goal', () => {
    expect(between(five, six, 0).servers.slice(0, 5)).toEqual(five.servers)
    expect(between(five, six, 0).servers[5]).toEqual(six.servers[5])
    expect(between(five, six, 1)).toEqual(six)
  })

  test('has as many servers as the goal on the way back too', () => {
    expect(between(six, five, 0.5).servers).toHaveLength(5)
    expect(between(six, five, 0.5).scale).toBeCloseTo((five.scale + six.scale) / 2)
  })
})

test.for([
  [730, 473],
  [821, 637],
  [1094, 760],
  [2188, 1560],
] as const)(
  'for a projector no server stands under the legend, or over an edge: %i×%i',
  ([width, height]) => {
    const insets = insetsOf(width, true)
    for (const count of [1, 2, 3, 4, 5, 6, 7, 8, 9]) {
      const { servers, scale } = layOut(count, width, height, insets)
      for (const { x, y } of servers) {
        expect(x + (DISC + 20) * scale).toBeLessThanOrEqual(width - (insets.right ?? 0))
        expect(x - DISC * scale).toBeGreaterThan(0)
        expect(y - DISC * scale).toBeGreaterThan(insets.top)
      }
    }
  },
)

test.for([
  [390, 485],
  [782, 449],
  [1024, 700],
] as const)('no server stands on the label of the one above it: %i×%i', ([width, height]) => {
  for (const count of [2, 3, 4, 5, 6, 7, 8, 9]) {
    const { servers, scale, radius } = layOut(count, width, height, insetsOf(width, false))
    const size = roleSize(scale, LEAST_WORDS)
    const halfLabel = 2.4 * size * scale // “Candidate”, half
    for (const { x, y } of servers) {
      const foot = y + (roleLine(size) + 2) * scale
      const under = servers.filter((other) => other.y > y && Math.abs(other.x - x) < radius + halfLabel)
      for (const other of under) expect(other.y - radius).toBeGreaterThanOrEqual(foot + APART)
    }
  }
})

test('another row of vital signs moves the ring down', () => {
  for (const [width, presenting] of [
    [782, false],
    [390, false],
    [730, true],
  ] as const) {
    const [top, lower] = [0, 1].map(
      (rows) => layOut(9, width, 449, insetsOf(width, presenting, rows)).servers[0]?.y,
    )
    expect(lower).toBeGreaterThan(top ?? Infinity)
  }
})

const [s1, s2] = [serverId(1), serverId(2)]
const envelope = { from: s1, to: s2, leader: s1, term: term(2) }
const chunk = (offset: number, bytes: number): InstallSnapshot => ({
  ...envelope,
  kind: 'InstallSnapshot',
  leaderId: s1,
  lastIncludedIndex: logIndex(9),
  lastIncludedTerm: term(2),
  offset,
  bytes,
  done: offset + bytes === 100,
  snapshot: {
    lastIncludedIndex: logIndex(9),
    lastIncludedTerm: term(2),
    store: new Map(),
    sessions: new Map(),
    configuration: { index: logIndex(0), configuration: { voters: [s1, s2], next: null } },
    bytes: 100,
  },
  rpcId: 1,
})

describe('what messages look like', () => {
  const look = (message: Message) => lookOf({ message } as Flight)
  const answer = { ...envelope, requestTerm: term(3), voteGranted: true }

  test('a vote that is only asked about looks otherwise than a vote (D 9.6)', () => {
    const asked = [
      look({ ...answer, kind: 'PreVoteReply' }),
      look({ ...answer, kind: 'PreVoteReply', voteGranted: false }),
    ]
    expect(asked).toEqual(['preAccept', 'preRefuse'])
    expect(look({ ...answer, kind: 'RequestVoteReply' })).toBe('accept')
    expect(look({ ...envelope, kind: 'TimeoutNow' })).toBe('timeoutNow')
  })

  test('a snapshot’s block fills layer by layer, in its last term’s colour (§7)', () => {
    const layers = [chunk(0, 20), chunk(20, 40), chunk(60, 40)].map((message) =>
      Math.floor(cellsOf(message) / 8),
    )
    expect(layers).toEqual([0, 2, 4])
    expect(cellsOf(chunk(0, 100)) % 8).toBe(1)
  })
})

describe('timers', () => {
  const office: OfficeFrame = {
    transfer: null,
    change: null,
    reads: [],
    leaseUntil: micros(400_000),
    quorumDue: micros(450_000),
    batchDue: NEVER,
    batchFrom: logIndex(0),
  }
  const writing = {
    until: micros(310_000),
    durableIndex: logIndex(3),
    durableTerm: term(1),
    held: 0,
  }
  const server = (more: Partial<ServerFrame>) =>
    ({
      id: s1,
      state: 'up',
      currentTerm: term(1),
      electionSetAt: 0 as Micros,
      electionDue: NEVER,
      clockRate: 1000,
      office: null,
      writing: null,
      diskLatency: null,
      ...more,
    }) as ServerFrame
  const told = (one: ServerFrame) => {
    const packed = packTimers([one], { ...section5Defaults, diskLatency: micros(20_000) })
    return Array.from({ length: packed.length / TIMER }, (_, i) => {
      const [which = 0, , , , from, to] = packed.subarray(i * TIMER, (i + 1) * TIMER)
      return [TIMERS[which], from, to]
    })
  }

  test('a leader’s lease and its look for a majority run for the shortest election timeout', () => {
    expect(told(server({ office }))).toEqual([
      ['lease', 250_000, 400_000],
      ['quorum', 300_000, 450_000],
    ])
  })

  test('with a clock at half speed, they run twice as long', () => {
    expect(told(server({ office, clockRate: 500 }))[0]).toEqual(['lease', 100_000, 400_000])
  })

  test('a write runs for its disk’s latency, and not at all on a server that stands still', () => {
    expect(told(server({ writing }))).toEqual([['write', 290_000, 310_000]])
    expect(told(server({ writing, diskLatency: micros(5000) }))).toEqual([['write', 305_000, 310_000]])
    expect(told(server({ writing: { ...writing, until: NEVER } }))).toEqual([])
    expect(told(server({ writing, state: 'down' }))).toEqual([])
  })
})
