import { describe, expect, it } from 'vitest'
import { logIndex, micros, millis } from '../base/ids.ts'
import { termsOf } from '../raft/test-kit.ts'
import type { ScriptItem } from './script.ts'
import { stateHash } from './state-hash.ts'
import { at, firstLeader, put, Run, setupOf } from './test-kit.ts'
import { World } from './world.ts'

/** A busy run: traffic, loss, a crash, a partition, a pause and a crooked clock. */
const busy = {
  seed: 5,
  servers: 5,
  settings: { clientRate: 20, loss: 50_000, duplicate: 30_000, reorder: 50_000 },
  script: [
    at(400, { kind: 'Crash', server: 2 }),
    at(600, {
      kind: 'Partition',
      groups: [
        [1, 3],
        [2, 4, 5],
      ],
    }),
    at(700, { kind: 'Restart', server: 2 }),
    at(900, { kind: 'Pause', server: 4 }),
    at(1000, { kind: 'Heal' }),
    at(1200, { kind: 'Resume', server: 4 }),
    at(1300, { kind: 'SetClock', server: 5, rate: 1300 }),
    at(1500, put('7', null)),
  ],
} as const

describe('a crash (§5.1, Figure 2)', () => {
  const script = [...firstLeader, at(50, put('1')), at(60, put('2')), at(150, { kind: 'Crash', server: 1 })]
  const run = () => new Run({ script: [...script, at(170, { kind: 'Restart', server: 1 })] })

  it('leaves currentTerm, votedFor and the log, and takes everything else', () => {
    const subject = run().until(149)
    expect(subject.server(1)).toMatchObject({ role: 'leader', commitIndex: 2, lastApplied: 2, leaderId: 1 })
    subject.until(160)
    const { server } = subject.host(1)
    expect(server).toMatchObject({ currentTerm: 1, votedFor: 1, role: 'follower', leaderId: null })
    expect(server).toMatchObject({ commitIndex: 0, lastApplied: 0, lastRpcId: 0 })
    expect(server.store.size).toBe(0)
    expect(termsOf(server.log)).toBe('11')
    for (const peer of server.peers)
      expect(peer).toMatchObject({ matchIndex: 0, vote: 'awaited', unanswered: 0 })
  })

  it('stops its timers and loses what is sent to it', () => {
    const subject = run().until(169)
    expect(subject.host(1).wakeAt).toBe(Infinity)
    expect(subject.told('MessageLost').every(({ to, why }) => to === 1 && why === 'ServerDown')).toBe(true)
    expect(subject.told('MessageLost').length).toBeGreaterThan(0)
  })

  it('a restarted server is a follower with an election timer, whatever it was', () => {
    const subject = run().until(170)
    expect(subject.server(1)).toMatchObject({ role: 'follower', currentTerm: 1, votedFor: 1 })
    expect(subject.server(1).electionDue).toBeLessThan(Infinity)
  })

  it('a vote given before it holds after it', () => {
    const voteThenCrash = [
      at(1, { kind: 'TimeOut', server: 1 }),
      at(30, { kind: 'Crash', server: 3 }),
      at(31, { kind: 'Restart', server: 3 }),
    ]
    const subject = new Run({ servers: 5, script: voteThenCrash }).until(31)
    expect(subject.server(3).votedFor).toBe(1)
  })

  it('what it knew of the commit comes back from the leader', () => {
    const subject = new Run({
      script: [
        ...script.slice(0, 3),
        at(150, { kind: 'Crash', server: 2 }),
        at(160, { kind: 'Restart', server: 2 }),
      ],
    })
    expect(subject.until(160).server(2)).toMatchObject({ commitIndex: 0, lastApplied: 0 })
    expect(subject.until(300).server(2)).toMatchObject({ commitIndex: 2, lastApplied: 2 })
    expect(subject.server(2).store.get('x')).toBe('2')
  })
})

