import { describe, expect, it } from 'vitest'
import { type Micros, millis, serverId } from '../../base/ids.ts'
import type { Violation } from '../../check/properties.ts'
import { Watch } from '../../check/watch.ts'
import type { Fact, FactKind } from '../../simulation/facts.ts'
import { World } from '../../simulation/world.ts'
import { LIBRARY } from '../library.ts'

/** What each pair of scenarios shows: without the one setting the trouble, with it the cure. */

type Told<K extends FactKind> = Extract<Fact, { kind: K }> & { readonly at: Micros }

class Played {
  readonly world: World
  readonly violation: Violation | null
  private readonly all: (Fact & { readonly at: Micros })[] = []

  constructor(id: string, until: number) {
    const entry = LIBRARY.find((one) => one.id === id)
    if (entry === undefined) throw new Error(`no ${id}`)
    const world = new World(entry.scenario)
    const ignore = () => {}
    const fact = (it: Fact) => this.all.push({ ...it, at: world.now })
    world.trace = { fact, event: ignore, sent: ignore, ended: ignore, redirected: ignore }
    const watch = new Watch(world)
    let found: Violation | null = null
    while (found === null && world.nextAt() <= millis(until) && world.advance()) found = watch.after(world)
    this.world = world
    this.violation = found
  }

  /** Facts of one kind, from a time in milliseconds on. */
  told<K extends FactKind>(kind: K, from = 0): Told<K>[] {
    return this.all.filter((fact): fact is Told<K> => fact.kind === kind && fact.at >= millis(from))
  }

  first<K extends FactKind>(kind: K, from = 0): Told<K> {
    const [fact] = this.told(kind, from)
    if (fact === undefined) throw new Error(`nothing tells ${kind}`)
    return fact
  }

  get leaders(): number[] {
    return this.world.hosts.filter(({ up, server }) => up && server.role === 'leader').map(({ id }) => id)
  }

  server(id: number) {
    const host = this.world.hostOf(serverId(id))
    if (host === undefined) throw new Error(`no S${id}`)
    return host.server
  }
}

const play = (id: string, until: number) => new Played(id, until)
/** How long the answers took that clients got, in milliseconds. */
const waits = (run: Played, from = 0) => run.told('ClientAnswered', from).map(({ took }) => took / 1000)

describe('no-op (§8)', () => {
  it('off: the tail of an earlier term waits for the next command', () => {
    const before = play('old-tail', 1090)
    expect(before.first('CommitHeld')).toMatchObject({ server: 2, index: 1, entryTerm: 1, term: 2 })
    expect(before.world.hosts.map(({ server }) => server.commitIndex)).toEqual([0, 0, 0, 0, 0])
    expect(play('old-tail', 1300).first('Committed', 1000)).toMatchObject({ first: 1, last: 2, earlier: 1 })
  })

  it('on: it is committed at once', () => {
    const run = play('old-tail-no-op', 1090)
    const elected = run.first('BecameLeader', 280)
    expect(run.first('NoOpAppended', 280).at).toBe(elected.at)
    const committed = run.first('Committed', 280)
    expect(committed).toMatchObject({ server: 2, last: 3, earlier: 1 })
    expect(committed.at - elected.at).toBeLessThan(millis(50))
  })
})

describe('PreVote (D 9.6)', () => {
  it('off: who comes back deposes a leader that was fine', () => {
    const run = play('disruptive-rejoin', 1500)
    expect(run.told('BecameCandidate', 200).length).toBeGreaterThan(2)
    expect(run.told('TermAdopted', 980)).toContainEqual(
      expect.objectContaining({ server: 1, role: 'leader', from: 2 }),
    )
    expect(run.server(1).currentTerm).toBeGreaterThan(2)
  })

  it('on: it is refused, and no term changes', () => {
    const run = play('disruptive-rejoin-pre-vote', 5000)
    const refused = run.told('PreVoteRefused', 980)
    expect(refused.map(({ server }) => server).toSorted()).toEqual([1, 3, 4, 5])
    expect(refused.every(({ candidate, why }) => candidate === 2 && why.kind === 'HearsLeader')).toBe(true)
    expect(run.told('TermAdopted', 200)).toEqual([])
    expect(run.told('BecameCandidate', 200)).toEqual([])
    expect(run.leaders).toEqual([1])
  })
})

