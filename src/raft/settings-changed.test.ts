import { describe, expect, it } from 'vitest'
import { acknowledge } from './members-kit.ts'
import type { RaftSettings } from './settings.ts'
import { appendReply, type Bench, clientRequest, leader } from './test-kit.ts'

const get = (serial = 7) => clientRequest(serial, { kind: 'Get', key: 'x' })

describe('a lease counts from when its rule came into force (D 6.4.1)', () => {
  const quiet = { heartbeatInterval: 10_000_000, rpcTimeout: 10_000_000 }
  /** A leader that may read, with a heartbeat on its way to each follower. */
  function beating(settings: Partial<RaftSettings>): Bench {
    const bench = leader({ term: 4, settings: { ...quiet, ...settings } }).receive(clientRequest())
    for (const { id } of bench.server.peers) acknowledge(bench, id)
    return bench.forget().step({ kind: 'Heartbeat' })
  }
  const changeTo = (bench: Bench, settings: Parameters<Bench['change']>[0]): Bench => {
    const was = { ...bench.settings }
    return bench.change(settings).step({ kind: 'SettingsChanged', was })
  }
  const answers = (bench: Bench) =>
    bench.receive(...bench.sent('AppendEntries').map((one) => appendReply(one)))
  const waysOf = (bench: Bench) => bench.forget().receive(get()).told('ReadAnswered')

  it('what was on its way before is answered by who has promised nothing', () => {
    const bench = answers(changeTo(beating({ reads: 'readIndex', pipeline: 4 }), { reads: 'lease' }))
    expect(waysOf(bench)).toEqual([])
    expect(waysOf(answers(bench.forget().step({ kind: 'Heartbeat' })))).toMatchObject([
      { way: { kind: 'lease' } },
    ])
  })

  it('nor is a shorter promise a longer one', () => {
    const bench = answers(beating({ reads: 'lease' }))
    expect(waysOf(bench)).toMatchObject([{ way: { kind: 'lease', left: 150_000 } }])
    changeTo(bench, { electionTimeoutMin: 3_000_000, electionTimeoutMax: 4_000_000 })
    expect(waysOf(bench)).toEqual([])
  })

  it('another setting changes nothing about it', () => {
    const bench = changeTo(answers(beating({ reads: 'lease' })), { maxEntries: 3 })
    expect(waysOf(bench)).toMatchObject([{ way: { kind: 'lease', left: 150_000 } }])
  })
})
