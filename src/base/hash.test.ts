import { describe, expect, it } from 'vitest'
import { Hash } from './hash.ts'

const of = (fill: (hash: Hash) => Hash): number => fill(new Hash()).value()

describe('a hash', () => {
  it('of the same values is the same', () => {
    const fill = (hash: Hash) => hash.number(7).string('x').boolean(true).number(null)
    expect(of(fill)).toBe(of(fill))
  })

  it('tells values, kinds, order and ends apart', () => {
    const hashes = [
      of((hash) => hash),
      of((hash) => hash.number(0)),
      of((hash) => hash.number(1)),
      of((hash) => hash.number(-1)),
      of((hash) => hash.number(null)),
      of((hash) => hash.number(Infinity)),
      of((hash) => hash.number(2 ** 32)),
      of((hash) => hash.number(2 ** 32 + 1)),
      of((hash) => hash.number(2 ** 52)),
      of((hash) => hash.string('')),
      of((hash) => hash.string('a')),
      of((hash) => hash.string('ab')),
      of((hash) => hash.string('a').string('b')),
      of((hash) => hash.string('b').string('a')),
      of((hash) => hash.boolean(true)),
      of((hash) => hash.boolean(false)),
    ]
    expect(new Set(hashes).size).toBe(hashes.length)
  })

  it('of a hundred thousand neighbours collides hardly ever', () => {
    const seen = new Set<number>()
    for (let i = 0; i < 100_000; i++) seen.add(of((hash) => hash.number(i).number(i * 3)))
    expect(seen.size).toBeGreaterThan(99_980)
  })
})
