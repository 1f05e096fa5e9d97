import { describe, expect, it, test } from 'vitest'
import { BREAKABLE_RULES } from '../raft/settings.ts'
import { defaultSettings, type Settings } from '../simulation/settings.ts'
import { LINK_KEYS, SETTINGS, settingRow } from './settings-table.ts'
import { warnings } from './warnings.ts'

const of = (changed: object, clocks?: readonly number[]) =>
  warnings({ ...defaultSettings, ...changed } as Settings, clocks)

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
  [{ sessions: false, clientTimeout: 79_000 }, ['clientTimeout', 'latencyMax'], 'carried out twice'],
  [{ catchUp: false }, ['catchUp'], 'with an empty log'],
  [{ snapshotAt: 1 }, ['snapshotAt'], 'after each entry'],
  [{ snapshotAt: 4 }, ['snapshotAt'], 'every 4 entries'],
  [{ sessions: true, mostSessions: 1, clientRate: 5 }, ['clientRate', 'mostSessions'], 'only session'],
  [{ noOp: false, reads: 'readIndex' }, ['noOp', 'reads'], 'the first command of its term'],
  [{ noOp: false, reads: 'lease' }, ['noOp', 'reads'], 'the first command of its term'],
  [{ batchDelay: 250_000 }, ['clientTimeout', 'batchDelay'], 'collected for 250 ms'],
  [{ parallelWrite: true }, ['diskLatency', 'parallelWrite'], 'nothing to do in parallel'],
  [{ diskLatency: 55_000 }, ['electionTimeoutMin', 'diskLatency'], 'takes up to 150 ms'],
  [{ diskLatency: 50_000 }, ['heartbeatInterval', 'diskLatency'], 'A write takes 50 ms'],
  [{ diskLatency: 41_000 }, ['rpcTimeout', 'latencyMax', 'diskLatency'], 'an answer can take 81 ms'],
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
  { snapshotAt: 5 },
  { mostSessions: 1 },
  { reads: 'readIndex' },
  { noOp: false },
  { batchDelay: 249_000 },
  { diskLatency: 40_000, parallelWrite: true },
])('%j is not', (changed) => {
  expect(of(changed)).toEqual([])
})

describe('what breaks Raft’s promises', () => {
  it.each([
    [{ reads: 'local' }, ['reads'], 'out of date'],
    [{ membership: 'jump' }, ['membership'], 'two leaders of one term'],
    [{ changeAfterOwnEntry: false }, ['changeAfterOwnEntry'], 'committed entries can be lost'],
  ] as const)('%j is marked unsafe', (changed, keys, words) => {
    expect(of(changed)).toEqual([{ keys, sentence: expect.stringContaining(words), unsafe: true }])
  })

  it.each(BREAKABLE_RULES)('%s is marked unsafe, and its row says where it is forbidden', (rule) => {
    expect(of({ [rule]: true })).toMatchObject([{ keys: [rule], unsafe: true }])
    expect(of({ [rule]: true })[0]?.sentence).toMatch(/^[A-Z].*\.$/)
    expect(settingRow(rule)).toMatchObject({ group: 'Rules you can break', kind: 'switch' })
    expect(settingRow(rule).rule).toMatch(/^(§|D |Fig\. )/)
  })

  it('is a lease where clocks run apart', () => {
    expect(of({ reads: 'lease' }, [1000, 1000])).toEqual([])
    expect(of({ reads: 'lease' }, [1000, 500, 1000])).toMatchObject([{ keys: ['reads'], unsafe: true }])
    expect(of({ reads: 'readIndex' }, [1000, 500])).toEqual([])
  })

  it('is no change by joint consensus', () => {
    expect(of({ membership: 'joint', changeAfterOwnEntry: false })).toEqual([])
  })
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
      '16 noOp',
      '17 preVote',
      '18 checkQuorum',
      '19 snapshotAt',
      '20 snapshotChunk',
      '21 membership',
      '22 changeAfterOwnEntry',
      '23 catchUp',
      '24 sessions',
      '25 mostSessions',
      '26 reads',
      '27 batchDelay',
      '28 pipeline',
      '29 diskLatency',
      '30 parallelWrite',
      '31 voteWithoutComparing',
      '32 voteTwice',
      '33 forgetVote',
      '34 forgetTerm',
      '35 commitOldTerms',
      '36 truncateAlways',
      '37 skipConsistencyCheck',
      '38 countMinority',
      '39 applyUncommitted',
      '40 readBeforeOwnEntry',
      '41 ignoreSnapshotBoundary',
      '42 acceptStaleSnapshot',
      '43 keepOldVotes',
      '44 ignoreTermsInReplies',
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
