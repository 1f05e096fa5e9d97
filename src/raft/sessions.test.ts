import { describe, expect, it } from 'vitest'
import { clientId, logIndex, serverId, term } from '../base/ids.ts'
import type { Payload } from './commands.ts'
import type { Entry } from './log.ts'
import { acknowledge } from './members-kit.ts'
import { copyServer, firstConfiguration, startServer } from './server.ts'
import { applyEntry, type Outcome, type StateMachine } from './sessions.ts'
import { installSnapshot } from './snapshot-kit.ts'
import { appendEntries, type Bench, clientRequest, follower, leader } from './test-kit.ts'

const settings = { sessions: true }
const empty = (): StateMachine => ({ store: new Map(), sessions: new Map() })

/** What clients ask, as the entries of a log: a session; or to put a command's serial number into x. */
type Asked =
  | { readonly opens: number; readonly most?: number }
  | {
      readonly serial: number
      readonly session: number | null
      readonly firstOpen?: number
      readonly by?: number
    }

function entryOf(asked: Asked, index: number): Entry {
  const of = term(4)
  const base = { index: logIndex(index), term: of }
  if ('opens' in asked) {
    const request = { client: clientId(asked.opens), serial: 1, session: null, firstOpen: 1 }
    return { ...base, command: { kind: 'OpenSession', most: asked.most ?? 8 }, request }
  }
  const { serial, session, firstOpen = serial, by = 11 } = asked
  const command: Payload = { kind: 'Put', key: 'x', value: `${serial}` }
  const request = {
    client: clientId(by),
    serial,
    firstOpen,
    session: session === null ? null : logIndex(session),
  }
  return { ...base, command, request }
}

/** Applies them in order, from index 1 on; tells what came of the last. */
function apply(state: StateMachine, ...asked: readonly Asked[]): Outcome {
  const outcomes = asked.map((one, i) => applyEntry(state, entryOf(one, i + 1)))
  return outcomes.at(-1) as Outcome
}

const opened: Asked = { opens: 11 }

