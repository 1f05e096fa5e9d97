import { describe, expect, it } from 'vitest'
import { copyServer, nextDue } from './server.ts'
import { candidate, clientRequest, follower, leader, termsOf } from './test-kit.ts'

describe('when a server next has something to do by itself', () => {
  it('a follower: when its election timer runs out', () => {
    const { server, now } = follower()
    expect(nextDue(server)).toBe(now + 200_000)
  })

  it('a candidate: when it asks again, or starts over', () => {
    const { server, now } = candidate({ settings: { rpcTimeout: 80_000 } })
    expect(nextDue(server)).toBe(now + 80_000)
    for (const peer of server.peers) peer.retryDue = server.electionDue
    expect(nextDue(server)).toBe(now + 200_000)
  })

  it('a leader: at the next heartbeat, or when it sends again', () => {
    const bench = leader({ settings: { heartbeatInterval: 50_000, rpcTimeout: 30_000 } })
    expect(nextDue(bench.server)).toBe(bench.now + 50_000)
    bench.receive(clientRequest())
    expect(nextDue(bench.server)).toBe(bench.now + 30_000)
  })
})

it('a copy of a server changes with it in nothing', () => {
  const bench = leader({ servers: 1, log: '11', term: 2 })
  const copy = copyServer(bench.server)
  bench.receive(clientRequest())
  expect(bench.log).toBe('112')
  expect([termsOf(copy.log), copy.store.size, copy.commitIndex]).toEqual(['11', 0, 0])
})
