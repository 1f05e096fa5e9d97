import { expect, it } from 'vitest'
import { weightOf } from '../simulation/notable.ts'
import { at, firstLeader, put, Run } from '../simulation/test-kit.ts'
import { plain } from './sentence.ts'
import { tell } from './tell.ts'

/** Sentences of many small runs in which everything happens. */
function told(seed: number) {
  const settings = {
    clientRate: 20,
    loss: 50_000,
    duplicate: 50_000,
    reorder: 50_000,
    clientPatience: 600_000,
  }
  const script = [
    ...firstLeader,
    at(300, {
      kind: 'Partition',
      groups: [
        [1, 2],
        [3, 4, 5],
      ],
    }),
    at(400, put('7', 3)),
    at(600, { kind: 'Pause', server: 4 }),
    at(800, { kind: 'Heal' }),
    at(900, { kind: 'Crash', server: 1 }),
    at(950, { kind: 'Resume', server: 4 }),
    at(1200, { kind: 'Restart', server: 1 }),
    at(1300, { kind: 'SetClock', server: 2, rate: 1500 }),
  ] as const
  return new Run({ seed, servers: 5, settings, script }).until(2000).facts
}

it('every sentence of a run reads well, and weighs what the history takes it for', () => {
  const kinds = new Set<string>()
  for (let seed = 1; seed <= 20; seed++) {
    for (const { fact } of told(seed)) {
      const sentence = tell(fact)
      const text = plain(sentence)
      kinds.add(fact.kind)
      expect(text).toMatch(/^[A-Z][^'"]*\.( (§[\d.]+|Fig\. \d))?$/)
      expect(text).not.toMatch(/undefined|NaN|null|Infinity| {2}|\.\.|\bS0\b|[^\d§.]\d+-\d/)
      expect(text.length).toBeLessThan(160)
      expect(sentence.weight).toBe(weightOf(fact))
      expect(sentence.parts.filter((part) => part.strong).length).toBeLessThanOrEqual(1)
    }
  }
  expect(kinds.size).toBeGreaterThan(40)
})