describe('a command in a session is applied once (§8, D 6.3)', () => {
  const counter = (serial: number, expected: string, value: string, firstOpen = serial): Entry => ({
    ...{ index: logIndex(serial + 1), term: term(4) },
    command: { kind: 'CompareAndSet', key: 'x', expected, value },
    request: { client: clientId(11), serial, session: logIndex(1), firstOpen },
  })

  it('a retry gets the answer of the first time, and changes nothing', () => {
    const state = empty()
    apply(state, opened)
    state.store.set('x', '0')
    expect(applyEntry(state, counter(2, '0', '1'))).toMatchObject({ result: { kind: 'Done' }, skipped: null })
    const again = applyEntry(state, { ...counter(2, '0', '1'), index: logIndex(9) })
    expect(again).toEqual({ result: { kind: 'Done' }, skipped: 'Repeated', ended: [] })
    expect(state.store.get('x')).toBe('1')
  })

  it('though much happened in between', () => {
    const state = empty()
    apply(state, opened, { serial: 2, session: 1 }, { serial: 9, session: null }, { serial: 2, session: 1 })
    expect(state.store.get('x')).toBe('9')
  })

  it('also where the answer was a get’s: it stays what it was', () => {
    const state = empty()
    apply(state, opened, { serial: 2, session: 1 })
    const read: Entry = { ...entryOf({ serial: 3, session: 1 }, 3), command: { kind: 'Get', key: 'x' } }
    expect(applyEntry(state, read).result).toEqual({ kind: 'Found', value: '2' })
    state.store.set('x', 'later')
    expect(applyEntry(state, { ...read, index: logIndex(4) })).toMatchObject({
      ...{ result: { kind: 'Found', value: '2' }, skipped: 'Repeated' },
    })
  })

  it('outside sessions it is applied each time', () => {
    const state = empty()
    apply(state, { serial: 2, session: null }, { serial: 9, session: null }, { serial: 2, session: null })
    expect(state.store.get('x')).toBe('2')
  })

  it.each<{
    why: string
    log: readonly Asked[]
    skipped: string | null
    answer: object | null
    x: string | null
  }>([
    {
      why: 'serials may come out of order',
      log: [opened, { serial: 3, session: 1, firstOpen: 2 }, { serial: 2, session: 1 }],
      ...{ skipped: null, answer: { kind: 'Done' }, x: '2' },
    },
    {
      why: 'and then be repeated in any order',
      log: [
        ...[opened, { serial: 3, session: 1, firstOpen: 2 }, { serial: 2, session: 1 }],
        { serial: 3, session: 1, firstOpen: 2 },
      ],
      ...{ skipped: 'Repeated', answer: { kind: 'Done' }, x: '2' },
    },
    {
      why: 'a late duplicate below firstOpen changes nothing, and nobody waits for it',
      log: [opened, { serial: 2, session: 1 }, { serial: 3, session: 1 }, { serial: 2, session: 1 }],
      ...{ skipped: 'Repeated', answer: null, x: '3' },
    },
    {
      why: 'even one that was never applied: the client has given it up',
      log: [opened, { serial: 5, session: 1, firstOpen: 5 }, { serial: 4, session: 1 }],
      ...{ skipped: 'Repeated', answer: null, x: '5' },
    },
    {
      why: 'a late duplicate never lowers firstOpen',
      log: [
        ...[opened, { serial: 2, session: 1 }, { serial: 5, session: 1, firstOpen: 5 }],
        ...[
          { serial: 6, session: 1, firstOpen: 1 },
          { serial: 2, session: 1, firstOpen: 1 },
        ],
      ],
      ...{ skipped: 'Repeated', answer: null, x: '6' },
    },
    {
      why: 'the answer at firstOpen itself is kept',
      log: [
        opened,
        { serial: 2, session: 1 },
        { serial: 3, session: 1, firstOpen: 2 },
        { serial: 2, session: 1 },
      ],
      ...{ skipped: 'Repeated', answer: { kind: 'Done' }, x: '3' },
    },
    {
      why: 'another session has serials of its own',
      log: [opened, { opens: 12 }, { serial: 2, session: 1 }, { serial: 2, session: 2, by: 12 }],
      ...{ skipped: null, answer: { kind: 'Done' }, x: '2' },
    },
    {
      why: 'a session that nobody opened',
      log: [opened, { serial: 2, session: 9 }],
      ...{ skipped: 'SessionExpired', answer: { kind: 'SessionExpired' }, x: null },
    },
  ])('$why', ({ log, skipped, answer, x }) => {
    const state = empty()
    expect(apply(state, ...log)).toEqual({ result: answer, skipped, ended: [] })
    expect(state.store.get('x') ?? null).toBe(x)
  })

  it('answers that the client has are forgotten', () => {
    const state = empty()
    apply(
      state,
      opened,
      { serial: 2, session: 1 },
      { serial: 3, session: 1, firstOpen: 2 },
      { serial: 4, session: 1, firstOpen: 3 },
    )
    const session = state.sessions.get(logIndex(1))
    expect([...(session?.answers.keys() ?? [])]).toEqual([3, 4])
    expect(session).toMatchObject({ firstOpen: 3, usedAt: 4 })
  })
})

describe('a session is opened by an entry, and named by its index (D 6.3)', () => {
  it('the answer tells the name', () => {
    const state = empty()
    expect(apply(state, { serial: 1, session: null }, opened)).toEqual({
      ...{ result: { kind: 'SessionOpened', session: 2 }, skipped: null, ended: [] },
    })
    expect([...state.sessions.keys()]).toEqual([2])
  })

  it('opened twice, there are two: nothing tells one from the other yet', () => {
    const state = empty()
    apply(state, opened, opened)
    expect([...state.sessions.keys()]).toEqual([1, 2])
  })

  it.each<{ why: string; log: readonly Asked[]; ended: object[]; left: number[] }>([
    {
      why: 'of more than there may be, the longest unused ends',
      log: [{ opens: 1 }, { opens: 2 }, { opens: 3, most: 2 }],
      ...{ ended: [{ session: 1, client: 1 }], left: [2, 3] },
    },
    {
      why: 'a command is a use',
      log: [{ opens: 1 }, { opens: 2 }, { serial: 2, session: 1 }, { opens: 3, most: 2 }],
      ...{ ended: [{ session: 2, client: 2 }], left: [1, 4] },
    },
    {
      why: 'so is a retry',
      log: [
        { opens: 1 },
        { serial: 2, session: 1 },
        { opens: 2 },
        { serial: 2, session: 1 },
        { opens: 3, most: 2 },
      ],
      ...{ ended: [{ session: 3, client: 2 }], left: [1, 5] },
    },
    {
      why: 'as many as there may be stay',
      log: [{ opens: 1 }, { opens: 2, most: 2 }],
      ...{ ended: [], left: [1, 2] },
    },
    {
      why: 'a bound that came down takes as many as it must',
      log: [{ opens: 1 }, { opens: 2 }, { opens: 3 }, { opens: 4 }, { opens: 5, most: 2 }],
      ended: [1, 2, 3].map((session) => ({ session, client: session })),
      left: [4, 5],
    },
    {
      why: 'there is always room for one',
      log: [{ opens: 1 }, { opens: 2, most: 1 }],
      ...{ ended: [{ session: 1, client: 1 }], left: [2] },
    },
  ])('$why', ({ log, ended, left }) => {
    const state = empty()
    expect(apply(state, ...log).ended).toEqual(ended)
    expect([...state.sessions.keys()]).toEqual(left)
  })

  it('a session that ended applies nothing any more, not even a retry', () => {
    const state = empty()
    const log: Asked[] = [
      opened,
      { serial: 2, session: 1 },
      { opens: 12, most: 1 },
      { serial: 9, session: 3 },
    ]
    expect(apply(state, ...log, { serial: 2, session: 1 })).toMatchObject({
      ...{ result: { kind: 'SessionExpired' }, skipped: 'SessionExpired' },
    })
    expect(state.store.get('x')).toBe('9')
  })
})

