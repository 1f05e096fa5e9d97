import { describe, expect, test } from 'vitest'
import { logIndex, micros, serverId } from '../../base/ids.ts'
import type { FactRecord } from '../../simulation/columns.ts'
import { appendedIn } from './moments.ts'
import { columnsIn, columnsOf, sizesFor } from './sizes.ts'

const appended = (event: number, server: number, first: number, last: number): FactRecord => ({
  event,
  at: micros(event),
  cause: -1,
  fact: {
    kind: 'EntriesAppended',
    rule: '§5.3',
    server: serverId(server),
    leader: serverId(1),
    first: logIndex(first),
    last: logIndex(last),
  },
})

describe('the moment a server got an entry', () => {
  const facts = [appended(3, 2, 1, 4), appended(5, 3, 1, 4), appended(8, 2, 3, 3), appended(9, 2, 4, 6)]

  test('is the latest one that covers the index', () => {
    expect(appendedIn(facts, 4, 2, 2)).toBe(3)
    expect(appendedIn(facts, 4, 2, 3)).toBe(8)
    expect(appendedIn(facts, 4, 2, 4)).toBe(9)
  })

  test('lies before the present', () => {
    expect(appendedIn(facts, 2, 2, 3)).toBe(3)
  })

  test('is unknown for what was on the disk', () => {
    expect(appendedIn(facts, 4, 3, 9)).toBeNull()
    expect(appendedIn([], 0, 1, 1)).toBeNull()
  })
})

describe('sizes', () => {
  test('more servers share about the same height', () => {
    expect(sizesFor(528, 5, false).pitch * 5).toBe(195)
    expect(sizesFor(528, 9, false).pitch * 9).toBeLessThanOrEqual(252)
    expect(sizesFor(528, 9, false).pitch).toBeGreaterThanOrEqual(28)
  })

  test('on a low screen the rows are lower, but no name is too small to press', () => {
    expect(sizesFor(466, 5, false, true).pitch).toBeLessThan(sizesFor(466, 5, false).pitch)
    expect(sizesFor(466, 9, false, true).pitch).toBeGreaterThanOrEqual(24)
  })

  test.for([793, 1618])('on a projector of %i pixels the twelve columns of Figure 7 are in view', (width) => {
    const sizes = sizesFor(width, 7, true)
    expect(columnsOf(11, width, sizes)).toBe(12)
    expect(sizes.names + 12 * sizes.column).toBeLessThanOrEqual(width)
    expect(sizes.scale).toBeGreaterThanOrEqual(1.5)
  })

  test('the columns fill the width without making it scroll, and leave one free for nextIndex', () => {
    const sizes = sizesFor(528, 5, false)
    expect(columnsIn(528, sizes)).toBe(11)
    expect(columnsOf(0, 528, sizes)).toBe(10)
    expect(sizes.names + columnsOf(0, 528, sizes) * sizes.column).toBeLessThanOrEqual(528)
    expect(columnsOf(40, 528, sizes)).toBe(41)
  })
})
