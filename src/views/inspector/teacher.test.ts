import { expect, test } from 'vitest'
import { logIndex, serverId, term } from '../../base/ids.ts'
import type { ServerFrame } from '../../worker/protocol.ts'
import { teacherOf } from './teacher.ts'

const leader = (id: number, in_: number, learner: number, state: ServerFrame['state'] = 'up') =>
  ({
    id: serverId(id),
    state,
    currentTerm: term(in_),
    office: { change: { learners: [serverId(learner)], round: in_, upTo: logIndex(7) } },
  }) as unknown as ServerFrame

test('a learner learns from the latest leader that brings it up to date (D 4.2.1)', () => {
  const servers = [leader(1, 1, 4), leader(2, 3, 4), leader(3, 4, 4, 'down')]
  expect(teacherOf({ servers }, serverId(4))).toEqual({ id: 2, round: 3, upTo: 7 })
  expect(teacherOf({ servers }, serverId(5))).toBe(null)
})