describe('sessions are replicated state: the same on every server (D 6.3)', () => {
  const log = [1, 2, 3].map((opens, i) => entryOf({ opens, most: 2 }, i + 1))
  const put = entryOf({ serial: 2, session: 1 }, 4)

  it('the bound is that of the entry, whatever a server’s own settings are', () => {
    const [one, two] = [1, 5].map((mostSessions) => {
      const bench = follower({ term: 4, settings: { ...settings, mostSessions } })
      const request = appendEntries({ term: 4, leaderCommit: 4 })
      bench.receive({ ...request, entries: [...log, put] })
      expect(bench.server.lastApplied).toBe(4)
      return bench.server.sessions
    })
    expect([...(one?.keys() ?? [])]).toEqual([2, 3])
    expect(two).toEqual(one)
  })

  it('however the commits came, one by one or at once', () => {
    const ways = [[1, 2, 3, 4], [4], [2, 4]].map((commits) => {
      const bench = follower({ term: 4, settings })
      for (const leaderCommit of commits)
        bench.receive({ ...appendEntries({ term: 4, leaderCommit }), entries: [...log, put] })
      return bench.server.sessions
    })
    expect(ways[1]).toEqual(ways[0])
    expect(ways[2]).toEqual(ways[0])
  })

  it('a follower applies and skips in silence: the leader answers and tells', () => {
    const bench = follower({ term: 4, settings })
    const request = appendEntries({ term: 4, leaderCommit: 4 })
    bench.receive({ ...request, entries: [...log, put] })
    expect(bench.sent('ClientReply')).toEqual([])
    expect(bench.told('CommandSkipped')).toEqual([])
  })

  it('a copy of a server keeps its own', () => {
    const bench = withSession()
    const copy = copyServer(bench.server)
    bench.receive(put1(2))
    expect(copy.sessions.get(logIndex(1))?.answers.size).toBe(0)
    expect(bench.server.sessions.get(logIndex(1))?.answers.size).toBe(1)
  })
})

/** A leader alone, with a session that C1 opened. */
function withSession(more: object = {}): Bench {
  const bench = leader({ term: 4, servers: 1, settings: { ...settings, ...more } })
  return bench.receive(clientRequest(1, { kind: 'OpenSession' })).forget()
}
const put1 = (serial: number, firstOpen = serial) =>
  clientRequest(serial, { kind: 'Put', key: 'x', value: `${serial}` }, { session: 1, firstOpen })

