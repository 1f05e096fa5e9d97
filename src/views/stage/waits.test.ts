import { expect, test } from 'vitest'
import { clientId, logIndex, micros, serverId, term } from '../../base/ids.ts'
import type { OfficeFrame } from '../../worker/protocol.ts'
import { office } from './test-kit.ts'
import { waitsAt } from './waits.ts'

const read = { client: clientId(11), serial: 1, key: 'x', index: null }
const transfer = { to: serverId(2), due: micros(90), told: false }
const writing = { until: micros(5), durableIndex: logIndex(3), durableTerm: term(1), held: 2 }

test.for<[string, Partial<OfficeFrame>, typeof writing | null, string[]]>([
  ['nothing waits', {}, null, []],
  [
    'commands that are collected, with those added since',
    { batchDue: micros(9), batchFrom: logIndex(4) },
    null,
    ['batch of 2'],
  ],
  ['a get', { reads: [read] }, null, ['1 read waits']],
  ['gets', { reads: [read, { ...read, serial: 2, index: logIndex(5) }] }, null, ['2 reads wait']],
  ['messages until the disk has what they promise', {}, writing, ['2 held']],
  [
    'all at once, leadership first',
    { transfer, reads: [read] },
    writing,
    ['commands held', '1 read waits', '2 held'],
  ],
])('%s', ([, more, its, texts]) => {
  expect(waitsAt({ lastIndex: logIndex(5), office: { ...office, ...more }, writing: its })).toEqual(texts)
})
