import { describe, expect, it } from 'vitest'
import { millis } from '../base/ids.ts'
import type { Loose } from '../raft/test-kit.ts'
import { History } from './history.ts'
import type { Intervention, ScriptItem } from './script.ts'
import { at, firstLeader, put, Run, setupOf } from './test-kit.ts'

/** All messages take exactly 20 ms, so S1's vote requests of 1 ms are half way at 11 ms. */
const settings = { latencyMin: 20_000, latencyMax: 20_000 }
const run = (script: readonly ScriptItem[], servers = 3) =>
  new Run({ servers, settings, script: [...firstLeader, ...script] })
const split: Loose<Intervention> = { kind: 'Partition', groups: [[1], [2, 3]] }
const heal: Loose<Intervention> = { kind: 'Heal' }

describe('a partition is a wall half way along each link', () => {
  it.each([
    { why: 'raised before it is sent', script: [at(0.5, split)], lost: true },
    { why: 'raised before it is half way', script: [at(10.9, split)], lost: true },
    { why: 'raised after it has passed', script: [at(11.1, split)], lost: false },
    { why: 'raised, and gone before it is half way', script: [at(2, split), at(10.9, heal)], lost: false },
    { why: 'gone too late', script: [at(2, split), at(11.1, heal)], lost: true },
    { why: 'raised again in time', script: [at(2, split), at(5, heal), at(9, split)], lost: true },
  ])('a message is stopped there: $why: $lost', ({ script, lost }) => {
    const sorted = [...firstLeader, ...script].sort((a, b) => a.at - b.at)
    const { how, at: when } = new Run({ settings, script: sorted }).until(30).end(1, 2, 1) ?? {}
    expect([how, when]).toEqual(lost ? ['lost', 11_000] : ['arrived', 21_000])
  })

  it('within a group all arrives; those in no group are one more', () => {
    const subject = run([at(2, { kind: 'Partition', groups: [[1, 2], [3]] })], 5).until(3)
    expect(subject.told('Partitioned')).toMatchObject([{ groups: [[1, 2], [3], [4, 5]] }])
    const { world } = subject
    const cuts = (from: number) => [1, 2, 3, 4, 5].filter((to) => world.network.isCut(from, to))
    expect([1, 2, 3, 4, 5].map(cuts)).toEqual([
      [3, 4, 5],
      [3, 4, 5],
      [1, 2, 4, 5],
      [1, 2, 3],
      [1, 2, 3],
    ])
  })

  it('clients are on no side of it', () => {
    const subject = run([at(50, split), at(60, put('1', 1)), at(60, put('2', 2))]).until(81)
    expect(subject.told('CommandAppended')).toHaveLength(1)
    expect(subject.told('CommandRedirected')).toHaveLength(1)
  })
})

describe('cuts', () => {
  it('of one direction let the other through', () => {
    const { world } = run([at(2, { kind: 'Cut', from: 1, to: 2 })]).until(3)
    expect([world.network.isCut(1, 2), world.network.isCut(2, 1), world.network.isCut(1, 3)]).toEqual([
      true,
      false,
      false,
    ])
  })

  it('add up, are mended one by one, and all heal at once', () => {
    const cut = (from: number, to: number) => at(2, { kind: 'Cut', from, to })
    const mend = at(4, { kind: 'Mend', from: 1, to: 2 })
    const { world } = run([cut(1, 2), cut(2, 3), mend]).until(5)
    expect([world.network.isCut(1, 2), world.network.isCut(2, 3)]).toEqual([false, true])
    expect(
      run([cut(1, 2), cut(2, 3), at(4, heal)])
        .until(5)
        .world.network.isCut(2, 3),
    ).toBe(false)
  })

  it('isolate one server both ways, on top of those there are', () => {
    const { world } = run([
      at(2, { kind: 'Cut', from: 2, to: 3 }),
      at(3, { kind: 'Isolate', server: 1 }),
    ]).until(4)
    const cut = (from: number, to: number) => world.network.isCut(from, to)
    expect([cut(1, 2), cut(1, 3), cut(2, 1), cut(3, 1), cut(2, 3), cut(3, 2)]).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
    ])
  })
})

