import { describe, expect, it } from 'vitest'
import type { Loose } from '../raft/test-kit.ts'
import type { Settings } from '../simulation/settings.ts'
import { at, firstLeader, put, setupOf } from '../simulation/test-kit.ts'
import { World } from '../simulation/world.ts'
import type { Violation } from './properties.ts'
import { Watch } from './watch.ts'

/** All that is found broken, in its order, with what ends the run as the last. */
function allFound(
  settings: Partial<Loose<Settings>>,
  script: readonly ReturnType<typeof at>[],
  until: number,
): Violation[] {
  const world = new World(setupOf({ settings, script }))
  const watch = new Watch(world)
  const found: Violation[] = []
  while (world.nextAt() <= until * 1000 && world.advance()) {
    const violation = watch.after(world)
    found.push(...watch.noted)
    if (violation !== null) return [...found, violation]
  }
  return found
}

/** The first promise that is broken within so many milliseconds, too few copies aside; `null` if all hold. */
function judged(
  settings: Partial<Loose<Settings>>,
  script: readonly ReturnType<typeof at>[],
  until = 1000,
): Violation | null {
  const world = new World(setupOf({ settings, script }))
  const watch = new Watch(world)
  while (world.nextAt() <= until * 1000 && world.advance()) {
    const violation = watch.after(world)
    const noted = watch.noted.find(({ kind }) => kind !== 'CommittedStays')
    if (violation !== null || noted !== undefined) return violation ?? noted ?? null
  }
  return null
}

const restart = (server: number) => [at(100, { kind: 'Crash', server }), at(110, { kind: 'Restart', server })]

describe('what a server forgets on a restart is the server’s doing, not a fault of its disk', () => {
  it('its vote (Figure 2)', () => {
    const script = [...firstLeader, ...restart(2)]
    expect(judged({ forgetVote: true }, script)).toMatchObject({
      kind: 'OneVote',
      servers: [2],
      votedFor: null,
    })
    expect(judged({ forgetVote: false }, script)).toBeNull()
  })

  it('its term (§5.1)', () => {
    const script = [...firstLeader, at(60, put('a')), ...restart(3)]
    expect(judged({ forgetTerm: true }, script)).toMatchObject({ kind: 'TermsRise', was: 1, term: 0 })
    expect(judged({ forgetTerm: false }, script)).toBeNull()
  })

  it('but nothing at its first start, whatever its disk holds', () => {
    const settings = { forgetTerm: true, forgetVote: true }
    const world = new World(setupOf({ settings, logs: ['11', '11', '1'] }))
    expect(new Watch(world).atStart).toBeNull()
    expect(world.hosts.map(({ server }) => server.currentTerm)).toEqual([1, 1, 1])
  })
})

describe('a rule that is broken in mid-run counts from then on', () => {
  it.each([
    [{ applyUncommitted: true }, 'IndexOrder'],
    [{ countMinority: true }, 'LeaderCompleteness'],
  ] as const)('%j', (broken, kind) => {
    const partition = at(150, { kind: 'Partition', groups: [[1], [2], [3]] })
    const stand = [at(400, { kind: 'TimeOut', server: 2 }), at(400, { kind: 'TimeOut', server: 3 })]
    const script = [
      ...firstLeader,
      at(100, put('a')),
      partition,
      at(300, { kind: 'Change', settings: broken }),
    ]
    script.push(at(310, put('b')), ...stand)
    const found = judged({}, script)
    expect(found?.kind).toBe(kind)
    expect(found?.at).toBeGreaterThan(300_000)
    expect(judged({}, script.slice(0, 3))).toBeNull()
  })
})

const timeOut = (ms: number, server: number) => at(ms, { kind: 'TimeOut', server })
const isolate = (ms: number, server: number) => at(ms, { kind: 'Isolate', server })
const mend = (ms: number, a: number, b: number) => [
  at(ms, { kind: 'Mend', from: a, to: b }),
  at(ms, { kind: 'Mend', from: b, to: a }),
]
const loseDisk = (ms: number, server: number) => [
  at(ms, { kind: 'Crash', server }),
  at(ms + 5, { kind: 'RestartWithout', server, loses: 'disk' }),
]

