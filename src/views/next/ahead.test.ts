import { expect, test } from 'vitest'
import { type Micros, serverId, term } from '../../base/ids.ts'
import type { Upcoming } from '../../worker/protocol.ts'
import { aheadOf, isSameAhead, keyOf } from './ahead.ts'

const arrival = (serial: number, at: number): Upcoming => ({
  kind: 'Arrival',
  at: at as Micros,
  cause: 1,
  flight: {
    at: at as Micros,
    seq: serial,
    name: { from: 1, to: 2, n: serial, copy: 0 },
    message: {
      kind: 'RequestVote',
      from: serverId(1),
      to: serverId(2),
      leader: null,
      term: term(1),
      candidateId: serverId(1),
      lastLogIndex: 0 as never,
      lastLogTerm: term(0),
      transfer: false,
    },
    sentAt: 0 as Micros,
    cause: 1,
    serial,
    copies: 0,
    legAt: 0 as Micros,
    legFrom: 0,
    arrivesAt: at as Micros,
    lossPlace: 0,
    lost: null,
  },
})

test('a message keeps its key when it is delayed, but is drawn anew', () => {
  const [before, after] = [arrival(3, 20), arrival(3, 70)]
  expect(keyOf(after)).toBe(keyOf(before))
  expect(isSameAhead(before, after)).toBe(false)
  expect(isSameAhead(before, structuredClone(before))).toBe(true)
})

test('two timers of one server have different keys', () => {
  const [at, cause, server] = [5 as Micros, 0, serverId(1)]
  const keys = [
    keyOf({ kind: 'Heartbeat', at, cause, server, to: [serverId(2)] }),
    keyOf({ kind: 'Heartbeat', at, cause, server, to: [serverId(3)] }),
    keyOf({ kind: 'Retry', at, cause, server, peer: serverId(2) }),
    keyOf({ kind: 'Election', at, cause, server }),
  ]
  expect(new Set(keys).size).toBe(4)
})

test('a line of the script that is gone is not foretold', () => {
  const act = { kind: 'Crash', server: serverId(4) } as const
  const next: Upcoming = { kind: 'Act', at: 9 as Micros, cause: -1, index: 0 }
  expect(aheadOf(next, [{ at: 9 as Micros, skip: 0, act }])).toEqual({ kind: 'Act', act })
  expect(aheadOf(next, [])).toBeNull()
})
