import type { SettingRow } from '../../scenario/settings-table.ts'

/** Settings with numbers, as people read, type and slide them. */
export type NumberRow = Exclude<SettingRow, { kind: 'choice' | 'switch' }>

const SCALES = { time: 1000, chance: 10_000, count: 1 } as const

/** The value in the unit that is written beside it. */
export const shown = (row: NumberRow, value: number): string => `${value / SCALES[row.kind]}`

/** `50 ms`, `0 %`, `10 entries` */
export const withUnit = (row: NumberRow, value: number): string =>
  `${Number(shown(row, value)).toLocaleString('en')} ${row.unit}`

/** What somebody typed; `null` if it is no number that this setting can have. */
export function typed(row: NumberRow, text: string): number | null {
  const plain = text.trim().replace(',', '.')
  if (!/^\d+\.?\d*$/.test(plain)) return null
  const value = Math.round(Number(plain) * SCALES[row.kind])
  return value >= row.min && value <= row.max ? value : null
}

/** One press of an arrow key; stays within what the setting can have. */
export const stepped = (row: NumberRow, value: number, by: 1 | -1): number =>
  Math.max(row.min, Math.min(row.max, value + by * row.step))

/** Round numbers, ten to each power of ten. */
const ROUND = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8]

/**
 * The values that a slider stops at: round ones, evenly spaced to the eye from a millisecond to an hour. Sliders are
 * for finding out; what lies between can be typed.
 */
export function stops(row: NumberRow): number[] {
  const scale = SCALES[row.kind]
  const found = new Set([row.min, row.max])
  const least = row.kind === 'time' ? 0.1 : 1
  for (let power = least; power * scale <= row.max; power *= 10) {
    for (const round of ROUND) found.add(Math.round(round * power * scale))
  }
  const whole = row.kind === 'time' ? 1 : scale
  return [...found].filter((v) => v >= row.min && v <= row.max && v % whole === 0).sort((a, b) => a - b)
}

/** The place of the stop that is nearest. */
export function stopAt(all: readonly number[], value: number): number {
  let best = 0
  all.forEach((stop, i) => {
    if (Math.abs(stop - value) < Math.abs((all[best] ?? 0) - value)) best = i
  })
  return best
}
