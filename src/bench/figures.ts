import { unreachable } from '../base/assert.ts'

/** One measured figure. One without a target is there to be known. */
export interface Figure {
  readonly section: string
  readonly name: string
  readonly measured: number
  readonly unit: string
  readonly target: Target | null
  /** How it was measured, or what it compares with. */
  readonly note: string
}

export interface Target {
  readonly is: 'at most' | 'at least' | 'below'
  readonly value: number
}

export const atMost = (value: number): Target => ({ is: 'at most', value })
export const atLeast = (value: number): Target => ({ is: 'at least', value })
export const below = (value: number): Target => ({ is: 'below', value })

/** `null` where nothing was aimed at. */
export function isMet({ measured, target }: Figure): boolean | null {
  if (target === null) return null
  switch (target.is) {
    case 'at most':
      return measured <= target.value
    case 'at least':
      return measured >= target.value
    case 'below':
      return measured < target.value
    default:
      return unreachable(target.is)
  }
}

const SIGNS = { 'at most': '≤', 'at least': '≥', below: '<' } as const

/** The figures as one table, a line each. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const { section, name, measured, unit, target, note } = figure
    const aim = target === null ? '' : `${SIGNS[target.is]} ${amount(target.value)} ${unit}`
    const met = isMet(figure)
    const verdict = met === null ? '' : met ? 'ok' : 'MISS'
    return [section, name, `${amount(measured)} ${unit}`, aim, verdict, note]
  })
  const all = [['', 'figure', 'measured', 'target', '', ''], ...rows]
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  return all
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** Three digits are as much as a noisy machine can vouch for. */
function amount(value: number): string {
  const size = Math.abs(value)
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : 2
  return value.toLocaleString('en', { maximumFractionDigits: digits })
}
