import { describe, expect, it } from 'vitest'
import { logIndex, millis, serverId, term } from '../base/ids.ts'
import type { Command } from '../raft/commands.ts'
import type { Entry } from '../raft/log.ts'
import type { Server } from '../raft/server.ts'
import type { InitialServer, Intervention, ScriptItem, Setup } from '../simulation/script.ts'
import { section5Defaults } from '../simulation/settings.ts'
import { World } from '../simulation/world.ts'
import type { Violation } from './properties.ts'
import { Watch } from './watch.ts'

const settings = { ...section5Defaults, clientRate: 20 }
const steady: Setup = { seed: 7, servers: 3, settings, initial: null, script: [] }

/** A run of two seconds, in which a leader was elected and commands were committed. */
function begun(setup: Setup = steady): { world: World; watch: Watch } {
  const world = new World(setup)
  const watch = new Watch(world)
  while (world.nextAt() < millis(2000)) {
    world.advance()
    expect(watch.after(world)).toBeNull()
  }
  return { world, watch }
}

const serverOf = (world: World, role: 'leader' | 'follower', nth = 0): Server => {
  const found = world.hosts.filter((host) => host.server.role === role)[nth]
  if (found === undefined) throw new Error(`no ${role}`)
  return found.server
}

/** Gives a server another log, as entries of its own. */
const setLog = (server: Server, buffer: Entry[]): void => {
  server.log = { buffer, length: buffer.length, base: logIndex(0), baseTerm: term(0) }
}
const entriesOf = (server: Server): Entry[] => server.log.buffer.slice(0, server.log.length)

const put = (value: string): Command => ({ kind: 'Put', key: 'x', value })
const entry = (index: number, inTerm: number, value: string): Entry => ({
  index: logIndex(index),
  term: term(inTerm),
  command: put(value),
  request: null,
})

/** What the watch says after the states were changed behind the protocol's back. */
function verdictOn(change: (world: World) => void): Violation | null {
  const { world, watch } = begun()
  change(world)
  return watch.after(world) ?? watch.noted[0] ?? null
}

describe('Election Safety (Fig. 3)', () => {
  it('fires on a second leader of one term', () => {
    const verdict = verdictOn((world) => {
      serverOf(world, 'follower').role = 'leader'
    })
    expect(verdict).toMatchObject({ kind: 'ElectionSafety', term: 1 })
    expect(new Set(verdict?.servers).size).toBe(2)
  })

  it('fires although the first leader is long gone', () => {
    const verdict = verdictOn((world) => {
      const leader = serverOf(world, 'leader')
      const follower = serverOf(world, 'follower')
      leader.role = 'follower'
      follower.role = 'leader'
    })
    expect(verdict).toMatchObject({ kind: 'ElectionSafety', term: 1 })
  })
})

describe('Leader Append-Only (Fig. 3)', () => {
  it('fires where a leader removes its last entry', () => {
    const verdict = verdictOn((world) => {
      const { log } = serverOf(world, 'leader')
      log.length--
    })
    expect(verdict).toMatchObject({ kind: 'LeaderAppendOnly', term: 1 })
  })

  it('fires where a leader replaces an entry, and names the first', () => {
    const verdict = verdictOn((world) => {
      const leader = serverOf(world, 'leader')
      setLog(
        leader,
        entriesOf(leader).map((old) => (old.index >= 3 ? entry(old.index, 1, 'other') : old)),
      )
    })
    expect(verdict).toMatchObject({ kind: 'LeaderAppendOnly', term: 1, index: 3 })
  })

  it('lets a follower remove what is not committed', () => {
    const verdict = verdictOn((world) => {
      const follower = serverOf(world, 'follower')
      follower.log.length = follower.commitIndex
    })
    expect(verdict).toBeNull()
  })
})