describe('a paused server', () => {
  it('does nothing when its timers run out, and does it on resuming', () => {
    const script = [at(40, { kind: 'Pause', server: 2 }), at(45, { kind: 'Crash', server: 1 })]
    const subject = run([...script, at(900, { kind: 'Resume', server: 2 })])
    subject.until(899)
    expect(subject.server(2)).toMatchObject({ role: 'follower', currentTerm: 1 })
    expect(
      subject.facts
        .filter(({ fact }) => 'server' in fact && fact.server === 2 && fact.kind !== 'ServerPaused')
        .at(-1)?.at,
    ).toBeLessThanOrEqual(40_000)
  })

  it('takes what waited in its order, before its timers fire', () => {
    const script = [
      at(45, { kind: 'Pause', server: 2 }),
      at(50, put('1')),
      at(60, put('2')),
      at(130, { kind: 'Resume', server: 2 }),
    ]
    const subject = run(script).until(129)
    expect(subject.told('MessageHeld').length).toBeGreaterThanOrEqual(3)
    const waiting = subject.host(2).inbox.map(({ name }) => name.n)
    expect(waiting).toEqual([...waiting].sort((a, b) => a - b))
    const before = subject.facts.length
    subject.until(130)
    const own = subject.facts.slice(before).filter(({ fact }) => 'server' in fact && fact.server === 2)
    expect(own.map(({ fact }) => fact.kind)).toEqual(
      expect.arrayContaining(['ServerResumed', 'EntriesAppended']),
    )
    expect(own.some(({ fact }) => fact.kind === 'BecameCandidate')).toBe(false)
    expect(subject.server(2).log.length).toBe(2)
    expect(
      subject.ends
        .filter(({ at: when, flight }) => when === 130_000 && flight.name.to === 2)
        .map(({ flight }) => flight.name.n),
    ).toEqual(waiting)
  })

  it('that crashes loses what waited', () => {
    const script = [
      at(45, { kind: 'Pause', server: 2 }),
      at(50, put('1')),
      at(100, { kind: 'Crash', server: 2 }),
    ]
    const subject = run(script).until(99)
    const waiting = subject.host(2).inbox.length
    expect(waiting).toBeGreaterThan(0)
    subject.until(100)
    expect(subject.told('MessageLost').filter(({ why }) => why === 'ServerCrashed')).toHaveLength(waiting)
    expect(subject.host(2)).toMatchObject({ up: false, paused: false, inbox: [] })
  })
})

