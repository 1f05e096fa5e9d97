import { expect, test } from 'vitest'
import type { Micros } from '../base/ids.ts'
import { firstLeader, setupOf } from '../simulation/test-kit.ts'
import { FuturesPort } from './futures-test-port.ts'

test('a worker answers each job once, and two workers agree', () => {
  const ports = [new FuturesPort(), new FuturesPort()]
  const heard = ports.map((port) => {
    const reports: unknown[] = []
    port.addEventListener('message', (event) => reports.push((event as MessageEvent).data))
    return reports
  })
  const setup = setupOf({ settings: { noOp: true }, script: firstLeader })
  for (const port of ports) {
    port.postMessage({ kind: 'begin', setup, outcome: 'two leaders', until: 300_000 as Micros })
    port.postMessage({ kind: 'try', batch: { events: 5, first: 10, count: 7 } })
    expect([port.work(), port.work(), port.work()]).toEqual([true, true, false])
  }
  expect(heard[0]).toMatchObject([
    { kind: 'course', course: { happened: null, horizon: 1_300_000 } },
    { kind: 'tally', tally: { batch: { events: 5, first: 10, count: 7 }, hits: 0 } },
  ])
  expect(heard[1]).toEqual(heard[0])
})

test('futures cannot be tried of nothing', () => {
  const port = new FuturesPort()
  port.postMessage({ kind: 'try', batch: { events: 0, first: 0, count: 1 } })
  expect(() => port.work()).toThrow('there is a scenario to try futures of')
})
