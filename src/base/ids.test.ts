import { expect, it } from 'vitest'
import { clientId, isServer, millis, nameOf, serverId } from './ids.ts'

it('servers and clients have names, and share one space of addresses', () => {
  expect([serverId(1), serverId(9), clientId(11), clientId(12)].map(nameOf)).toEqual(['S1', 'S9', 'C1', 'C2'])
  expect([isServer(serverId(9)), isServer(clientId(11))]).toEqual([true, false])
})

it('milliseconds become whole microseconds', () => {
  expect([millis(1.2345), millis(0.0004), millis(150)]).toEqual([1235, 0, 150_000])
})