describe('through a leader (§8)', () => {
  it('opening one takes the log’s way, and carries the bound of that moment', () => {
    const bench = leader({ term: 4, settings: { ...settings, mostSessions: 3 } })
    bench.receive(clientRequest(1, { kind: 'OpenSession' }))
    expect(bench.server.log.buffer[0]?.command).toEqual({ kind: 'OpenSession', most: 3 })
    expect(bench.sent('ClientReply')).toEqual([])
    expect(acknowledge(bench, 2).sent('ClientReply')).toMatchObject([
      { serial: 1, result: { kind: 'SessionOpened', session: 1 } },
    ])
    expect(bench.told('SessionOpened')).toMatchObject([{ client: 11, session: 1, rule: 'D 6.3' }])
  })

  it('a command that is asked for twice is in the log twice, applied once, and answered both times', () => {
    const bench = withSession().receive(put1(2))
    bench.server.store.set('x', 'since then')
    bench.receive(put1(2))
    expect(bench.log).toBe('444')
    expect(bench.server.store.get('x')).toBe('since then')
    const done = { serial: 2, result: { kind: 'Done' } }
    expect(bench.sent('ClientReply')).toMatchObject([done, done])
    expect(bench.told('CommandSkipped')).toMatchObject([{ index: 3, serial: 2, why: 'Repeated' }])
  })

  it('without sessions it is applied twice', () => {
    const bench = leader({ term: 4, servers: 1 }).receive(clientRequest(2))
    bench.server.store.set('x', 'since then')
    expect(bench.receive(clientRequest(2)).server.store.get('x')).toBe('1')
  })

  it('a retry that another leader gets is known to it all the same', () => {
    const old = withSession().receive(put1(2))
    const entries = old.server.log.buffer
    const bench = follower({ id: 1, term: 4, settings, servers: 2 })
    bench.receive({ ...appendEntries({ term: 4, leaderCommit: 2 }), entries })
    bench.wait(200_000).receive({
      ...{ kind: 'RequestVoteReply', from: serverId(2), to: serverId(1), leader: null },
      ...{ term: term(5), voteGranted: true, requestTerm: term(5) },
    })
    bench.server.store.set('x', 'since then')
    bench.forget().receive(put1(2))
    acknowledge(bench, 2)
    expect(bench.sent('ClientReply')).toMatchObject([{ serial: 2, result: { kind: 'Done' } }])
    expect(bench.server.store.get('x')).toBe('since then')
  })

  it('a session that ended is told of, with whose it was', () => {
    const bench = withSession({ mostSessions: 1 })
    bench.receive({ ...clientRequest(1, { kind: 'OpenSession' }), from: clientId(12) }, put1(2))
    expect(bench.told('SessionEnded')).toMatchObject([{ client: 11, session: 1 }])
    expect(bench.sent('ClientReply')[1]).toMatchObject({ serial: 2, result: { kind: 'SessionExpired' } })
    expect(bench.told('CommandSkipped')).toMatchObject([{ serial: 2, why: 'SessionExpired' }])
    expect(bench.server.store.get('x')).toBeUndefined()
  })
})

describe('snapshots carry them (§7, D 6.3)', () => {
  /** Its log has been compacted behind the session and what was done in it. */
  const compacted = () => withSession({ snapshotAt: 2 }).receive(put1(2), put1(3, 2)).wait(0)

  it('after a restart, a retry is still known', () => {
    const { server } = compacted()
    expect(server.log.base).toBeGreaterThanOrEqual(2)
    const again = startServer(serverId(1), firstConfiguration([serverId(1)]), server)
    expect(again.sessions).toEqual(server.snapshot?.sessions)
    expect(again.sessions.get(logIndex(1))?.answers.get(2)).toEqual({ kind: 'Done' })
  })

  it('whoever gets it knows them too, and goes on with them', () => {
    const { server } = compacted()
    const { snapshot } = server
    if (snapshot === null) throw new Error('there is one')
    const bench = follower({ term: 4, settings })
    const { lastIncludedIndex, lastIncludedTerm, bytes } = snapshot
    const request = installSnapshot({ term: 4, log: '44' })
    bench.receive({ ...request, lastIncludedIndex, lastIncludedTerm, bytes, done: true, snapshot })
    expect(bench.server.sessions).toEqual(snapshot.sessions)
    bench.server.store.set('x', 'since then')
    const repeated = entryOf({ serial: 2, session: 1 }, lastIncludedIndex + 1)
    bench.receive({
      ...appendEntries({ term: 4, leaderCommit: lastIncludedIndex + 1 }),
      ...{ prevLogIndex: lastIncludedIndex, prevLogTerm: lastIncludedTerm, entries: [repeated] },
    })
    expect(bench.server.lastApplied).toBe(lastIncludedIndex + 1)
    expect(bench.server.store.get('x')).toBe('since then')
  })

  it('a snapshot that was taken does not change as the sessions go on', () => {
    const bench = compacted()
    const before = JSON.stringify([...(bench.server.snapshot?.sessions ?? [])])
    const { snapshot } = bench.server
    bench.change({ snapshotAt: 0 }).receive(put1(4), clientRequest(5, { kind: 'OpenSession' }))
    expect(JSON.stringify([...(snapshot?.sessions ?? [])])).toBe(before)
  })
})
