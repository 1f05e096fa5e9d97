import { expect, test } from 'vitest'
import { intervalText, percentText, sharePhrase } from './likely.ts'

const plain = (text: string) => text.replaceAll('\u202f', ' ')

test.for([
  [0, '0 %'],
  [0.001, '<1 %'],
  [0.345, '35 %'],
  [0.9967, '>99 %'],
  [1, '100 %'],
] as const)('%f is %s', ([share, text]) => {
  expect(plain(percentText(share))).toBe(text)
})

test.for([
  [0.87, 0.827, 0.903, '83–90 %'],
  [0, 0, 0.0127, 'at most 2 %'],
  [1, 0.9873, 1, 'at least 98 %'],
  [0.5, 0.501, 0.502, '50 %'],
] as const)('the share %f, between %f and %f, reads %s', ([share, low, high, text]) => {
  expect(plain(intervalText({ tried: 300, share, low, high }))).toBe(text)
})

test('none and all are said in words', () => {
  const phrase = (share: number) =>
    sharePhrase({ tried: 300, share, low: 0, high: 1 }, 'no leader').map(plain).join(' ')
  expect(phrase(0)).toMatch(/^None of 300 futures are without a leader for a second \(at most 100 %/)
  expect(phrase(1)).toMatch(/^All of 300 futures are/)
  expect(phrase(0.5)).toMatch(/^50 % of 300 futures are .* with 95 % confidence\)$/)
})
