import { beforeAll, expect, test } from 'vitest'
import { type Micros, serverId, term } from '../../base/ids.ts'
import { STEADY } from '../../simulation/clients.ts'
import type { Condition, FactRecord } from '../../simulation/columns.ts'
import type { Fact } from '../../simulation/facts.ts'
import { prepareWords } from '../../store/words.ts'
import { plain } from '../../words/sentence.ts'
import { leadsIn, storyAround } from './rows.ts'

beforeAll(prepareWords)

const crashed = (server: number): Fact => ({
  kind: 'ServerCrashed',
  server: serverId(server),
  lastIndex: 0 as never,
  unwritten: 0,
})
const moved = (server: number): Fact => ({
  kind: 'TermAdopted',
  server: serverId(server),
  rule: '§5.1',
  was: term(1),
  term: term(2),
  role: 'follower',
  from: serverId(9),
  message: 'RequestVote',
})
const quiet: Fact = {
  kind: 'HeartbeatAccepted',
  server: serverId(4),
  rule: '§5.2',
  leader: serverId(1),
  upTo: 0 as never,
}

const record = (event: number, fact: Fact): FactRecord => ({
  event,
  at: event as Micros,
  cause: event - 1,
  fact,
})
/** Every tenth a beat, the others minor. */
const facts = Array.from({ length: 300 }, (_, i) => record(i, i % 10 === 0 ? crashed(1) : moved(2)))

const at = (events: number, own: readonly Fact[] = []) => {
  const event = events - 1
  return {
    events,
    happened: { event, at: event as Micros, cause: event - 1, what: null as never, facts: own },
  }
}

test('the past ends with the present event, and what is known to follow comes after it', () => {
  const { rows, more, cut } = storyAround(facts, 100, at(100), 'all', false, null)
  const tenses = rows.map(({ tense }) => tense)
  expect(tenses).toEqual([...Array(39).fill('past'), 'now', ...Array(8).fill('ahead')])
  expect(rows[39]?.event).toBe(99)
  expect({ more, cut }).toEqual({ more: true, cut: false })
})

test('the main story has beats alone', () => {
  const { rows } = storyAround(facts, 100, at(100), 'main', false, null)
  expect(rows.map(({ event }) => event).filter((event) => event % 10 !== 0)).toEqual([])
  expect(rows.filter(({ tense }) => tense === 'past')).toHaveLength(10)
})

test('a whole event is told with its quiet parts, and once', () => {
  const { rows } = storyAround(facts, 100, at(100, [moved(2), quiet]), 'main', true, null)
  const now = rows.filter(({ tense }) => tense === 'now')
  expect(now.map(({ sentence }) => sentence.who)).toEqual(['S2', 'S4'])
  expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length)
})

test('an event that did nothing is told in a line, so that the present is marked', () => {
  const idle = {
    ...at(100),
    happened: { ...at(100).happened, what: { kind: 'Client', client: STEADY } as never },
  }
  const now = storyAround(facts, 100, idle, 'main', true, null).rows.filter(({ tense }) => tense === 'now')
  expect(now.map(({ event, sentence }) => [event, plain(sentence)])).toEqual([
    [99, 'C2 sent nothing new: too many commands are unanswered.'],
  ])
})

test('while the records before the present are still on their way, no others stand in their place', () => {
  const known = facts.slice(0, 50)
  const { rows, more, gap, cut } = storyAround(known, 50, at(300, [moved(2), quiet]), 'all', true, null, true)
  expect(rows.map(({ event, tense }) => [event, tense])).toEqual([
    [299, 'now'],
    [299, 'now'],
  ])
  expect({ more, gap, cut }).toEqual({ more: true, gap: true, cut: false })
  const held = storyAround(known, 50, at(300), 'all', true, 20, true)
  expect([held.rows.length, held.rows.at(-1)?.event, held.gap, held.cut]).toEqual([30, 49, false, true])
})

test('a list that is held begins where it did, and ends before the present if that is far', () => {
  const near = storyAround(facts, 100, at(100), 'all', false, 30)
  expect([near.rows[0]?.event, near.first, near.cut]).toEqual([30, 30, false])
  const far = storyAround(facts, 300, at(300), 'all', true, 0)
  expect([far.rows[0]?.event, far.more, far.cut]).toEqual([0, false, true])
  expect(far.rows.every(({ tense }) => tense === 'past')).toBe(true)
})

test('a server leads from the event that made it leader to the next change of its condition', () => {
  const condition = (event: number, server: number, role: Condition['role'], t: number): Condition => ({
    event,
    at: event as Micros,
    server: serverId(server),
    role,
    term: t,
    state: 'up',
  })
  const conditions = [
    condition(-1, 1, 'follower', 0),
    condition(-1, 2, 'follower', 0),
    condition(5, 1, 'leader', 3),
    condition(7, 2, 'candidate', 4),
    condition(9, 1, 'follower', 4),
  ]
  const terms = [4, 5, 8, 9].map((event) => leadsIn(conditions, serverId(1), event))
  expect(terms).toEqual([null, 3, 3, null])
  expect(leadsIn(conditions, serverId(3), 9)).toBeNull()
})