describe('the impossible', () => {
  /** S2 is made a second leader of term 1 by force. */
  function twoLeaders(): Run {
    const subject = new Run({ script: firstLeader }).until(60)
    const host = subject.host(2)
    host.server.role = 'leader'
    subject.world.run(host, { kind: 'Heartbeat' })
    return subject.until(1000)
  }

  it('stops the run at its event, with the server and the reason', () => {
    const { world, facts } = twoLeaders()
    const what = { kind: 'TwoLeaders', term: 1 }
    expect(world.halted).toMatchObject({
      at: world.now,
      event: world.event,
      fact: { kind: 'Impossible', what },
    })
    expect(facts.at(-1)?.fact).toBe(world.halted?.fact)
  })

  it('lets nothing happen afterwards', () => {
    const { world } = twoLeaders()
    const before = stateHash(world)
    expect([world.advance(), world.nextAt(), stateHash(world)]).toEqual([false, Infinity, before])
  })

  it('stays so in a snapshot, and is gone before it', () => {
    const { world } = twoLeaders()
    const after = world.snapshot()
    const start = new World(world.setup).snapshot()
    world.restore(start)
    expect([world.halted, world.advance()]).toEqual([null, true])
    world.restore(after)
    expect(world.advance()).toBe(false)
  })
})

it('what is committed stays so when whoever knew it crashes', () => {
  const { world } = new Run({ script: [...firstLeader, at(60, put('1', 1))] }).until(60)
  const knows = () => world.hosts.filter(({ server }) => server.commitIndex === world.committed)
  while (world.committed === 0) world.advance()
  expect(knows()).toHaveLength(1)
  const before = world.snapshot()
  for (const { server } of knows()) server.commitIndex = logIndex(0)
  world.advance()
  expect(world.committed).toBe(1)
  world.restore(new World(world.setup).snapshot())
  expect(world.committed).toBe(0)
  world.restore(before)
  expect(world.committed).toBe(1)
})

describe('the same setup gives the same history', () => {
  /** The state's hash after every so many events. */
  function hashes(step: (world: World) => void, count = 4000): number[] {
    const world = new World(setupOf(busy))
    const found: number[] = []
    while (world.events < count) {
      step(world)
      if (world.events % 250 === 0) found.push(stateHash(world))
    }
    return found
  }
  const straight = hashes((world) => world.advance())

  it('over and over', () => {
    expect(hashes((world) => world.advance())).toEqual(straight)
    expect(new Set(straight).size).toBe(straight.length)
  })

  it('whether or not somebody watches', () => {
    const watched = new Run(busy)
    while (watched.world.events < 4000) watched.world.advance()
    expect(stateHash(watched.world)).toBe(straight.at(-1))
  })

  it('however often it is asked when the next event is', () => {
    const asked = hashes((world) => {
      const next = world.nextAt()
      world.advance()
      expect(world.now).toBe(next)
    })
    expect(asked).toEqual(straight)
  })

  it('in leaps from time to time, and with snapshots taken on the way', () => {
    const world = new World(setupOf(busy))
    for (let time = 0; world.events < 3900; time += 7000) {
      while (world.nextAt() <= time) world.advance()
      world.snapshot()
    }
    while (world.events < 4000) world.advance()
    expect(stateHash(world)).toBe(straight.at(-1))
  })

  /** With equal latencies, many messages arrive in the same microsecond. */
  const tied = { ...busy, settings: { clientRate: 20, latencyMin: 15_000, latencyMax: 15_000 } }

  it.each([
    ['busy', busy],
    ['tied', tied],
  ])('from any snapshot on, though the world has run on meanwhile (%s)', (_, given) => {
    const world = new World(setupOf(given))
    for (let start = 0; start < 3500; start += 437) {
      while (world.events < start) world.advance()
      const snapshot = world.snapshot()
      const run = () => {
        while (world.events < start + 300) world.advance()
        return stateHash(world)
      }
      const first = run()
      while (world.events < start + 400) world.advance()
      world.restore(snapshot)
      expect(run()).toBe(first)
      world.restore(snapshot)
      expect(world.events).toBe(start)
      expect(run()).toBe(first)
    }
  })

  it('with another seed, another one', () => {
    const other = new World(setupOf({ ...busy, seed: 6 }))
    while (other.events < 4000) other.advance()
    expect(stateHash(other)).not.toBe(straight.at(-1))
  })
})

