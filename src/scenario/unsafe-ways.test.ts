import { describe, expect, it } from 'vitest'
import { defaultSettings, section5Defaults } from '../simulation/settings.ts'
import { settingRow } from './settings-table.ts'
import { brokenWays, isBroken, UNSAFE_WAYS } from './unsafe-ways.ts'

const STEADY = [1000, 1000, 1000]
const APART = [1000, 900, 1000]
const labels = (settings: object, clocks: readonly number[] = STEADY) =>
  brokenWays({ ...defaultSettings, ...settings }, clocks).map(({ id }) => id)

describe('the ways to break what Raft promises', () => {
  it('have names that commands know', () => {
    expect(UNSAFE_WAYS.map(({ id }) => id)).toEqual([
      'vote-without-comparing',
      'vote-twice',
      'forget-vote',
      'forget-term',
      'commit-old-terms',
      'truncate-always',
      'skip-consistency-check',
      'count-minority',
      'apply-uncommitted',
      'read-before-own-entry',
      'ignore-snapshot-boundary',
      'accept-stale-snapshot',
      'keep-old-votes',
      'ignore-terms-in-replies',
      'jump-between-configurations',
      'change-before-own-entry',
      'read-locally',
      'drifting-clocks',
      'no-sessions',
    ])
  })

  it.each(UNSAFE_WAYS)('$id: is broken, and kept, by its settings', (way) => {
    expect(isBroken(way, { ...defaultSettings, ...way.broken }, APART)).toBe(true)
    expect(isBroken(way, { ...defaultSettings, ...way.broken, ...way.kept }, APART)).toBe(false)
    expect(Object.keys(way.kept)).toEqual([way.key])
    expect(settingRow(way.key).key).toBe(way.key)
    expect(way.about).toMatch(/\.$/)
  })

  it('are counted while they are broken', () => {
    expect(labels({})).toEqual([])
    expect(labels({ voteTwice: true, reads: 'local' })).toEqual(['vote-twice', 'read-locally'])
    expect(labels({ reads: 'lease' })).toEqual([])
    expect(labels({ reads: 'lease' }, APART)).toEqual(['drifting-clocks'])
    expect(labels({ membership: 'joint', changeAfterOwnEntry: false })).toEqual([])
    expect(brokenWays(section5Defaults, STEADY)).toEqual([])
  })
})