describe('one message, by its name', () => {
  const message = { from: 1, to: 2, n: 1, copy: 0 }
  it('dropped, it never arrives', () => {
    const subject = run([at(5, { kind: 'Drop', message })]).until(60)
    expect(subject.end(1, 2, 1)).toMatchObject({ at: 5000, how: 'lost' })
    expect(subject.told('MessageLost')).toMatchObject([{ from: 1, to: 2, why: 'Dropped' }])
  })

  it('delayed, it arrives so much later', () => {
    const subject = run([at(5, { kind: 'Delay', message, by: 7000 })]).until(60)
    expect(subject.end(1, 2, 1)).toMatchObject({ at: 28_000, how: 'arrived' })
  })

  it('delayed before the wall, it reaches the wall later', () => {
    const subject = run([at(5, { kind: 'Delay', message, by: 16_000 }), at(6, split)]).until(60)
    // At 5 ms it has come 4 of 20 ms; the other 0.8 of its way takes 32 ms, and 0.3 of the way is left to the wall.
    expect(subject.end(1, 2, 1)).toMatchObject({ at: 17_000, how: 'lost' })
  })

  it('doubled, both arrive, the copy later', () => {
    const subject = run([at(5, { kind: 'Duplicate', message })]).until(60)
    expect(subject.end(1, 2, 1)).toMatchObject({ at: 21_000, how: 'arrived' })
    expect(subject.end(1, 2, 1, 1)).toMatchObject({ how: 'arrived' })
    expect(subject.end(1, 2, 1, 1)?.at).toBeGreaterThan(21_000)
    expect(subject.told('VoteGranted').map(({ again }) => again)).toContain(true)
  })

  it('doubled again when the copy is gone, it has another name', () => {
    const copy = { ...message, copy: 1 }
    const script = [
      at(5, { kind: 'Duplicate', message }),
      at(6, { kind: 'Drop', message: copy }),
      at(7, { kind: 'Duplicate', message }),
    ]
    const subject = run(script).until(60)
    expect(subject.end(1, 2, 1, 1)).toMatchObject({ at: 6000, how: 'lost' })
    expect(subject.end(1, 2, 1, 2)).toMatchObject({ how: 'arrived' })
    const names = subject.flights.map(({ name }) => JSON.stringify(name))
    expect(new Set(names).size).toBe(names.length)
  })

  it('doubled while a copy waits at a paused server, it has another name', () => {
    const script = [
      at(2, { kind: 'Pause', server: 2 }),
      at(3, { kind: 'Duplicate', message }),
      at(4, { kind: 'Deliver', message }),
      at(5, { kind: 'Duplicate', message: { ...message, copy: 1 } }),
      at(200, { kind: 'Resume', server: 2 }),
      at(200, { kind: 'Duplicate', message }, 1),
    ]
    const { flights } = run(script).until(300)
    const copies = flights.flatMap(({ name }) => (name.to === 2 && name.n === 1 ? [name.copy] : []))
    expect(copies).toEqual([0, 1, 2, 3])
  })

  it('doubled more often than copies can be named, it stays as it is', () => {
    const again = Array.from({ length: 33 }, (_, i) => at(5, { kind: 'Duplicate', message }, i))
    const subject = run(again).until(60)
    const copies = subject.flights.flatMap(({ name }) => (name.to === 2 && name.n === 1 ? [name.copy] : []))
    expect(copies).toEqual(Array.from({ length: 32 }, (_, i) => i))
    const why = { kind: 'EnoughCopies', from: 1, to: 2, most: 31 }
    expect(subject.told('NothingToDo')).toMatchObject([{ why }, { why }])
  })

  it('delivered, it arrives now', () => {
    const subject = run([at(5, { kind: 'Deliver', message })]).until(60)
    expect(subject.end(1, 2, 1)).toMatchObject({ at: 5000, how: 'arrived' })
  })

  it('that is not on its way is said to be missing', () => {
    const subject = run([at(40, { kind: 'Drop', message })]).until(60)
    expect(subject.told('NothingToDo')).toMatchObject([{ why: { kind: 'NoSuchMessage', from: 1, to: 2 } }])
  })
})

describe('a message hurried to a paused server waits there from that moment', () => {
  const script = (...more: readonly ScriptItem[]) => [
    ...firstLeader,
    at(2, { kind: 'Pause', server: 2 }),
    at(3, { kind: 'Deliver', message: { from: 1, to: 2, n: 1, copy: 0 } }),
    ...more,
  ]
  const justResumed = [at(40, { kind: 'Resume', server: 2 }), at(40, heal, 1)]

  it.each([
    { why: 'that was going to be lost', loss: 1_000_000 },
    { why: 'that was going to arrive', loss: 0 },
  ])('one $why is not planned into the past by a change of the cuts', ({ loss }) => {
    const subject = new Run({ settings: { ...settings, loss }, script: script(...justResumed) }).until(200)
    const times = subject.events.map((event) => event.at)
    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect(subject.end(1, 2, 1)).toMatchObject({ at: 40_000, how: 'arrived' })
  })

  it.each([0, 1_000_000])('its record ends there, at a loss of %i', (loss) => {
    const setup = setupOf({ settings: { ...settings, loss }, script: script() })
    const history = new History(setup, () => ({
      atStart: null,
      after: () => null,
      mark: () => null,
      backTo: () => undefined,
    }))
    history.eventsUntil(millis(2.5), 100)
    const sent = { from: 1, to: 2, kind: 'RequestVote', sentAt: 1000 }
    expect(history.messages[0]).toMatchObject({ ...sent, lost: loss > 0 })
    history.eventsUntil(millis(3), 100)
    expect(history.messages[0]).toMatchObject({ ...sent, endsAt: 3000, lost: false, place: 1_000_000 })
    expect(history.changed).toContain(0)
  })
})