describe('Log Matching (Fig. 3)', () => {
  it('fires on another command under the same index and term', () => {
    const verdict = verdictOn((world) => {
      const follower = serverOf(world, 'follower')
      const others = entriesOf(serverOf(world, 'follower', 1))
      const next = others.length + 1
      setLog(follower, [...others, entry(next, 1, 'a')])
      setLog(serverOf(world, 'follower', 1), [...others, entry(next, 1, 'b')])
    })
    expect(verdict).toMatchObject({ kind: 'LogMatching', term: 1, differs: 'Command' })
  })

  it('fires on the same entry after a different one', () => {
    const verdict = verdictOn((world) => {
      const [a, b] = [serverOf(world, 'follower'), serverOf(world, 'follower', 1)]
      const common = entriesOf(a).slice(0, Math.min(a.log.length, b.log.length))
      const next = common.length + 1
      for (const server of [a, b]) server.currentTerm = term(5)
      const last = entry(next + 1, 5, 'last')
      setLog(a, [...common, entry(next, 3, 'a'), last])
      setLog(b, [...common, entry(next, 4, 'b'), last])
    })
    expect(verdict).toMatchObject({ kind: 'LogMatching', term: 5, differs: 'EntryBefore' })
  })

  it('fires at once on disks that a run cannot begin with', () => {
    const disk = (value: string): InitialServer => ({
      currentTerm: term(1),
      votedFor: null,
      log: [{ term: term(1), command: put(value) }],
    })
    const world = new World({ ...steady, initial: [disk('a'), disk('b'), disk('a')] })
    const watch = new Watch(world)
    const expected = { kind: 'LogMatching', event: -1, servers: [2, 1], index: 1, term: 1 }
    expect(watch.atStart).toMatchObject(expected)
    const start = watch.mark()
    const snapshot = world.snapshot()
    world.advance()
    expect(watch.after(world)).toEqual(watch.atStart)
    world.advance()
    expect(watch.after(world)).toBeNull()
    world.restore(snapshot)
    watch.backTo(start, world)
    world.advance()
    expect(watch.after(world)).toEqual(watch.atStart)
  })
})

describe('Leader Completeness (Fig. 3)', () => {
  it('fires on a new leader without the committed entries, and names the first missing', () => {
    const verdict = verdictOn((world) => {
      const follower = serverOf(world, 'follower')
      const log = entriesOf(follower).slice(0, 4)
      Object.assign(follower, { role: 'leader', currentTerm: term(2), votedFor: follower.id })
      // As if it had just started again: nothing committed that its log lacks.
      Object.assign(follower, { commitIndex: 0, lastApplied: 0, store: new Map() })
      const host = world.hosts[follower.id - 1]
      if (host !== undefined) host.up = false
      setLog(follower, log)
    })
    expect(verdict).toMatchObject({
      kind: 'LeaderCompleteness',
      term: 2,
      index: 5,
      entryTerm: 1,
      found: null,
    })
  })

  it('fires where an earlier term commits what a later leader lacks', () => {
    const { world, watch } = begun()
    const [later, leader] = [serverOf(world, 'follower'), serverOf(world, 'leader')]
    const next = leader.log.length + 1
    Object.assign(later, { role: 'leader', currentTerm: term(2), votedFor: later.id })
    setLog(later, [...entriesOf(leader), entry(next, 2, 'later')])
    expect(watch.after(world)).toBeNull()
    setLog(leader, [...entriesOf(leader), entry(next, 1, 'earlier')])
    leader.commitIndex = logIndex(next)
    expect(watch.after(world)).toMatchObject({
      kind: 'LeaderCompleteness',
      servers: [later.id, leader.id],
      term: 2,
      index: next,
      found: 2,
      committedIn: 1,
    })
  })

  it('asks nothing of a leader of an earlier term that is elected late', () => {
    const { world, watch } = begun()
    const [late, leader] = [serverOf(world, 'follower'), serverOf(world, 'leader')]
    const common = entriesOf(leader)
    const next = common.length + 1
    leader.role = 'follower'
    for (const server of [late, leader]) setLog(server, common)
    expect(watch.after(world)).toBeNull()
    Object.assign(leader, { role: 'leader', currentTerm: term(3), votedFor: leader.id })
    setLog(leader, [...common, entry(next, 3, 'new')])
    expect(watch.after(world)).toBeNull()
    leader.commitIndex = logIndex(next)
    expect(watch.after(world)).toBeNull()
    Object.assign(late, { role: 'leader', currentTerm: term(2), votedFor: late.id })
    expect(watch.after(world)).toBeNull()
  })
})

