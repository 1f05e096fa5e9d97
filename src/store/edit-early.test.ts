import { expect, test, vi } from 'vitest'
import { serverId } from '../base/ids.ts'
import { fresh } from '../scenario/fresh.ts'
import { SlowPort } from '../worker/test-port.ts'
import { act, openScenario, prepareEdits, startEngine, undo } from './edit.ts'
import { app } from './state.ts'

vi.stubGlobal('requestAnimationFrame', () => undefined)
const port = new SlowPort()
startEngine(() => port)
await port.answerAll()

const crash = (server: number) => act({ kind: 'Crash', server: serverId(server) })
const crashed = () => app.getState().scenario.script.map(({ act }) => (act.kind === 'Crash' ? act.server : 0))

// In this order: what edits are made with comes only once.
test('what is done before another scenario opens is not done to that', async () => {
  crash(1)
  void openScenario({ ...fresh, name: 'Other' })
  await prepareEdits()
  await port.answerAll()
  expect(app.getState().scenario).toMatchObject({ name: 'Other', script: [] })
})

test('what is done at once afterwards can be undone', async () => {
  crash(2)
  await port.answerAll()
  expect(crashed()).toEqual([2])
  undo()
  expect(crashed()).toEqual([])
})
