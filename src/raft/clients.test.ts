import { describe, expect, it } from 'vitest'
import { acknowledge } from './members-kit.ts'
import {
  appendEntries,
  appendReply,
  candidate,
  clientRequest,
  follower,
  leader,
  requestVote,
  voteReply,
} from './test-kit.ts'

describe('clients (§8)', () => {
  it('a follower names the leader it knows, and appends nothing', () => {
    const bench = follower({ term: 4 })
      .receive(appendEntries({ from: 3, term: 4 }))
      .forget()
    bench.receive(clientRequest(7))
    expect(bench.sent('ClientReply')).toMatchObject([{ to: 11, serial: 7, leader: 3, result: null }])
    expect(bench.log).toBe('')
    expect(bench.told('CommandRedirected')).toMatchObject([{ leader: 3 }])
  })

  it.each([
    ['follower that has heard from no leader', follower],
    ['candidate', candidate],
  ])('a %s says that it knows of none', (_, make) => {
    const bench = make({ term: 4 }).receive(clientRequest(7))
    expect(bench.sent('ClientReply')).toMatchObject([{ serial: 7, leader: null, result: null }])
  })

  it('who leaves a term forgets its leader', () => {
    const bench = follower({ term: 4 }).receive(appendEntries({ from: 3, term: 4 }))
    bench.wait(200_000).forget().receive(clientRequest())
    expect(bench.sent('ClientReply')).toMatchObject([{ leader: null }])
  })

  it('the leader answers when the command is applied, and not before', () => {
    const bench = leader({ term: 4 }).receive(clientRequest(7, { kind: 'Put', key: 'x', value: '3' }))
    expect(bench.sent('ClientReply')).toEqual([])
    const [request] = bench.sent('AppendEntries')
    if (request !== undefined) bench.receive(appendReply(request))
    expect(bench.sent('ClientReply')).toMatchObject([
      { to: 11, serial: 7, leader: 1, result: { kind: 'Done' } },
    ])
    expect(bench.server.store.get('x')).toBe('3')
  })

  it('a get goes through the log like any command, so it sees what is committed before it', () => {
    const bench = leader({ term: 4, servers: 1 })
    bench.receive(clientRequest(1, { kind: 'Put', key: 'x', value: '3' }))
    bench.receive(clientRequest(2, { kind: 'Get', key: 'x' }))
    expect(bench.log).toBe('44')
    expect(bench.sent('ClientReply')[1]).toMatchObject({ serial: 2, result: { kind: 'Found', value: '3' } })
  })

  it('a follower that applies the command does not answer for the leader', () => {
    const bench = follower({ term: 4 })
    const request = appendEntries({ term: 4, log: '4', leaderCommit: 1 })
    const entries = request.entries.map((entry) => ({
      ...entry,
      request: { client: clientRequest().from, serial: 1, session: null, firstOpen: 1 },
    }))
    bench.receive({ ...request, entries })
    expect(bench.server.lastApplied).toBe(1)
    expect(bench.sent('ClientReply')).toEqual([])
  })
})

it('a leader answers for no entry of an earlier term, though it took it then: the client asks again', () => {
  const bench = leader({ term: 4, settings: { noOp: true } }).receive(clientRequest(7))
  bench.receive(requestVote({ from: 3, term: 5 })).forget()
  bench.step({ kind: 'ElectionTimeout' }).receive(voteReply({ from: 2, term: 6 }))
  acknowledge(bench, 2)
  expect(bench.server).toMatchObject({ role: 'leader', commitIndex: 3 })
  expect(bench.sent('ClientReply')).toEqual([])
})
