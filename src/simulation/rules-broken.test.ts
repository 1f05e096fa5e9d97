import { describe, expect, it } from 'vitest'
import { serverId } from '../base/ids.ts'
import { rulesBroken } from './rules-broken.ts'
import type { Intervention } from './script.ts'
import type { Settings } from './settings.ts'
import { at, setupOf } from './test-kit.ts'

const isBroken = (
  settings: Partial<Settings>,
  acts: readonly Intervention[] = [],
  scriptDone = acts.length,
) => rulesBroken({ setup: setupOf({ settings, script: acts.map((act, i) => at(i, act)) }), scriptDone })

const change = (settings: Partial<Settings>): Intervention => ({ kind: 'Change', settings })

describe('a run is outside of what Raft relies on', () => {
  it.each<[Partial<Settings>, boolean]>([
    [{}, false],
    [{ sessions: false, reads: 'local' }, false],
    [{ forgetVote: true }, true],
    [{ membership: 'jump' }, true],
    [{ membership: 'single', changeAfterOwnEntry: false }, true],
    [{ membership: 'joint', changeAfterOwnEntry: false }, false],
  ])('%j: %s', (settings, broken) => {
    expect(isBroken(settings)).toBe(broken)
    expect(isBroken({}, [change(settings)])).toBe(broken)
  })

  it('once a disk has lost something', () => {
    const act = { kind: 'RestartWithout', server: serverId(1), loses: 'vote' } as const
    expect(isBroken({}, [act], 0)).toBe(false)
    expect(isBroken({}, [act])).toBe(true)
  })

  it('for good, though the rule is kept again; not before it was broken', () => {
    const acts = [change({ voteTwice: true }), change({ voteTwice: false })]
    expect([0, 1, 2].map((done) => isBroken({}, acts, done))).toEqual([false, true, true])
  })

  it('by two changes that are harmless alone', () => {
    const joint = { membership: 'joint' } as const
    expect(isBroken(joint, [change({ changeAfterOwnEntry: false })])).toBe(false)
    const acts = [change({ changeAfterOwnEntry: false }), change({ membership: 'single' })]
    expect(isBroken(joint, acts)).toBe(true)
  })
})