describe('timers by hand', () => {
  it('a heartbeat goes out at once, and the next an interval later', () => {
    const subject = run([at(50, { kind: 'Heartbeat', server: 1 })]).until(99)
    const beats = subject.flights.filter(
      ({ name, message }) => name.to === 2 && message.kind === 'AppendEntries',
    )
    expect(beats.map(({ sentAt }) => sentAt)).toEqual([41_000, 50_000])
  })

  it('an unanswered request is sent again', () => {
    const subject = run([at(2, { kind: 'Retry', server: 1, peer: 2 })]).until(3)
    expect(subject.told('VoteRetried')).toMatchObject([{ server: 1, to: 2 }])
  })
})

describe('where there is nothing to act on, that is said', () => {
  it.each<[Loose<Intervention>, object]>([
    [
      { kind: 'Restart', server: 1 },
      { kind: 'ServerUp', server: 1 },
    ],
    [
      { kind: 'Crash', server: 3 },
      { kind: 'ServerDown', server: 3 },
    ],
    [
      { kind: 'TimeOut', server: 3 },
      { kind: 'ServerDown', server: 3 },
    ],
    [
      { kind: 'Resume', server: 1 },
      { kind: 'ServerNotPaused', server: 1 },
    ],
    [
      { kind: 'Heartbeat', server: 2 },
      { kind: 'NotLeader', server: 2 },
    ],
    [
      { kind: 'Retry', server: 1, peer: 2 },
      { kind: 'NothingUnanswered', server: 1, peer: 2 },
    ],
    [
      { kind: 'Crash', server: 9 },
      { kind: 'NoSuchServer', server: 9 },
    ],
    [put('1', 9), { kind: 'NoSuchServer', server: 9 }],
    [
      { kind: 'ClientTimeOut', client: 11, serial: 3 },
      { kind: 'NoSuchCommand', client: 11 },
    ],
  ])('%j', (act, why) => {
    const subject = run([at(60, { kind: 'Crash', server: 3 }), at(85, act)]).until(86)
    expect(subject.told('NothingToDo')).toEqual([{ kind: 'NothingToDo', why }])
  })

  it('a paused server does nothing by hand', () => {
    const subject = run([at(60, { kind: 'Pause', server: 2 }), at(61, { kind: 'TimeOut', server: 2 })]).until(
      62,
    )
    expect(subject.told('NothingToDo')).toMatchObject([{ why: { kind: 'ServerPaused', server: 2 } }])
  })
})

describe('settings', () => {
  it('change while the cluster runs', () => {
    const subject = run([at(60, { kind: 'Change', settings: { loss: 1_000_000 } })]).until(200)
    const late = subject.flights.filter(({ sentAt }) => sentAt >= 60_000)
    expect(late.length).toBeGreaterThan(0)
    expect(late.every(({ lost }) => lost === 'Loss')).toBe(true)
  })

  it('of one link hold for its direction', () => {
    const slow = { latencyMin: 90_000, latencyMax: 90_000, loss: 0, duplicate: 0, reorder: 0 }
    const subject = run([at(42, { kind: 'SetLink', from: 1, to: 2, settings: slow })]).until(99)
    const took = (to: number) =>
      subject.flights
        .filter(({ name, sentAt }) => name.from === 1 && name.to === to && sentAt > 42_000)
        .map(({ sentAt, arrivesAt }) => arrivesAt - sentAt)
    expect([took(2), took(3)]).toEqual([[90_000], [20_000]])
  })
})
