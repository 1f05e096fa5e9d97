import { expect, test } from 'vitest'
import { micros } from '../base/ids.ts'
import type { ScriptItem } from '../simulation/script.ts'
import { World } from '../simulation/world.ts'
import { fresh } from './fresh.ts'
import { runTo } from './position.ts'

const at = micros(1000)
const heal: ScriptItem = { at, skip: 0, act: { kind: 'Heal' } }
const setup = { ...fresh, script: [heal, heal, heal] }

test.each([
  [999, null, 0],
  [1000, 0, 0],
  [1000, 1, 1],
  [1000, 2, 2],
  [1000, 9, 3],
  [1000, null, 3],
  [1001, 0, 3],
] as const)('at %i µs, %s of its events: %i in all', (time, skip, events) => {
  const world = new World(setup)
  runTo(world, micros(time), skip)
  expect(world.events).toBe(events)
  runTo(world, micros(time), skip)
  expect(world.events).toBe(events)
})