describe('CheckQuorum (D 6.2)', () => {
  it('off: the leader that is cut off keeps its client waiting', () => {
    const run = play('lonely-leader', 2350)
    expect(run.told('SteppedDown')).toEqual([])
    expect(run.leaders).toContain(1)
    expect(run.first('CommandAppended', 690).server).toBe(1)
    expect(run.first('ClientTimedOut').server).toBe(1)
    expect(waits(run)[0]).toBeGreaterThan(1200)
  })

  it('on: it steps down, and the client is sent away at once', () => {
    const run = play('lonely-leader-check-quorum', 3000)
    const { at, ...down } = run.first('SteppedDown')
    expect(down).toMatchObject({ server: 1, why: { kind: 'NoQuorum', heard: [] } })
    expect(at).toBeLessThan(millis(700))
    expect(run.told('ClientTimedOut')).toEqual([])
    expect(waits(run)[0]).toBeLessThan(300)
    expect(run.told('TermAdopted', 2400).filter(({ role }) => role === 'leader')).toEqual([])
  })
})

describe('a one-way cut (D 6.2, D 9.6)', () => {
  it.each(['one-way-cut', 'one-way-cut-pre-vote'])('%s: nothing is committed while it lasts', (id) => {
    const run = play(id, 1799)
    expect(run.leaders).toEqual([1])
    expect(run.first('CommandAppended').server).toBe(1)
    expect(run.told('Committed')).toEqual([])
    expect(run.told('BecameLeader')).toHaveLength(1)
  })

  it('CheckQuorum alone: another leads, and is deposed when the cut is mended', () => {
    const run = play('one-way-cut-check-quorum', 3000)
    expect(run.first('SteppedDown').server).toBe(1)
    const second = run.first('BecameLeader', 300)
    expect(run.told('Committed').some(({ at }) => at < millis(1800))).toBe(true)
    expect(run.told('TermAdopted', 1800)).toContainEqual(
      expect.objectContaining({ server: second.server, role: 'leader', from: 1 }),
    )
  })

  it('both: another leads, and stays', () => {
    const run = play('one-way-cut-both', 3000)
    const second = run.first('BecameLeader', 300)
    expect(run.told('Committed').some(({ at }) => at < millis(1800))).toBe(true)
    expect(run.told('BecameLeader')).toHaveLength(2)
    expect(run.leaders).toEqual([second.server])
    expect(run.server(1).currentTerm).toBe(second.term)
  })
})

describe('log compaction (§7)', () => {
  it('off: the whole log is kept and sent', () => {
    const run = play('long-absent', 1400)
    expect(run.told('SnapshotTaken')).toEqual([])
    const sent = run.told('EntriesAppended', 1100).filter(({ server }) => server === 3)
    expect(sent.length).toBeGreaterThan(3)
    expect(run.server(3).lastApplied).toBe(run.server(1).lastApplied)
  })

  it('on: one InstallSnapshot, then the entries after it', () => {
    const run = play('long-absent-snapshot', 1400)
    expect(run.told('ChunkReceived')).toEqual([])
    const installed = run.told('SnapshotInstalled')
    expect(installed).toMatchObject([{ server: 3, lastIncludedIndex: 10 }])
    expect(run.first('EntriesSent', 1120)).toMatchObject({ to: 3, first: 11, why: 'AfterSnapshot' })
    expect(run.server(3).log.base).toBe(10)
    expect([...run.server(3).store]).toEqual([...run.server(1).store])
    expect(run.server(3).lastApplied).toBe(run.server(1).lastApplied)
  })

  it('in chunks: nothing changes before the last one', () => {
    const run = play('long-absent-chunks', 1400)
    const chunks = run.told('ChunkReceived')
    expect(chunks.map(({ received }) => received)).toEqual([16, 32])
    expect(run.told('SnapshotInstalled')).toMatchObject([{ server: 3, lastIncludedIndex: 10 }])
    expect(run.server(3).lastApplied).toBe(run.server(1).lastApplied)
  })
})

