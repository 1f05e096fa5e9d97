import { describe, expect, it } from 'vitest'
import { clientId, logIndex, term } from '../base/ids.ts'
import {
  append,
  compactTo,
  type Entry,
  emptyLog,
  entriesBetween,
  entryAt,
  firstIndex,
  firstIndexOfTerm,
  lastIndex,
  lastIndexOfTerm,
  lastTerm,
  logAfter,
  sliceOf,
  termAt,
  truncateFrom,
} from './log.ts'
import type { RequestId } from './messages.ts'
import { entriesOf, logOf, termsOf } from './test-kit.ts'

const entry = (digit: string, index: number) => entriesOf(digit, index)[0] as ReturnType<typeof entryAt>

describe('a log (§5.3)', () => {
  it('counts from 1, and has term 0 before its first entry', () => {
    const log = logOf('1123')
    expect([lastIndex(log), lastTerm(log), termAt(log, logIndex(0)), termAt(log, logIndex(3))]).toEqual([
      4, 3, 0, 2,
    ])
    expect([lastIndex(emptyLog()), lastTerm(emptyLog())]).toEqual([0, 0])
  })

  it.each([0, 5])('has no entry %i', (index) => {
    expect(() => entryAt(logOf('1123'), logIndex(index))).toThrow('Assertion failed')
  })

  it('takes entries only in order', () => {
    expect(() => append(logOf('11'), entry('1', 4))).toThrow('in order')
  })

  it('gives a stretch of entries, and none from behind its end', () => {
    const log = logOf('1123')
    truncateFrom(log, logIndex(4))
    const stretch = (from: number, to: number) =>
      entriesBetween(log, logIndex(from), logIndex(to)).map(({ index }) => index)
    expect([stretch(2, 3), stretch(3, 9), stretch(4, 9), stretch(3, 2)]).toEqual([[2, 3], [3], [], []])
  })

  it.each([
    ['1122233', 7, 6],
    ['1122233', 4, 3],
    ['1122233', 1, 1],
    ['1111', 4, 1],
  ])('in %s the run of entry %i begins at %i', (terms, index, first) => {
    expect(firstIndexOfTerm(logOf(terms), logIndex(index))).toBe(first)
  })

  it.each([
    ['1122244', 2, 7, 5],
    ['1122244', 2, 4, 4],
    ['1122244', 2, 2, null],
    ['1122244', 3, 7, null],
    ['1122244', 4, 99, 7],
    ['', 1, 3, null],
  ])('in %s the last entry of term %i up to %i is %s', (terms, wanted, from, last) => {
    expect(lastIndexOfTerm(logOf(terms), term(wanted), logIndex(from))).toBe(last)
  })
})

/** A third entry that came from a client. */
const requested = (value: string): Entry => ({
  index: logIndex(3),
  term: term(2),
  command: { kind: 'Put', key: 'x', value },
  request: { client: clientId(11), serial: 1, session: null, firstOpen: 1 },
})

const ofRequest = (other: Partial<RequestId>): Entry => {
  const entry = requested('v')
  return { ...entry, request: entry.request && { ...entry.request, ...other } }
}

describe('holders of one log do not disturb each other', () => {
  it('one appends, the other keeps its end', () => {
    const log = logOf('11')
    const kept = sliceOf(log)
    append(log, entry('2', 3))
    expect([termsOf(log), termsOf(kept)]).toEqual(['112', '11'])
  })

  it('both append, each its own', () => {
    const log = logOf('11')
    const other = sliceOf(log)
    append(log, entry('2', 3))
    append(other, entry('3', 3))
    expect([termsOf(log), termsOf(other)]).toEqual(['112', '113'])
  })

  it('one erases and writes anew, the other keeps what was', () => {
    const log = logOf('1122')
    const kept = sliceOf(log)
    truncateFrom(log, logIndex(3))
    append(log, entry('3', 3))
    append(log, entry('3', 4))
    expect([termsOf(log), termsOf(kept)]).toEqual(['1133', '1122'])
  })

  it('both append the same, and share it', () => {
    const log = logOf('11')
    const other = sliceOf(log)
    append(log, requested('v'))
    append(other, requested('v'))
    expect(other).toEqual(log)
    expect(other.buffer).toBe(log.buffer)
  })

  it.each([
    ['another value', requested('w')],
    ['another request', ofRequest({ serial: 2 })],
    ['another client', ofRequest({ client: clientId(12) })],
    ['another session', ofRequest({ session: logIndex(1) })],
    ['other open requests', ofRequest({ firstOpen: 0 })],
    ['no request', { ...requested('v'), request: null }],
    ['another term', { ...requested('v'), term: term(3) }],
  ])('both append, alike but for %s, each its own', (_, entry) => {
    const log = logOf('11')
    const other = sliceOf(log)
    append(log, requested('v'))
    append(other, entry)
    expect([log.buffer[2], other.buffer[2]]).toEqual([requested('v'), entry])
  })
})

/** A log whose first `base` entries a snapshot stands for. */
function compacted(terms: string, base: number) {
  const log = logOf(terms)
  compactTo(log, logIndex(base))
  return log
}

