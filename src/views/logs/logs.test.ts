import { describe, expect, test } from 'vitest'
import { logIndex, micros, serverId, term } from '../../base/ids.ts'
import type { FactRecord } from '../../simulation/columns.ts'
import type { ServerFrame } from '../../worker/protocol.ts'
import { appendedIn, compactedIn } from './moments.ts'
import { placeAfter } from './places.ts'
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

describe('a log that stands on a snapshot (§7)', () => {
  const record = (event: number, fact: FactRecord['fact']): FactRecord => ({
    event,
    at: micros(event),
    cause: -1,
    fact,
  })
  const [s1, rule] = [serverId(1), '§7'] as const
  const facts = [
    record(3, {
      kind: 'SnapshotTaken',
      server: s1,
      rule,
      first: logIndex(1),
      last: logIndex(4),
      bytes: 40,
    }),
    record(8, {
      kind: 'SnapshotInstalled',
      server: s1,
      rule,
      leader: serverId(2),
      lastIncludedIndex: logIndex(9),
      lastIncludedTerm: term(2),
      kept: 0,
      dropped: 1,
    }),
    record(9, { kind: 'NoOpAppended', server: s1, rule: '§8', index: logIndex(10), term: term(3) }),
  ]

  test('its block leads to where it was taken or put in place', () => {
    expect(compactedIn(facts, 3, 1, 4)).toBe(3)
    expect(compactedIn(facts, 3, 1, 9)).toBe(8)
    expect(compactedIn(facts, 3, 2, 9)).toBeNull()
  })

  test('entries that are no commands have their moment too', () => {
    expect(appendedIn(facts, 3, 1, 10)).toBe(9)
  })

  test('the keyboard goes no further back than the block', () => {
    const servers = [
      { id: s1, lastIndex: logIndex(12), snapshot: { lastIncludedIndex: logIndex(9) } },
      { id: serverId(2), lastIndex: logIndex(12), snapshot: null },
    ] as ServerFrame[]
    expect(placeAfter('Home', { server: 1, index: 11 }, false, servers)).toEqual({ server: 1, index: 9 })
    expect(placeAfter('ArrowUp', { server: 2, index: 3 }, false, servers)).toEqual({ server: 1, index: 9 })
    expect(placeAfter('Home', { server: 2, index: 3 }, false, servers)).toEqual({ server: 2, index: 1 })
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
