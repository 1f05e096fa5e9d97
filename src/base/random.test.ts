import { describe, expect, it } from 'vitest'
import { draw, drawBetween, drawChance, Purpose } from './random.ts'

const many = Array.from({ length: 100_000 }, (_, n) => n)

describe('draws', () => {
  it('depend on their key alone', () => {
    expect(draw(7, Purpose.Latency, 3, 5)).toBe(draw(7, Purpose.Latency, 3, 5))
  })

  it('stay what they are: shared links depend on them', () => {
    expect([
      draw(0, Purpose.ElectionTimeout, 1, 0),
      draw(7, Purpose.Latency, 18, 1),
      draw(4294967295, 9, 12, 40),
    ]).toEqual([4002904712, 3974049045, 2501059484])
  })

  it('change with every part of the key', () => {
    const draws = [draw(7, 2, 3, 5), draw(8, 2, 3, 5), draw(7, 3, 3, 5), draw(7, 2, 4, 5), draw(7, 2, 3, 6)]
    expect(new Set(draws).size).toBe(5)
  })

  it.each([
    ['n', (i: number) => draw(7, Purpose.Latency, 3, i)],
    ['who', (i: number) => draw(7, Purpose.Latency, i, 5)],
    ['seed', (i: number) => draw(i, Purpose.Latency, 3, 5)],
  ])('are whole 32-bit numbers, even over the range, as %s goes up', (_, of) => {
    const parts = new Array<number>(16).fill(0)
    for (const i of many) {
      const value = of(i)
      if (!Number.isInteger(value) || value < 0 || value > 0xffffffff) expect(value).toBe('a 32-bit number')
      const part = Math.floor(value / 2 ** 28)
      parts[part] = (parts[part] ?? 0) + 1
    }
    // 6250 in each are expected, with a standard deviation of 77.
    for (const count of parts) expect(Math.abs(count - 6250)).toBeLessThan(400)
  })

  it('of neighbours are not alike: half of the bits differ', () => {
    let bits = 0
    for (const n of many) {
      let differ = draw(7, Purpose.Latency, 3, n) ^ draw(7, Purpose.Latency, 3, n + 1)
      for (; differ !== 0; differ &= differ - 1) bits++
    }
    expect(Math.abs(bits / many.length - 16)).toBeLessThan(0.1)
  })
})

describe('drawBetween', () => {
  it('reaches both ends and nothing beyond', () => {
    const values = new Set(many.map((n) => drawBetween(7, Purpose.Latency, 3, n, 10, 14)))
    expect([...values].sort()).toEqual([10, 11, 12, 13, 14])
  })

  it('gives the one value of an empty range', () => {
    expect(drawBetween(7, Purpose.Latency, 3, 1, 10, 10)).toBe(10)
  })
})

describe('drawChance', () => {
  it.each([0, 1000, 250_000, 999_999, 1_000_000])('is true %i times in a million', (parts) => {
    const hits = many.filter((n) => drawChance(7, Purpose.Loss, 3, n, parts)).length
    expect(Math.abs(hits - parts / 10)).toBeLessThan(parts === 0 || parts === 1_000_000 ? 1 : 600)
  })
})
