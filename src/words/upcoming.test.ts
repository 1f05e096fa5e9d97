import { expect, test } from 'vitest'
import { clientId, logIndex, type Micros, serverId, term } from '../base/ids.ts'
import type { Message } from '../raft/messages.ts'
import type { Operation } from '../simulation/clients.ts'
import type { Flight } from '../simulation/flight.ts'
import { aheadText } from './ahead-text.ts'
import { plain } from './sentence.ts'
import { type Ahead, foretellFirst, isLaterAhead } from './upcoming.ts'
import { foretellLater } from './upcoming-later.ts'

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
  [wait('backing off'), 'C1 tries again: it was told to wait', 'C1 will try again.'],
  [wait('no session'), 'C1 stops waiting for a session', 'C1 will stop waiting for a session.'],
  [
    { kind: 'Arrival', flight: flight({ kind: 'TimeoutNow', from: s3, to: s5, leader: s3, term: term(4) }) },
    'TimeoutNow S3→S5 in term 4 arrives',
    'S5 will get S3’s TimeoutNow in term 4.',
  ],
  [{ kind: 'Written', server: s2 }, 'S2’s disk is done with a write', 'S2 will have written to its disk.'],
  [
    { kind: 'Snapshot', server: s2 },
    'S2 takes a snapshot: its log has grown long',
    'S2 will take a snapshot.',
  ],
  [
    { kind: 'QuorumCheck', server: s3 },
    'S3 looks whether a majority still answers it',
    'S3 will look whether a majority still answers it.',
  ],
  [
    { kind: 'Batch', server: s3 },
    'S3 sends the commands it has collected',
    'S3 will send the commands it has collected.',
  ],
  [
    { kind: 'TransferEnd', server: s3, to: s5 },
    'S3 stays leader, unless S5 takes over',
    'S3 will stay leader, unless S5 takes over.',
  ],
  [
    { kind: 'CatchUpEnd', server: s3, learners: [s5] },
    'S3 gives up adding S5, unless up to date',
    'S3 will give up adding S5, unless up to date.',
  ],
  [
    { kind: 'Act', act: { kind: 'RestartWithout', server: s5, loses: 'disk' } },
    'Script: S5 restarts with an empty disk',
    'Script: S5 restarts with an empty disk.',
  ],
  [
    { kind: 'Act', act: { kind: 'SetDisk', server: s5, latency: 20_000 as Micros } },
    'Script: S5’s disk takes 20.0 ms to write',
    'Script: S5’s disk takes 20.0 ms to write.',
  ],
  [
    { kind: 'Act', act: { kind: 'Transfer', server: s3, to: s5 } },
    'Script: S3 hands leadership over to S5',
    'Script: S3 hands leadership over to S5.',
  ],
  [
    { kind: 'Act', act: { kind: 'ChangeMembers', add: [s5], remove: [s2] } },
    'Script: C1 asks to add S5, remove S2',
    'Script: C1 asks to add S5, remove S2.',
  ],
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
  expect(plain(isLaterAhead(ahead) ? foretellLater(ahead) : foretellFirst(ahead))).toBe(sentence)
})
