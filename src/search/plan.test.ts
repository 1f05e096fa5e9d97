import { expect, test } from 'vitest'
import { defaultSettings, type Settings } from '../simulation/settings.ts'
import { Draws } from './draws.ts'
import { SWIFT } from './guidance.ts'
import { planOf, type Target } from './plan.ts'

/** What the settings come to be in a hundred plans that may be helped so. */
function valuesOf<Key extends keyof Settings>(
  key: Key,
  chosen: Partial<Settings>,
  helps: Target['helps'],
): Set<Settings[Key]> {
  const plans = Array.from({ length: 100 }, (_, i) =>
    planOf(new Draws(1, i), { ...defaultSettings, ...chosen }, [{ aim: 'retries', helps, beyond: [] }]),
  )
  return new Set(plans.map(({ settings }) => settings[key]))
}

const HELPS = [{ snapshotAt: 2 }, { reads: 'readIndex' }] as const

test('what helps is there mostly', () => {
  expect(valuesOf('snapshotAt', {}, HELPS)).toEqual(new Set([0, 2]))
  expect(valuesOf('reads', {}, HELPS)).toEqual(new Set(['log', 'readIndex']))
})

test('what somebody has chosen stays, and the rest is helped all the same', () => {
  const chosen = { snapshotAt: 5 }
  expect(valuesOf('snapshotAt', chosen, HELPS)).toEqual(new Set([5]))
  expect(valuesOf('reads', chosen, HELPS)).toEqual(new Set(['log', 'readIndex']))
})

test('what helps only together is left out together', () => {
  const { latencyMin, latencyMax } = defaultSettings
  const chosen = { latencyMin: latencyMax }
  expect(valuesOf('latencyMax', chosen, [SWIFT])).toEqual(new Set([latencyMax]))
  expect(valuesOf('latencyMax', { latencyMin }, [SWIFT])).toEqual(new Set([latencyMax, SWIFT.latencyMax]))
})
