import { describe, expect, it } from 'vitest'
import { acknowledge } from './members-kit.ts'
import { candidate, clientRequest, leader, type Start, voteReply } from './test-kit.ts'

const settings = { noOp: true }

/** Just elected, with nothing forgotten of how it began. */
const elected = (start: Start = {}) =>
  candidate({ term: 4, settings, ...start }).receive(voteReply({ term: 4 }))

describe('a leader begins its term with an entry of its own (§8, D 6.4)', () => {
  it('at the end of its log, for no client', () => {
    const bench = elected({ log: '13' })
    expect(bench.log).toBe('134')
    expect(bench.server.log.buffer[2]).toEqual({
      ...{ index: 3, term: 4 },
      ...{ command: { kind: 'NoOp' }, request: null },
    })
    expect(bench.told('NoOpAppended')).toEqual([
      { kind: 'NoOpAppended', server: 1, rule: '§8', index: 3, term: 4 },
    ])
  })

  it('its first message carries it to everyone, and it is stored before that leaves', () => {
    const bench = elected({ log: '13' })
    const carried = { term: 4, prevLogIndex: 2, entries: [{ command: { kind: 'NoOp' } }] }
    expect(bench.sent('AppendEntries')).toMatchObject([2, 3].map((to) => ({ to, ...carried })))
    expect(bench.deeds.find(({ kind }) => kind !== 'told')).toMatchObject({ kind: 'stored', log: '134' })
  })

  it('once a majority has it, all the tail of earlier terms is committed with it (§5.4.2)', () => {
    const bench = elected({ log: '13' })
    expect(acknowledge(bench, 2, 2).server.commitIndex).toBe(0)
    expect(acknowledge(bench, 2, 3).server.commitIndex).toBe(3)
    expect(bench.told('Committed')).toMatchObject([{ first: 1, last: 3, earlier: 2 }])
  })

  it('it changes nothing, and nobody is answered', () => {
    const bench = acknowledge(elected(), 2)
    expect(bench.server).toMatchObject({ lastApplied: 1, store: new Map(), sessions: new Map() })
    expect(bench.sent('ClientReply')).toEqual([])
  })

  it('alone in its cluster, it commits at once', () => {
    expect(leader({ term: 4, servers: 1, log: '13', settings }).server.commitIndex).toBe(3)
  })

  it('each term has its own', () => {
    const bench = elected()
      .wait(50_000)
      .receive(voteReply({ term: 5, voteGranted: false }))
    bench.wait(200_000).receive(voteReply({ term: 6 }))
    expect(bench.log).toBe('46')
  })

  it('off, the tail stays uncommitted until a client comes', () => {
    const bench = acknowledge(leader({ term: 4, log: '13' }), 2)
    expect(bench.log).toBe('13')
    expect(bench.server.commitIndex).toBe(0)
    expect(acknowledge(bench.receive(clientRequest()), 2).server.commitIndex).toBe(3)
  })
})
