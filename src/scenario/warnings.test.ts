import { describe, expect, it, test } from 'vitest'
import { defaultSettings, type Settings } from '../simulation/settings.ts'
import { LINK_KEYS, SETTINGS, settingRow } from './settings-table.ts'
import { warnings } from './warnings.ts'

const of = (changed: Partial<Record<keyof Settings, number>>) =>
  warnings({ ...defaultSettings, ...changed } as Settings)

test('the defaults are sound', () => {
  expect(warnings(defaultSettings)).toEqual([])
})

test.each([
  [
    { electionTimeoutMin: 400_000 },
    ['electionTimeoutMin', 'electionTimeoutMax'],
    '400 ms, is above the longest, 300 ms',
  ],
  [{ latencyMin: 30_000 }, ['latencyMin', 'latencyMax'], 'every message takes 30 ms'],
  [{ electionTimeoutMax: 150_000 }, ['electionTimeoutMin', 'electionTimeoutMax', 'latencyMax'], 'all 150 ms'],
  [
    { electionTimeoutMax: 169_000 },
    ['electionTimeoutMin', 'electionTimeoutMax', 'latencyMax'],
    'from 150 ms to 169 ms',
  ],
  [{ heartbeatInterval: 150_000 }, ['heartbeatInterval', 'electionTimeoutMin'], 'every 150 ms come too late'],
  [{ heartbeatInterval: 140_000 }, ['heartbeatInterval', 'latencyMax', 'electionTimeoutMin'], '150 ms apart'],
  [{ latencyMax: 75_000 }, ['latencyMax', 'electionTimeoutMin'], 'takes up to 150 ms'],
  [{ latencyMax: 25_500 }, ['latencyMax', 'electionTimeoutMin'], 'up to 51 ms'],
  [{ rpcTimeout: 39_999 }, ['rpcTimeout', 'latencyMax'], 'an answer can take 40 ms'],
  [{ clientTimeout: 79_000 }, ['clientTimeout', 'latencyMax'], 'after 79 ms'],
  [{ clientPatience: 249_000 }, ['clientPatience', 'clientTimeout'], 'after 249 ms'],
  [{ loss: 300_000 }, ['loss'], 'With 30 % of the messages lost'],
  [{ loss: 1_000_000 }, ['loss'], 'Every message is lost'],
] as const)('%j is doubtful', (changed, keys, words) => {
  const found = of(changed).find((warning) => warning.sentence.includes(words))
  expect(found?.keys).toEqual(keys)
  expect(found?.sentence).toMatch(/\.$/)
})

test.each([
  { electionTimeoutMax: 170_000 },
  { heartbeatInterval: 139_000 },
  { latencyMax: 25_000 },
  { rpcTimeout: 40_000 },
  { clientTimeout: 80_000 },
  { loss: 299_999 },
])('%j is not', (changed) => {
  expect(of(changed)).toEqual([])
})

describe('the table of settings', () => {
  it('has every setting once, with a number of its own', () => {
    expect(SETTINGS.map(({ key }) => key).sort()).toEqual(Object.keys(defaultSettings).sort())
    expect(new Set(SETTINGS.map((row) => row.number)).size).toBe(SETTINGS.length)
  })

  it('keeps the numbers that links know', () => {
    expect(SETTINGS.map((row) => `${row.number} ${row.key}`)).toEqual([
      '1 electionTimeoutMin',
      '2 electionTimeoutMax',
      '3 heartbeatInterval',
      '4 rpcTimeout',
      '5 latencyMin',
      '6 latencyMax',
      '7 loss',
      '8 duplicate',
      '9 reorder',
      '10 clientRate',
      '11 clientTimeout',
      '12 clientBackoff',
      '13 clientPatience',
      '14 maxEntries',
      '15 backUp',
    ])
  })

  it.each(SETTINGS.map((row) => [row.key, row] as const))('%s: the default is in its bounds', (key, row) => {
    const usual = defaultSettings[key]
    if (row.kind === 'choice') expect(row.choices.map(({ value }) => value)).toContain(usual)
    else if (row.kind === 'switch') expect(usual).toBeTypeOf('boolean')
    else expect(Number(usual) >= row.min && Number(usual) <= row.max && row.step > 0).toBe(true)
    expect(row.about).toMatch(/\.$/)
  })

  it('knows what a link can have for itself', () => {
    for (const key of LINK_KEYS) expect(settingRow(key).group).toBe('Network')
    expect(SETTINGS.filter(({ group }) => group === 'Network').map(({ key }) => key)).toEqual(LINK_KEYS)
  })
})
