import { describe, expect, it } from 'vitest'
import type { Loose } from '../raft/test-kit.ts'
import type { Settings } from '../simulation/settings.ts'
import { at, firstLeader, put, setupOf } from '../simulation/test-kit.ts'
import { World } from '../simulation/world.ts'
import type { Violation } from './properties.ts'
import { Watch } from './watch.ts'

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
