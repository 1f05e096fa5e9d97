import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countWhile } from './count-while.ts'

test('as many as there are at the start, in few looks', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer(), (numbers, bound) => {
      const rising = numbers.toSorted((a, b) => a - b)
      let looks = 0
      const found = countWhile(rising, (one) => {
        looks++
        return one <= bound
      })
      expect(found).toBe(rising.filter((one) => one <= bound).length)
      expect(looks).toBeLessThanOrEqual(Math.ceil(Math.log2(rising.length + 1)))
    }),
  )
})