describe('a log that stands on a snapshot (§7)', () => {
  it.each([
    { terms: '1123', base: 2, after: '23', last: [4, 3], first: 3 },
    { terms: '1123', base: 3, after: '3', last: [4, 3], first: 4 },
    { terms: '1123', base: 4, after: '', last: [4, 3], first: 5 },
  ])('$terms up to $base: what stays is $after, and its end is where it was', (row) => {
    const log = compacted(row.terms, row.base)
    expect(termsOf(log)).toBe(row.after)
    expect([lastIndex(log), lastTerm(log)]).toEqual(row.last)
    expect(firstIndex(log)).toBe(row.first)
  })

  it('knows the term of the last entry that the snapshot stands for, and of none before', () => {
    const log = compacted('1123', 3)
    expect([termAt(log, logIndex(3)), termAt(log, logIndex(4))]).toEqual([2, 3])
    for (const gone of [0, 1, 2]) expect(() => termAt(log, logIndex(gone))).toThrow('Assertion failed')
    expect(() => entryAt(log, logIndex(3))).toThrow('Assertion failed')
  })

  it('is compacted again, from where it stands', () => {
    const log = compacted('112345', 2)
    compactTo(log, logIndex(4))
    expect([log.base, log.baseTerm, termsOf(log), entryAt(log, logIndex(5)).index]).toEqual([4, 3, '45', 5])
    for (const nothing of [4, 7])
      expect(() => compactTo(log, logIndex(nothing))).toThrow('something to compact')
  })

  it('goes on behind it', () => {
    const log = logAfter(logIndex(4), term(3))
    expect([lastIndex(log), lastTerm(log)]).toEqual([4, 3])
    expect(() => append(log, entry('3', 4))).toThrow('in order')
    append(log, entry('3', 5))
    expect([termsOf(log), entryAt(log, logIndex(5)).index]).toEqual(['3', 5])
  })

  it('loses what follows, never what the snapshot stands for', () => {
    const log = compacted('1123', 2)
    expect(() => truncateFrom(log, logIndex(2))).toThrow('something to remove')
    truncateFrom(log, logIndex(3))
    expect([lastIndex(log), lastTerm(log)]).toEqual([2, 1])
  })

  it.each([
    [1, 9, [4, 5, 6]],
    [4, 5, [4, 5]],
    [5, 6, [5, 6]],
    [1, 3, []],
    [2, 4, [4]],
    [7, 9, []],
  ])('of entries %i to %i it gives those that it has: %j', (from, to, found) => {
    const indices = entriesBetween(compacted('112334', 3), logIndex(from), logIndex(to))
    expect(indices.map(({ index }) => index)).toEqual(found)
  })

  it.each([
    ['112222', 3, 6, 4, 'the snapshot hides where the term began'],
    ['112233', 2, 4, 3, 'a term that begins right behind it'],
    ['112233', 3, 6, 5, 'a term that begins further on'],
    ['112233', 3, 3, 3, 'the place of the snapshot itself'],
  ])('in %s, compacted to %i, the run of entry %i begins at %i: %s', (terms, base, index, first) => {
    expect(firstIndexOfTerm(compacted(terms, base), logIndex(index))).toBe(first)
  })

  it.each([
    { terms: '112244', base: 3, wanted: 2, from: 6, last: 4, why: 'behind the snapshot' },
    { terms: '112244', base: 4, wanted: 2, from: 6, last: 4, why: 'the last that the snapshot stands for' },
    { terms: '112244', base: 4, wanted: 1, from: 6, last: null, why: 'hidden in it' },
    { terms: '112244', base: 4, wanted: 3, from: 6, last: null, why: 'there is none' },
    { terms: '112244', base: 4, wanted: 2, from: 3, last: null, why: 'the search begins in front of it' },
    { terms: '112244', base: 6, wanted: 4, from: 6, last: 6, why: 'nothing but the snapshot' },
  ])('in $terms, compacted to $base, the last of term $wanted up to $from is $last: $why', (row) => {
    const found = lastIndexOfTerm(compacted(row.terms, row.base), term(row.wanted), logIndex(row.from))
    expect(found).toBe(row.last)
  })

  it('one holder compacts, appends and erases; the other keeps what was', () => {
    const log = logOf('1122')
    const kept = sliceOf(log)
    compactTo(log, logIndex(2))
    append(log, entry('3', 5))
    expect([termsOf(log), termsOf(kept), kept.base]).toEqual(['223', '1122', 0])
    truncateFrom(log, logIndex(3))
    append(log, entry('4', 3))
    expect([termsOf(log), termsOf(kept)]).toEqual(['4', '1122'])
  })

  it('entries behind a shortened slice do not come back with compaction', () => {
    const log = logOf('112222')
    truncateFrom(log, logIndex(5))
    compactTo(log, logIndex(2))
    append(log, entry('3', 5))
    expect([termsOf(log), lastIndex(log)]).toEqual(['223', 5])
  })
})
