import { describe, expect, test } from 'vitest'
import { millis, serverId } from '../base/ids.ts'
import { contradiction } from './consistency.ts'
import { fresh } from './fresh.ts'
import { figure7 } from './library/figure-7.ts'
import { figure8d } from './library/figure-8.ts'
import { disk } from './library/script.ts'
import type { Scenario } from './scenario.ts'

/** A cluster that begins with these logs, each server in the term named. */
function starting(...servers: readonly (readonly [currentTerm: number, log: string])[]): Scenario {
  const initial = servers.map(([currentTerm, log]) => disk(currentTerm, null, log))
  return { ...fresh, servers: servers.length, initial }
}

describe('an entry is of a term that a majority was in, or it had no leader (§5.2)', () => {
  const needed = 'but a log has an entry of it: its leader would have needed the votes of a majority.'
  test.each([
    [starting([2, '2'], [1, ''], [1, '']), `Only 1 of 3 servers have reached term 2, ${needed}`],
    [starting([2, '2'], [2, '2'], [1, ''], [1, '1']), `Only 2 of 4 servers have reached term 2, ${needed}`],
    [starting([5, '113'], [2, '11'], [2, '12']), `Only 1 of 3 servers have reached term 3, ${needed}`],
  ])('refused: %#', (scenario, sentence) => {
    expect(contradiction(scenario)).toBe(sentence)
  })

  test.each([
    ['of whom a minority never heard', starting([2, '2'], [2, ''], [1, ''])],
    ['that later terms followed', starting([2, '2'], [7, ''], [1, ''])],
    ['that nobody has an entry of', starting([9, '1'], [1, ''], [1, ''])],
    ['of a cluster of one', starting([3, '123'])],
    ['of Figure 7', figure7],
    ['of Figure 8', figure8d],
  ])('accepted: a term %s', (_, scenario) => {
    expect(contradiction(scenario)).toBeNull()
  })
})

describe('a server that the script adds can be selected', () => {
  const add = { kind: 'ChangeMembers', add: [serverId(6)], remove: [] } as const
  const selection = { kind: 'server', server: serverId(6) } as const
  const selecting = (script: Scenario['script']) =>
    contradiction({ ...fresh, script, view: { ...fresh.view, selection } })

  test('once it is in the script, and not otherwise', () => {
    expect(selecting([{ at: millis(10), skip: 0, act: add }])).toBeNull()
    expect(selecting([])).toBe('view.selection: there is no S6 in a cluster of 5.')
  })
})
