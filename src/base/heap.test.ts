import { describe, expect, it } from 'vitest'
import { Heap, type Timed } from './heap.ts'
import { drawBetween, Purpose } from './random.ts'

const some = (count: number, seed: number): Timed[] =>
  Array.from({ length: count }, (_, seq) => ({
    at: drawBetween(seed, Purpose.Latency, 1, seq, 0, count / 3),
    seq,
  }))

const byTime = (a: Timed, b: Timed) => a.at - b.at || a.seq - b.seq

function drain(heap: Heap<Timed>): Timed[] {
  const out: Timed[] = []
  for (let item = heap.pop(); item !== undefined; item = heap.pop()) out.push(item)
  return out
}

describe('a heap', () => {
  it.each([0, 1, 2, 3, 10, 100, 1000])(
    'gives %i items back by time, and by seq where times are equal',
    (count) => {
      for (let seed = 1; seed <= 10; seed++) {
        const items = some(count, seed)
        const heap = new Heap<Timed>()
        for (const item of items) heap.push(item)
        expect(drain(heap)).toEqual(items.sort(byTime))
      }
    },
  )

  it('keeps the order while items come and go', () => {
    const heap = new Heap<Timed>()
    let kept: Timed[] = []
    for (const item of some(500, 7)) {
      heap.push(item)
      kept = [...kept, item].sort(byTime)
      expect(heap.peek()).toBe(kept[0])
      if (item.seq % 3 === 0) expect(heap.pop()).toBe(kept.shift())
      expect(heap.size).toBe(kept.length)
    }
  })

  it('can be rewritten: items change, items go, and the order holds', () => {
    const heap = new Heap<Timed>()
    for (const item of some(100, 3)) heap.push(item)
    heap.rewrite((item) => (item.seq % 2 === 0 ? { ...item, at: 100 - item.at } : null))
    const all = drain(heap)
    expect(all).toHaveLength(50)
    expect(all).toEqual([...all].sort(byTime))
  })

  it.each([0, 1, 7, 99, 100, 200])('tells the %i earliest, and stays as it is', (count) => {
    const heap = new Heap<Timed>()
    const items = some(100, 3)
    for (const item of items) heap.push(item)
    expect(heap.first(count)).toEqual([...items].sort(byTime).slice(0, count))
    expect(drain(heap)).toEqual([...items].sort(byTime))
  })

  it('and its copy do not disturb each other', () => {
    const heap = new Heap<Timed>()
    for (const item of some(10, 3)) heap.push(item)
    const copy = heap.copy()
    drain(heap)
    expect([heap.size, copy.size]).toEqual([0, 10])
  })
})