describe('membership (§6, D 4)', () => {
  it('without catching up, an empty newcomer holds up every commit', () => {
    const [off, on] = [play('new-server', 1500), play('new-server-catch-up', 1500)]
    const putOf = (run: Played) =>
      run.told('ClientAnswered').find(({ command }) => command.kind === 'Put')?.took ?? NaN
    expect(putOf(off)).toBeGreaterThan(millis(400))
    expect(putOf(on)).toBeLessThan(millis(80))
    expect(on.told('CatchUpRoundDone').map(({ fast }) => fast)).toEqual([false, true])
    for (const run of [off, on])
      expect(run.server(4).configurations.at(-1)?.configuration.voters).toEqual([1, 2, 3, 4])
  })

  it('a leader that removes itself does not count itself, then steps down', () => {
    const run = play('remove-leader', 1500)
    const committed = run.first('Committed', 200)
    expect(committed.storedOn).not.toContain(1)
    expect(committed.storedOn).toHaveLength(3)
    expect(run.first('SteppedDown')).toMatchObject({ server: 1, at: committed.at, why: { kind: 'Removed' } })
    expect(run.told('BecameCandidate', 200).map(({ server }) => server)).not.toContain(1)
    expect(run.leaders).toHaveLength(1)
  })

  it('one server at a time cannot replace two in one step; joint consensus can', () => {
    const single = play('replace-two', 1000)
    expect(single.first('ChangeRefused').why).toBe('NotOneAtATime')
    const joint = play('replace-two-joint', 1000)
    expect(joint.told('ConfigurationAppended').map(({ configuration }) => configuration)).toEqual([
      { voters: [1, 2, 3], next: [1, 4, 5] },
      { voters: [1, 4, 5], next: null },
    ])
    expect(joint.leaders).toEqual([1])
    expect(joint.first('Committed', 600).storedOn).not.toContain(2)
  })

  it('a jump: two leaders, each with a majority of its own', () => {
    const run = play('disjoint-majorities', 10_000)
    expect(run.leaders).toHaveLength(2)
    expect(run.violation).toMatchObject({ kind: 'LeaderCompleteness', servers: [3, 1], term: 2, index: 3 })
    expect(run.violation?.at).toBe(run.first('BecameLeader', 200).at)
  })

  it('joint consensus, in the same partition: one leader decides, and the change is rolled back', () => {
    const run = play('disjoint-majorities-joint', 5000)
    expect(run.violation).toBeNull()
    expect(run.told('Committed', 200).every(({ server }) => server !== 1)).toBe(true)
    expect(run.first('ConfigurationRolledBack')).toMatchObject({
      server: 1,
      was: { next: [1, 4, 5] },
      configuration: { voters: [1, 2, 3], next: null },
    })
    expect(waits(run, 700)[0]).toBeLessThan(120)
  })

  it('the bug of 2015: S1 is elected without an entry that is committed', () => {
    const run = play('bug-of-2015', 10_000)
    const done = run.told('ClientAnswered').filter(({ command }) => command.kind === 'ChangeMembers')
    expect(done).toMatchObject([{ server: 2, result: { kind: 'Done' } }])
    expect(run.violation).toMatchObject({
      kind: 'LeaderCompleteness',
      servers: [1, 2],
      term: 3,
      index: 2,
      committedIn: 2,
    })
    expect(run.violation?.at).toBe(run.first('BecameLeader', 480).at)
    expect(run.first('BecameLeader', 480).voters).toEqual([1, 4, 5])
  })

  it('mended: S2 puts its change off', () => {
    const run = play('bug-of-2015-mended', 10_000)
    expect(run.violation).toBeNull()
    expect(run.first('ChangeHeld')).toMatchObject({ server: 2, why: 'NoOwnEntry' })
    expect(run.told('ConfigurationAppended', 290).every(({ server }) => server === 1)).toBe(true)
    expect(run.first('BecameLeader', 480)).toMatchObject({ server: 1, term: 3 })
  })

  it('a removed server deposes one leader after the other', () => {
    const run = play('removed-server', 2499)
    const deposed = run.told('TermAdopted', 200).filter(({ role, from }) => role === 'leader' && from === 5)
    expect(deposed.length).toBeGreaterThanOrEqual(3)
  })

  it('unless nobody listens to it', () => {
    const deaf = play('removed-server-check-quorum', 2499)
    const refused = deaf.told('VoteRefused', 200)
    expect(refused.length).toBeGreaterThan(10)
    expect(refused.every(({ why }) => why.kind === 'HearsLeader')).toBe(true)
    const asked = play('removed-server-pre-vote', 2499)
    expect(asked.told('BecameCandidate', 200)).toEqual([])
    for (const run of [deaf, asked]) {
      expect(run.told('TermAdopted', 200)).toEqual([])
      expect(run.leaders).toEqual([1])
    }
  })
})

describe('leadership transfer (D 3.10)', () => {
  /** How long the cluster took to have a leader that is up, from when it began to lack one. */
  const gap = (run: Played) => {
    const elected = run.first('BecameLeader', 290).at
    const lost = run.told('TermAdopted', 290).find(({ role }) => role === 'leader')?.at
    return elected - (lost ?? run.first('ServerCrashed').at)
  }

  it('is much faster than a timeout', () => {
    expect(gap(play('maintenance', 1000))).toBeGreaterThan(millis(150))
    const run = play('maintenance-transfer', 1000)
    expect(gap(run)).toBeLessThan(millis(30))
    expect(run.first('TimeoutNowTaken')).toMatchObject({ server: 3, leader: 1 })
    expect(run.leaders).toEqual([3])
  })
})

