import { expect, test } from 'vitest'
import { fresh } from '../../scenario/fresh.ts'
import { SETTINGS, settingRow } from '../../scenario/settings-table.ts'
import { type NumberRow, shown, stepped, stopAt, stops, typed, withUnit } from './setting-scale.ts'

const isNumber = (row: (typeof SETTINGS)[number]): row is NumberRow =>
  row.kind !== 'choice' && row.kind !== 'switch'
const rows = SETTINGS.filter(isNumber)
const latency = settingRow('latencyMin') as NumberRow
const loss = settingRow('loss') as NumberRow

test.for(rows.map((row) => [row.key, row] as const))(
  '%s slides from end to end, and stops at what is usual',
  ([key, row]) => {
    const all = stops(row)
    expect([all[0], all.at(-1)]).toEqual([row.min, row.max])
    expect(all).toEqual([...new Set(all)].toSorted((a, b) => a - b))
    expect(all).toContain(fresh.settings[key as keyof typeof fresh.settings])
    for (const stop of all) expect(typed(row, shown(row, stop))).toBe(stop)
  },
)

test.for([
  ['12', 12_000],
  ['0.5', 500],
  [' 0,5 ', 500],
  ['12.', 12_000],
  ['60000', 60_000_000],
  ['60001', null],
  ['0', null],
  ['-5', null],
  ['1e3', null],
  ['', null],
  ['soon', null],
] as const)('a latency typed as %j is %s µs', ([text, value]) => {
  expect(typed(latency, text)).toBe(value)
})

test('values have their units', () => {
  expect([withUnit(latency, 1_500), withUnit(loss, 50_000), withUnit(latency, 60_000_000)]).toEqual([
    '1.5 ms',
    '5 %',
    '60,000 ms',
  ])
})

test('arrow keys stay within the bounds', () => {
  expect([stepped(loss, 0, -1), stepped(loss, 0, 1), stepped(loss, 1_000_000, 1)]).toEqual([
    0, 10_000, 1_000_000,
  ])
})

test('the slider stands at the nearest stop', () => {
  expect(stopAt([0, 10, 100], 54)).toBe(1)
  expect(stopAt([0, 10, 100], 56)).toBe(2)
})