describe('State Machine Safety (Fig. 3)', () => {
  it('fires where two servers settle different entries at one index', () => {
    const { world, watch } = begun()
    const [a, b] = [serverOf(world, 'follower'), serverOf(world, 'follower', 1)]
    const common = entriesOf(serverOf(world, 'leader')).slice(0, Math.min(a.log.length, b.log.length))
    const next = common.length + 1
    for (const server of [a, b]) server.currentTerm = term(5)
    setLog(a, [...common, entry(next, 3, 'a')])
    setLog(b, [...common, entry(next, 4, 'b')])
    expect(watch.after(world)).toBeNull()
    a.commitIndex = logIndex(next)
    expect(watch.after(world)).toBeNull()
    b.commitIndex = logIndex(next)
    expect(watch.after(world)).toMatchObject({
      kind: 'StateMachineSafety',
      servers: [b.id, a.id],
      index: next,
      mine: 4,
      theirs: 3,
    })
  })

  it('goes by the snapshot that was loaded, not by what the log takes its end for (§7)', () => {
    const compacting = () => {
      const { world, watch } = begun({ ...steady, settings: { ...settings, snapshotAt: 4 } })
      const server = serverOf(world, 'follower')
      if (server.snapshot === null) throw new Error('it has no snapshot')
      return { world, watch, server, snapshot: server.snapshot }
    }
    const wrong = compacting()
    wrong.server.log.baseTerm = term(9)
    expect(wrong.watch.after(wrong.world)).toBeNull()
    const other = compacting()
    other.server.snapshot = { ...other.snapshot, lastIncludedTerm: term(9) }
    other.server.log.length = other.server.log.base
    expect(other.watch.after(other.world)).toMatchObject({
      kind: 'StateMachineSafety',
      index: other.snapshot.lastIncludedIndex,
      mine: 9,
      theirs: 1,
    })
  })

  it('fires where an entry changes under a commit index that stays', () => {
    const verdict = verdictOn((world) => {
      const follower = serverOf(world, 'follower')
      follower.currentTerm = term(2)
      const log = entriesOf(follower).slice(0, follower.commitIndex)
      const last = log.pop()
      if (last !== undefined) setLog(follower, [...log, entry(last.index, 2, 'other')])
    })
    expect(verdict).toMatchObject({ kind: 'StateMachineSafety', mine: 2, theirs: 1 })
  })
})

describe('the further properties', () => {
  it.each<[Violation['kind'], (server: Server, world: World) => void]>([
    [
      'TermsRise',
      (server) => {
        server.currentTerm = term(0)
      },
    ],
    [
      'OneVote',
      (server) => {
        server.votedFor = null
      },
    ],
    [
      'OneVote',
      (server) => {
        server.votedFor = server.id
      },
    ],
    [
      'CommitRises',
      (server) => {
        server.commitIndex = logIndex(1)
        server.lastApplied = logIndex(1)
      },
    ],
    [
      'IndexOrder',
      (server) => {
        server.commitIndex = logIndex(server.log.length + 1)
      },
    ],
    [
      'IndexOrder',
      (server) => {
        server.lastApplied = logIndex(server.lastApplied + 1)
      },
    ],
    [
      'LogTermsRise',
      (server) => {
        setLog(server, [...entriesOf(server), entry(server.log.length + 1, 9, 'late')])
      },
    ],
  ])('%s', (kind, change) => {
    const verdict = verdictOn((world) => {
      change(serverOf(world, 'follower'), world)
    })
    expect(verdict?.kind).toBe(kind)
  })

  it.each([
    ['a wrong value', (server: Server) => server.store.set('x', 'wrong')],
    ['a key too many', (server: Server) => server.store.set('extra', '1')],
  ])('StoreFollowsLog, on %s', (_, change) => {
    const { world, watch } = begun()
    const follower = serverOf(world, 'follower')
    const leader = serverOf(world, 'leader')
    expect(watch.after(world)).toBeNull()
    const next = leader.log.length + 1
    setLog(follower, [...entriesOf(leader), { ...entry(next, 1, ''), command: { kind: 'Get', key: 'x' } }])
    follower.commitIndex = logIndex(next)
    follower.lastApplied = logIndex(next)
    change(follower)
    expect(watch.after(world)?.kind).toBe('StoreFollowsLog')
  })

  it('takes no entry that lies at another index than its own', () => {
    const misplace = (world: World) => {
      const server = serverOf(world, 'follower')
      setLog(server, [...entriesOf(server), entry(server.log.length + 2, 1, 'late')])
    }
    expect(() => verdictOn(misplace)).toThrow('lies at its index')
  })

  it('lets a crash take the commit index, the role and the store', () => {
    const at = (ms: number, act: Intervention): ScriptItem => ({ at: millis(ms), skip: 0, act })
    const script = [1, 2, 3].flatMap((id) => [
      at(500 + id, { kind: 'Crash', server: serverId(id) }),
      at(900 + id, { kind: 'Restart', server: serverId(id) }),
    ])
    script.sort((a, b) => a.at - b.at)
    const { world } = begun({ ...steady, script })
    expect(world.hosts.every((host) => host.server.commitIndex > 0)).toBe(true)
  })
})

