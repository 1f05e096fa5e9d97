import { expect, test } from 'vitest'
import { clientId, logIndex, type Micros, serverId, term } from '../base/ids.ts'
import type { Message } from '../raft/messages.ts'
import type { Operation } from '../simulation/clients.ts'
import type { Flight } from '../simulation/flight.ts'
import { plain } from './tell.ts'
import { type Ahead, aheadText, foretell } from './upcoming.ts'

const [s2, s3, s5] = [serverId(2), serverId(3), serverId(5)]

const entry = (index: number) =>
  ({ index: logIndex(index), term: term(3), command: { kind: 'Get', key: 'x' }, request: null }) as const

const append = (...indexes: number[]): Message => ({
  kind: 'AppendEntries',
  from: s3,
  to: s5,
  leader: s3,
  term: term(4),
  leaderId: s3,
  prevLogIndex: logIndex(4),
  prevLogTerm: term(2),
  entries: indexes.map(entry),
  leaderCommit: logIndex(4),
  rpcId: 9,
})

const flight = (message: Message, lost: Flight['lost'] = null): Flight => ({
  at: 20 as Micros,
  seq: 0,
  name: { from: 3, to: 5, n: 1, copy: 0 },
  message,
  sentAt: 0 as Micros,
  cause: 0,
  serial: 0,
  copies: 0,
  legAt: 0 as Micros,
  legFrom: 0,
  arrivesAt: 20 as Micros,
  lossPlace: 0,
  lost,
})

const wait = (state: Operation['state']): Ahead => ({
  kind: 'ClientWait',
  client: clientId(11),
  operation: { server: s2, state } as Operation,
})

const cases: readonly (readonly [Ahead, string, string])[] = [
  [
    { kind: 'Arrival', flight: flight(append(5, 6)) },
    'AppendEntries S3→S5 with entries 5–6 arrives',
    'S5 will get S3’s AppendEntries with entries 5–6.',
  ],
  [
    { kind: 'Loss', flight: flight(append(), 'Cut') },
    'Heartbeat S3→S5 is lost at the cut',
    'S5 will miss S3’s heartbeat, lost at the cut from S3.',
  ],
  [
    { kind: 'Election', server: s2 },
    'S2’s election timer runs out',
    'S2 will time out and stand for election.',
  ],
  [
    { kind: 'Heartbeat', server: s3, to: [s2, s5] },
    'S3 sends heartbeats to S2, S5',
    'S3 will send heartbeats to S2, S5.',
  ],
  [
    { kind: 'Retry', server: s3, peer: s5 },
    'S3 sends again to S5: no answer yet',
    'S3 will send again to S5.',
  ],
  [wait('waiting'), 'C1 stops waiting for S2', 'C1 will stop waiting for S2.'],
  [wait('backing off'), 'C1 tries again: no leader was known', 'C1 will try again.'],
  [
    { kind: 'ClientCommand', client: clientId(12) },
    'C2 sends its next steady command',
    'C2 will send its next command.',
  ],
  [{ kind: 'Act', act: { kind: 'Crash', server: s5 } }, 'Script: S5 crashes', 'Script: S5 crashes.'],
]

test.for(cases)('%#: $1', ([ahead, line, sentence]) => {
  expect(
    aheadText(ahead)
      .map(({ text }) => text)
      .join(''),
  ).toBe(line)
  expect(plain(foretell(ahead))).toBe(sentence)
})
