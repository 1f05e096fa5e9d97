import { expect, test } from 'vitest'
import { type Micros, serverId } from '../../base/ids.ts'
import type { MessageRecord } from '../../simulation/columns.ts'
import { findRecord } from './find-record.ts'

const sent = (from: number, to: number, sentAt: number, endsAt: number): MessageRecord => ({
  from: serverId(from),
  to: serverId(to),
  kind: 'AppendEntries',
  tone: 'heartbeat',
  sentAt: sentAt as Micros,
  endsAt: endsAt as Micros,
  lost: false,
  place: 1_000_000,
  event: sentAt,
})

// S1 to S2 at 10, doubled at once; at 20; the other way and to another server in between.
const messages = [
  sent(1, 2, 10, 15),
  sent(1, 2, 10, 18),
  sent(2, 1, 12, 19),
  sent(1, 3, 14, 22),
  sent(1, 2, 20, 26),
]

test.for`
  from | to   | n    | copy | endsAt
  ${1} | ${2} | ${1} | ${0} | ${15}
  ${1} | ${2} | ${1} | ${1} | ${18}
  ${1} | ${2} | ${2} | ${0} | ${26}
  ${2} | ${1} | ${1} | ${0} | ${19}
  ${1} | ${2} | ${3} | ${0} | ${undefined}
  ${1} | ${2} | ${1} | ${2} | ${undefined}
`('message $n, copy $copy, of S$from to S$to ends at $endsAt', ({ from, to, n, copy, endsAt }) => {
  expect(findRecord(messages, { from, to, n, copy })?.endsAt).toBe(endsAt)
})
