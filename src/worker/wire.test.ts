import { describe, expect, test } from 'vitest'
import { micros } from '../base/ids.ts'
import { judgeClients } from '../check/client-watch.ts'
import { fresh } from '../scenario/fresh.ts'
import type { Frame, Have, Reply } from './protocol.ts'
import { Session } from './session.ts'
import { Receiver, Sender } from './wire.ts'

const NOTHING: Have = { epoch: -1, messages: 0, conditions: 0, facts: 0 }

describe('frames that cross to the page', () => {
  const session = new Session(judgeClients)
  session.answer({ kind: 'load', scenario: fresh, epoch: 1 })
  const frameAt = (ms: number): Reply => {
    const position = { kind: 'time', at: micros(ms * 1000), skip: null } as const
    const answer = session.answer({
      kind: 'frame',
      position,
      window: { first: 'head', columns: 10 },
      have: NOTHING,
    })
    return { id: ms, kind: 'answer', answer }
  }

  test('arrive as they were, forwards and backwards', () => {
    const sender = new Sender()
    const receiver = new Receiver()
    let flights = 0
    for (const ms of [0, 171, 172, 173, 180, 181, 172, 171, 400, 2000]) {
      const reply = frameAt(ms)
      expect(receiver.unpack(structuredClone(sender.pack(reply)))).toEqual(reply)
      flights += ((reply as { answer: Frame }).answer.flights ?? []).length
    }
    expect(flights).toBeGreaterThan(8)
  })

  test('carry each message once, and the page keeps it', () => {
    const sender = new Sender()
    const receiver = new Receiver()
    const crossed = (ms: number) => {
      const sent = structuredClone(sender.pack(frameAt(ms)))
      return {
        sent: sent as unknown as { readonly answer: { readonly flights: readonly unknown[] } },
        got: receiver.unpack(sent) as { answer: Frame },
      }
    }
    const before = crossed(171)
    const after = crossed(171)
    expect(before.got.answer.flights.length).toBeGreaterThan(0)
    expect(before.sent.answer.flights.every((it) => typeof it === 'object')).toBe(true)
    expect(after.sent.answer.flights.every((it) => typeof it === 'number')).toBe(true)
    expect(after.got.answer.flights[0]).toBe(before.got.answer.flights[0])
  })

  test('other replies cross untouched', () => {
    const reply: Reply = { id: 1, kind: 'answer', answer: { epoch: 3 } }
    expect(new Receiver().unpack(new Sender().pack(reply))).toEqual(reply)
    const failure: Reply = { id: 2, kind: 'failure', message: 'no' }
    expect(new Receiver().unpack(new Sender().pack(failure))).toEqual(failure)
  })
})
