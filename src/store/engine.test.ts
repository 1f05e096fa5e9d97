import { beforeEach, expect, test } from 'vitest'
import type { Ask } from '../worker/protocol.ts'
import { Engine, type Port } from './engine.ts'

class SilentPort implements Port {
  onmessage: Port['onmessage'] = null
  onerror: Port['onerror'] = null
  readonly asked: Ask[] = []
  postMessage(ask: Ask): void {
    this.asked.push(ask)
  }
  terminate(): void {}
  answer(id: number): void {
    this.onmessage?.({ data: { id, kind: 'answer', answer: { epoch: 1 } } })
  }
}

let port: SilentPort
let engine: Engine
let told: (string | null)[]
beforeEach(() => {
  port = new SilentPort()
  told = []
  engine = new Engine(port, (message) => told.push(message))
})

const ask = () => engine.ask({ kind: 'find', what: 'beat', from: 0, direction: 1 })
/** As the animation frames of a page that is looked at. */
const wait = (seconds: number) => {
  for (let i = 0; i < seconds * 60; i++) engine.passTime(1000 / 60)
}
const FAILED = 'no answer for 10 seconds'

test('a worker that owes an answer for ten seconds is taken for dead, which is told once', () => {
  void ask()
  wait(9.9)
  expect(told).toEqual([])
  wait(0.2)
  expect(told).toEqual([FAILED])
  wait(60)
  expect(told).toEqual([FAILED])
})

test('one that owes nothing may be silent for ever', async () => {
  const first = ask()
  port.answer(1)
  await first
  wait(60)
  void ask()
  wait(9)
  expect(told).toEqual([])
})

test('one that answers now and then works, however much it is asked', () => {
  for (let i = 0; i < 10; i++) void ask()
  for (let id = 1; id <= 10; id++) {
    wait(9)
    port.answer(id)
  }
  expect(told).toEqual([])
})

test('one that was only slow goes on with its answer', async () => {
  const answer = ask()
  wait(11)
  port.answer(1)
  expect(told).toEqual([FAILED, null])
  expect(await answer).toEqual({ epoch: 1 })
})

test('after a failure nothing is waited for any more, and nothing more is told', async () => {
  const open = ask()
  port.onerror?.({ message: 'a planted fault' })
  await expect(open).rejects.toThrow('a planted fault')
  await expect(ask()).rejects.toThrow('a planted fault')
  wait(20)
  port.answer(1)
  expect(told).toEqual(['a planted fault'])
  expect(port.asked).toHaveLength(1)
})

test('whoever waits for a worker that is stopped hears of it, but nobody is told of a failure', async () => {
  const open = ask()
  engine.stop()
  await expect(open).rejects.toThrow('stopped')
  expect(told).toEqual([])
})
