import { expect, test } from 'vitest'
import { logIndex, serverId } from '../../base/ids.ts'
import type { PeerFrame } from '../../worker/protocol.ts'
import { modeText, votesText } from './PeersTable.tsx'

const ids = (...numbers: number[]) => numbers.map(serverId)
const votes = (granted: readonly number[]) =>
  [1, 2, 3, 4, 5].map(
    (id) => ({ id: serverId(id), vote: granted.includes(id) ? 'granted' : 'awaited' }) as PeerFrame,
  )
const members = (voters: number[], next: number[] | null) => ({
  index: logIndex(1),
  voters: ids(...voters),
  next: next === null ? null : ids(...next),
  committed: true,
})

test('votes are counted among the voters only, in joint consensus in either set (§6)', () => {
  const id = serverId(1)
  const peers = votes([2, 5]).filter((peer) => peer.id !== id)
  expect(votesText({ id, peers, members: members([1, 2, 3, 4], null) })).toBe(
    '2 of the 3 it needs, its own included',
  )
  expect(votesText({ id, peers, members: members([1, 2, 3], [3, 4, 5]) })).toBe(
    '2 of 2 in C-old and 1 of 2 in C-new, its own included',
  )
  expect(votesText({ id, peers, members: members([2, 3, 4], null) })).toBe('1 of the 2 it needs')
})

test('the mode tells how much of a snapshot is out', () => {
  expect(modeText({ mode: 'replicate', sending: null })).toBe('replicate')
  expect(modeText({ mode: 'snapshot', sending: { offset: 40, bytes: 116 } })).toBe('snapshot 40 of 116 B')
})