describe('sessions (§8, D 6.3)', () => {
  const gets = (run: Played) =>
    run.told('ClientAnswered').flatMap(({ result }) => (result.kind === 'Found' ? [result.value] : []))

  it('off: the put is applied again, over a later one', () => {
    const run = play('lost-reply', 1000)
    expect(run.told('MessageLost').map(({ message }) => message)).toEqual(['ClientReply'])
    expect(run.told('CommandSkipped')).toEqual([])
    expect(gets(run)).toEqual(['1', '1'])
  })

  it('on: it is applied once, and answered all the same', () => {
    const run = play('lost-reply-session', 1000)
    expect(run.told('MessageLost').map(({ message }) => message)).toEqual(['ClientReply'])
    expect(run.told('CommandSkipped')).toMatchObject([{ why: 'Repeated' }])
    expect(gets(run)).toEqual(['1', '2'])
    expect(run.told('ClientAnswered').filter(({ command }) => command.kind === 'Put')).toHaveLength(3)
  })
})

describe('reads (§8, D 6.4)', () => {
  const answer = (id: string) =>
    play(id, 1500)
      .told('ClientAnswered')
      .filter(({ command }) => command.kind === 'Get')

  it.each([
    ['stale-read', 'local'],
    ['stale-read-slow-clock', 'lease'],
  ])('%s: the deposed leader answers by %s', (id, way) => {
    expect(answer(id)).toMatchObject([{ server: 1, result: { value: '1' }, stale: true }])
    expect(play(id, 1500).first('ReadAnswered')).toMatchObject({ server: 1, way: { kind: way } })
  })

  it.each([
    ['stale-read-read-index', { kind: 'ReadsDropped', count: 1 }],
    ['stale-read-lease', { kind: 'SteppedDown', why: { kind: 'NoQuorum' } }],
  ] as const)('%s: S1 cannot answer, and S2 does', (id, told) => {
    expect(answer(id)).toMatchObject([{ server: 2, result: { value: '2' }, stale: false }])
    const run = play(id, 1500)
    expect(run.told('ReadAnswered').every(({ server }) => server === 2)).toBe(true)
    expect(run.first(told.kind)).toMatchObject({ server: 1, ...told })
  })
})

describe('performance (D 10.2)', () => {
  const sent = (run: Played) => run.told('EntriesSent').length
  const lastCommit = (run: Played) => run.told('Committed').at(-1)?.at ?? NaN

  it('batching sends far fewer messages', () => {
    const [each, together] = [play('burst', 400), play('burst-batched', 400)]
    expect(sent(each)).toBe(24)
    expect(sent(together)).toBe(4)
    expect(together.first('BatchSent')).toMatchObject({ first: 1, last: 6 })
    for (const run of [each, together]) expect(run.server(1).commitIndex).toBe(6)
  })

  it('a pipeline takes fewer round trips', () => {
    const [stopping, flowing] = [play('pipeline', 600), play('pipeline-open', 600)]
    for (const run of [stopping, flowing]) {
      expect(run.server(1).commitIndex).toBe(6)
      expect(sent(run)).toBe(12)
    }
    expect(lastCommit(stopping) - lastCommit(flowing)).toBeGreaterThan(millis(100))
    expect(stopping.told('PipelineFull').length).toBeGreaterThan(0)
  })

  it('a disk that writes in parallel commits earlier by one write', () => {
    const [one, other] = [play('slow-disks', 600), play('slow-disks-parallel', 600)]
    expect(lastCommit(one) - lastCommit(other)).toBe(millis(30))
  })

  it('what was not written is lost, and was not counted', () => {
    const run = play('unwritten', 1500)
    expect(run.first('Committed').storedOn).not.toContain(1)
    expect(run.first('ServerCrashed')).toMatchObject({ server: 1, lastIndex: 0 })
    expect(run.violation).toBeNull()
    expect(run.first('EntriesAppended', 800)).toMatchObject({ server: 1, first: 1 })
  })
})

describe('storage faults', () => {
  it('a vote that is kept is given once; one that is lost elects two leaders in a term', () => {
    const kept = play('kept-vote', 2000)
    expect(kept.violation).toBeNull()
    expect(kept.first('VoteRefused')).toMatchObject({
      server: 3,
      candidate: 2,
      why: { kind: 'AlreadyVoted' },
    })
    const lost = play('lost-vote', 2000)
    expect(lost.violation).toMatchObject({ kind: 'ElectionSafety', term: 1, servers: [2, 1] })
    expect(lost.leaders).toEqual([1, 2])
  })

  it('a disk that is kept stops S2; one that is lost loses a committed entry', () => {
    const kept = play('kept-disk', 3000)
    expect(kept.violation).toBeNull()
    expect(kept.first('VoteRefused')).toMatchObject({ server: 3, candidate: 2, why: { kind: 'LogBehind' } })
    const lost = play('lost-disk', 3000)
    expect(lost.violation).toMatchObject({
      kind: 'LeaderCompleteness',
      servers: [2, 1],
      index: 1,
      found: null,
    })
  })
})
