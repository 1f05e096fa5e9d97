import { expect, test } from 'vitest'
import { millis, serverId } from '../base/ids.ts'
import { fresh } from '../scenario/fresh.ts'
import type { Frame } from '../worker/protocol.ts'
import { viewAt } from './moment.ts'

const selection = { kind: 'server', server: serverId(3) } as const

/** Only what a view is made from. */
const state = (frame: Pick<Frame, 'at' | 'eventsNow'> | null) => ({
  frame: frame as Frame | null,
  scenario: fresh,
  selection,
  slowdown: 50,
})
const frame = (at: number, eventsNow: number) => ({ at, eventsNow }) as Pick<Frame, 'at' | 'eventsNow'>

test('between two events a moment is its time', () => {
  expect(viewAt(1500.7, state(frame(1200, 2)))).toEqual({ at: 1500, skip: null, selection, slowdown: 50 })
})

test('at an event’s very time a moment is also how many events of that time are over', () => {
  expect(viewAt(1200.3, state(frame(1200, 2)))).toEqual({ at: 1200, skip: 2, selection, slowdown: 50 })
})

test('before anything is shown it is where the scenario opens', () => {
  expect(viewAt(0, state(null))).toEqual({ ...fresh.view, selection, slowdown: 50 })
})

test('a selected server that nothing adds any more is not kept', () => {
  const six = { kind: 'server', server: serverId(6) } as const
  const at = { ...state(frame(1200, 2)), selection: six }
  expect(viewAt(1200, at).selection).toBeNull()
  const act = { kind: 'ChangeMembers', add: [serverId(6)], remove: [] } as const
  const scenario = { ...fresh, script: [{ at: millis(1), skip: 0, act }] }
  expect(viewAt(1200, { ...at, scenario }).selection).toEqual(six)
})