describe('a watch', () => {
  it('can be taken back, and then judges as a fresh one does', () => {
    const world = new World({ ...steady, settings: { ...settings, loss: 50_000 } })
    const watch = new Watch(world)
    const marks = [{ mark: watch.mark(), snapshot: world.snapshot() }]
    while (world.events < 3000) {
      world.advance()
      expect(watch.after(world)).toBeNull()
      if (world.events % 500 === 0) marks.push({ mark: watch.mark(), snapshot: world.snapshot() })
    }
    for (const { mark, snapshot } of marks.reverse()) {
      world.restore(snapshot)
      watch.backTo(mark, world)
      expect(watch.mark()).toEqual(mark)
      const end = snapshot.now + 1_000_000
      while (world.nextAt() < end) {
        world.advance()
        expect(watch.after(world)).toBeNull()
      }
      expectSameVerdicts(watch, world)
    }
  })

  it('forgets, when taken back, what was going to happen', () => {
    const { world, watch } = begun()
    const mark = watch.mark()
    const snapshot = world.snapshot()
    const next = serverOf(world, 'leader').log.length + 1
    for (const value of ['a', 'b', 'c']) {
      const leader = serverOf(world, 'leader')
      setLog(leader, [...entriesOf(leader), entry(next, 1, value)])
      leader.commitIndex = logIndex(next)
      expect(watch.after(world)).toBeNull()
      const other = serverOf(world, 'follower')
      Object.assign(other, { role: 'leader', currentTerm: term(2), votedFor: other.id })
      setLog(other, entriesOf(leader))
      expect(watch.after(world)).toBeNull()
      world.restore(snapshot)
      watch.backTo(mark, world)
    }
  })

  it('refuses a mark of another moment', () => {
    const { world, watch } = begun()
    const mark = watch.mark()
    world.advance()
    expect(() => watch.backTo(mark, world)).toThrow('the mark was made')
  })
})

/** Breaks each thing in turn and compares what this watch and one that saw the run from its start say of it. */
function expectSameVerdicts(watch: Watch, world: World): void {
  const straight = new World(world.setup)
  const fresh = new Watch(straight)
  while (straight.events < world.events) {
    straight.advance()
    fresh.after(straight)
  }
  expect(watch.mark()).toEqual(fresh.mark())
  for (const broken of [world, straight])
    for (const { server } of broken.hosts) {
      server.role = 'leader'
      server.currentTerm = term(server.id)
      setLog(server, [entry(1, 1, `${server.id}`)])
    }
  const verdict = watch.after(world)
  expect(verdict).not.toBeNull()
  expect(verdict).toEqual(fresh.after(straight))
}