describe('what is applied before it is committed', () => {
  const deposed = [timeOut(10, 1), isolate(60, 1), at(62, put('a')), timeOut(150, 2)]

  it('binds no later leader, as nobody took it for committed (§5.4)', () => {
    const script = [...deposed, at(210, put('b', 2))]
    const found = allFound({ applyUncommitted: true }, script, 600)
    expect(found.map(({ kind }) => kind)).toEqual(['IndexOrder', 'StateMachineSafety'])
    expect(found.at(-1)).toMatchObject({ servers: [2, 1], index: 1, mine: 2, theirs: 1 })
  })

  it('need not be on a majority of disks, until it is committed', () => {
    expect(allFound({ applyUncommitted: true }, deposed, 600).map(({ kind }) => kind)).toEqual(['IndexOrder'])
    const lost = [timeOut(10, 1), at(60, put('a')), ...loseDisk(300, 2), ...loseDisk(300, 3)]
    lost.splice(2, 0, isolate(200, 2), isolate(200, 3))
    expect(allFound({ applyUncommitted: true }, lost, 320)).toMatchObject([
      { kind: 'IndexOrder' },
      { kind: 'CommittedStays', index: 1, servers: [3] },
    ])
  })
})

describe('a term that is entered again', () => {
  it('finds the vote that was given in it (§5.2)', () => {
    const script = [
      at(1, { kind: 'Cut', from: 1, to: 3 }),
      timeOut(10, 1),
      isolate(40, 1),
      at(60, { kind: 'Crash', server: 2 }),
      at(65, { kind: 'Restart', server: 2 }),
      timeOut(80, 3),
    ]
    expect(allFound({ forgetTerm: true }, script, 150)).toMatchObject([
      { kind: 'TermsRise', servers: [2], was: 1, term: 0 },
      { kind: 'OneVote', servers: [2], term: 1, was: 1, votedFor: 3 },
      { kind: 'ElectionSafety', servers: [3, 1], term: 1 },
    ])
    // That it has no vote there any more is the disk's doing, not the server's.
    const faulty = script.map((item) =>
      item.act.kind === 'Restart' ? at(65, { kind: 'RestartWithout', server: 2, loses: 'vote' }) : item,
    )
    expect(allFound({}, faulty, 150).map(({ kind }) => kind)).toEqual(['ElectionSafety'])
  })

  it('finds its leader elected again, with another log (§5.4)', () => {
    const script = [
      isolate(1, 3),
      timeOut(10, 2),
      at(60, put('a', 2)),
      timeOut(150, 1),
      at(195, { kind: 'Crash', server: 2 }),
      ...loseDisk(195, 1),
      ...mend(201, 3, 1),
      at(202, { kind: 'Crash', server: 3 }),
      at(203, { kind: 'Restart', server: 3 }),
      timeOut(204, 1),
      timeOut(205, 1),
    ]
    expect(allFound({}, script, 300).at(-1)).toMatchObject({
      kind: 'LeaderCompleteness',
      servers: [1, 2],
      term: 2,
      index: 1,
      committedIn: 1,
      found: null,
    })
  })
})

describe('a committed entry on too few disks', () => {
  const minority = at(400, { kind: 'Change', settings: { countMinority: true } })
  const few = (script: readonly ReturnType<typeof at>[]) =>
    allFound({}, script, 700).filter(({ kind }) => kind === 'CommittedStays')

  it('is not excused by a disk that had lost something else before', () => {
    const script = [timeOut(10, 1), ...loseDisk(60, 2), isolate(390, 2), isolate(390, 3)]
    expect(few([...script, minority, at(410, put('a'))])).toMatchObject([{ index: 1, outside: false }])
  })

  it('is reported although another was lost by disks before', () => {
    const script = [timeOut(10, 1), at(60, put('a')), isolate(190, 2), isolate(190, 3)]
    script.push(...loseDisk(200, 2), ...loseDisk(210, 3))
    script.push(at(220, { kind: 'Crash', server: 2 }), at(220, { kind: 'Crash', server: 3 }))
    expect(few([...script, minority, at(410, put('b'))])).toMatchObject([
      { index: 1, outside: true },
      { index: 2, outside: false, servers: [1] },
    ])
  })
})
