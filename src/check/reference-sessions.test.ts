import { expect, test } from 'vitest'
import { clientId, logIndex, term } from '../base/ids.ts'
import type { Payload } from '../raft/commands.ts'
import type { Entry } from '../raft/log.ts'
import { ReferenceSessions } from './reference-sessions.ts'

const put: Payload = { kind: 'Put', key: 'x', value: '1' }

function entry(index: number, command: Payload, serial: number, session: number | null = null): Entry {
  const of = session === null ? null : logIndex(session)
  const request = { client: clientId(11), serial, session: of, firstOpen: 1 }
  return { index: logIndex(index), term: term(1), command, request }
}

test('a command is taken once, and forgotten when its entry is taken back (D 6.3)', () => {
  const sessions = new ReferenceSessions()
  expect(sessions.takes(entry(1, { kind: 'OpenSession', most: 2 }, 1))).toBe(false)
  expect([2, 3].map((index) => sessions.takes(entry(index, put, 2, 1)))).toEqual([true, false])
  sessions.takeBack()
  sessions.takeBack()
  expect(sessions.takes(entry(2, put, 2, 1))).toBe(true)
})

// Found by the long search (seeds 0 of two runs): the bound fell from 2 to 1 between two openings.
test('as many sessions end as a lowered bound wants (D 6.3)', () => {
  const sessions = new ReferenceSessions()
  sessions.takes(entry(1, { kind: 'OpenSession', most: 2 }, 1))
  sessions.takes(entry(2, { kind: 'OpenSession', most: 2 }, 1))
  sessions.takes(entry(3, { kind: 'OpenSession', most: 1 }, 1))
  expect([1, 2, 3].map((session, i) => sessions.takes(entry(4 + i, put, 2, session)))).toEqual([
    false,
    false,
    true,
  ])
})
