import { describe, expect, it } from 'vitest'
import { clientId, logIndex, term } from '../base/ids.ts'
import {
  append,
  type Entry,
  emptyLog,
  entriesBetween,
  entryAt,
  firstIndexOfTerm,
  lastIndex,
  lastIndexOfTerm,
  lastTerm,
  sliceOf,
  termAt,
  truncateFrom,
} from './log.ts'
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
  request: { client: clientId(11), serial: 1 },
})

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
    ['another request', { ...requested('v'), request: { client: clientId(11), serial: 2 } }],
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