describe('a change to the script changes what it causes, and no more', () => {
  it('without one crash, links that it does not concern carry the same messages at the same times', () => {
    const crash = at(300, { kind: 'Crash', server: 5 })
    const flights = (script: readonly ScriptItem[]) =>
      new Run({ servers: 5, settings: { loss: 50_000 }, script: [...firstLeader, ...script] })
        .until(1000)
        .flights.filter(({ name }) => name.from !== 5 && name.to !== 5)
        .map(({ name, sentAt, at: ends, arrivesAt, lost }) => ({ ...name, sentAt, ends, arrivesAt, lost }))
    const [withCrash, without] = [flights([crash]), flights([])]
    expect(without.length).toBeGreaterThan(100)
    expect(withCrash).toEqual(without)
  })

  it('a server’s nth election timeout is the same, whatever the others do', () => {
    const waits = (script: readonly ScriptItem[]) =>
      new Run({ servers: 3, script: [at(0, { kind: 'Isolate', server: 3 }), ...script] })
        .until(3000)
        .told('BecameCandidate')
        .flatMap(({ server, waited }) => (server === 3 ? [waited] : []))
    const alone = waits([])
    expect(alone.length).toBeGreaterThan(8)
    expect(waits([at(200, { kind: 'Crash', server: 1 }), at(900, put('1', 2))])).toEqual(alone)
  })

  it('elections wait for times between the two bounds, all over the range', () => {
    const waits: number[] = []
    for (let seed = 1; seed <= 20; seed++) {
      const run = new Run({ seed, servers: 3, script: [at(0, { kind: 'Isolate', server: 3 })] }).until(5000)
      for (const { server, waited } of run.told('BecameCandidate')) if (server === 3) waits.push(waited)
    }
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(150_000)
    expect(Math.min(...waits)).toBeLessThan(160_000)
    expect(Math.max(...waits)).toBeGreaterThan(290_000)
    expect(Math.max(...waits)).toBeLessThanOrEqual(300_000)
  })
})

describe('several events in one microsecond', () => {
  /** All messages take 20 ms, so the vote requests of S1 arrive at S2 and S3 at 21 ms exactly. */
  const settings = { latencyMin: 20_000, latencyMax: 20_000 }
  const order = (skip: number) => {
    const script = [...firstLeader, at(21, { kind: 'Crash', server: 3 }, skip)]
    const { events } = new Run({ settings, script }).until(21)
    return events.filter((event) => event.at === 21_000).map(({ what }) => what.kind)
  }

  it.each([
    { skip: 0, kinds: ['Act', 'Arrival', 'Arrival'] },
    { skip: 1, kinds: ['Arrival', 'Act', 'Arrival'] },
    { skip: 2, kinds: ['Arrival', 'Arrival', 'Act'] },
    { skip: 99, kinds: ['Arrival', 'Arrival', 'Act'] },
  ])('an intervention comes after $skip of them', ({ skip, kinds }) => {
    expect(order(skip)).toEqual(kinds)
  })

  it('its place decides what it meets', () => {
    const granted = (skip: number) => {
      const script = [...firstLeader, at(21, { kind: 'Crash', server: 3 }, skip)]
      return new Run({ settings, script })
        .until(21)
        .told('VoteGranted')
        .map(({ server }) => server)
    }
    expect([granted(0), granted(1), granted(2)]).toEqual([[2], [2], [2, 3]])
  })
})

describe('causes', () => {
  it('come before their events, and a message’s is the event that sent it', () => {
    const { events } = new Run(busy).until(3000)
    expect(events.length).toBeGreaterThan(500)
    events.forEach(({ cause, what }, index) => {
      expect(cause).toBeLessThan(index)
      if (what.kind === 'Arrival' || what.kind === 'Loss') expect(what.flight.cause).toBe(cause)
    })
  })

  it('an election’s cause is the event that last set the timer', () => {
    const run = new Run({
      servers: 3,
      script: [...firstLeader, at(200, { kind: 'Crash', server: 1 })],
    }).until(600)
    const election = run.events.find(({ at: when, what }) => when > millis(200) && what.kind === 'Timer')
    const cause = run.events[election?.cause ?? -1]
    expect(cause?.what).toMatchObject({
      kind: 'Arrival',
      flight: { message: { kind: 'AppendEntries', from: 1 } },
    })
    expect(election?.at).toBeGreaterThanOrEqual(micros((cause?.at ?? 0) + 150_000))
  })
})
