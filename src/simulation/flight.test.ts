import { describe, expect, it } from 'vitest'
import { micros } from '../base/ids.ts'
import { requestVote } from '../raft/test-kit.ts'
import { type Flight, placeAt, planned, reaches, WALL, WHOLE_WAY } from './flight.ts'

/** On its way from 1000 to 21,000 µs. */
const flight = (lossPlace = 0): Flight => ({
  at: micros(21_000),
  seq: 1,
  name: { from: 1, to: 2, n: 1, copy: 0 },
  message: requestVote({}),
  sentAt: micros(1000),
  cause: 0,
  serial: 0,
  copies: 0,
  legAt: micros(1000),
  legFrom: 0,
  arrivesAt: micros(21_000),
  lossPlace,
  lost: null,
})

describe('a message moves evenly', () => {
  it.each([
    [1000, 0],
    [6000, 250_000],
    [11_000, WALL],
    [21_000, WHOLE_WAY],
    [99_000, WHOLE_WAY],
  ])('at %i µs it has come to %i', (now, place) => {
    expect(placeAt(flight(), micros(now))).toBe(place)
    if (now <= 21_000) expect(reaches(flight(), place)).toBe(now)
  })
})

describe('what ends a message is what it meets first', () => {
  it.each([
    { lossPlace: 0, cut: false, now: 1000, at: 21_000, lost: null },
    { lossPlace: 0, cut: true, now: 1000, at: 11_000, lost: 'Cut' },
    { lossPlace: 0, cut: true, now: 11_000, at: 21_000, lost: null },
    { lossPlace: 300_000, cut: false, now: 1000, at: 7000, lost: 'Loss' },
    { lossPlace: 300_000, cut: true, now: 1000, at: 7000, lost: 'Loss' },
    { lossPlace: 700_000, cut: true, now: 1000, at: 11_000, lost: 'Cut' },
    { lossPlace: 700_000, cut: true, now: 12_000, at: 15_000, lost: 'Loss' },
  ])('%j', ({ lossPlace, cut, now, at, lost }) => {
    expect(planned(flight(lossPlace), cut, micros(now))).toMatchObject({ at, lost })
  })
})
