import { describe, expect, it } from 'vitest'
import { millis, serverId } from '../base/ids.ts'
import { requestVote } from '../raft/test-kit.ts'
import type { Flight } from './flight.ts'
import { Network } from './network.ts'
import { type LinkSettings, section5Defaults } from './settings.ts'

const [S1, S2, S3] = [serverId(1), serverId(2), serverId(3)]
const base: LinkSettings = section5Defaults
const certain = 1_000_000

/** Sends `count` messages from S1 to S2, one each `gap` ms. */
function stream(network: Network, count: number, gap: number, settings: LinkSettings = base): Flight[] {
  return Array.from({ length: count }, (_, i) => {
    return network.send(requestVote({ from: 1, to: 2 }), settings, millis(i * gap), 0).flight
  })
}

describe('latency', () => {
  it('is drawn between its bounds for every message', () => {
    const took = stream(new Network(1), 2000, 50).map((flight) => flight.arrivesAt - flight.sentAt)
    expect(Math.min(...took)).toBeGreaterThanOrEqual(10_000)
    expect(Math.max(...took)).toBeLessThanOrEqual(20_000)
    expect(new Set(took).size).toBeGreaterThan(1500)
  })

  it('a link keeps the order of its messages while reorder is 0', () => {
    const arrivals = stream(new Network(1), 2000, 0.5).map((flight) => flight.arrivesAt)
    expect(arrivals).toEqual([...arrivals].sort((a, b) => a - b))
    expect(new Set(arrivals).size).toBe(arrivals.length)
  })

  it('with reordering, later messages overtake those held up, and only those', () => {
    const flights = stream(new Network(1), 2000, 5, { ...base, reorder: 200_000 })
    const overtaken = flights.filter((flight, i) =>
      flights.slice(i + 1).some((next) => next.arrivesAt < flight.arrivesAt),
    )
    expect(Math.abs(overtaken.length - 400)).toBeLessThan(100)
  })
})

describe('loss and duplication', () => {
  it.each([0, 100_000, 500_000, certain])('%i messages in a million are lost, on the way', (loss) => {
    const lost = stream(new Network(1), 5000, 50, { ...base, loss }).filter(
      (flight) => flight.lost === 'Loss',
    )
    expect(Math.abs(lost.length - loss / 200)).toBeLessThan(loss % certain === 0 ? 1 : 150)
    for (const flight of lost) {
      expect(flight.at).toBeGreaterThan(flight.sentAt)
      expect(flight.at).toBeLessThan(flight.arrivesAt)
    }
  })

  it.each([0, 100_000, certain])(
    '%i in a million arrive twice, the second at a time of its own',
    (duplicate) => {
      const network = new Network(1)
      const sent = Array.from({ length: 2000 }, (_, i) =>
        network.send(requestVote({ from: 1, to: 2 }), { ...base, duplicate }, millis(i * 50), 0),
      )
      const twice = sent.filter((one) => one.duplicate !== null)
      expect(Math.abs(twice.length - duplicate / 500)).toBeLessThan(duplicate % certain === 0 ? 1 : 60)
      for (const { flight, duplicate: copy } of twice) expect(copy?.name).toEqual({ ...flight.name, copy: 1 })
    },
  )
})

describe('settings of one link', () => {
  it('hold in its direction alone, until they are taken back', () => {
    const network = new Network(1)
    network.setLink(S1, S2, { ...base, loss: certain })
    const lost = (from: number, to: number) =>
      network.send(requestVote({ from, to }), base, millis(0), 0).flight.lost
    expect([lost(1, 2), lost(2, 1), lost(1, 3)]).toEqual(['Loss', null, null])
    network.setLink(S1, S2, null)
    expect(lost(1, 2)).toBe(null)
  })
})

describe('draws are keyed by link and number', () => {
  it('traffic on other links changes nothing on this one', () => {
    const alone = stream(new Network(1), 100, 50)
    const busy = new Network(1)
    const among = Array.from({ length: 100 }, (_, i) => {
      busy.send(requestVote({ from: 2, to: 1 }), base, millis(i * 50), 0)
      busy.send(requestVote({ from: 1, to: 3 }), base, millis(i * 50), 0)
      return busy.send(requestVote({ from: 1, to: 2 }), base, millis(i * 50), 0).flight
    })
    expect(among.map(({ name, arrivesAt }) => [name, arrivesAt])).toEqual(
      alone.map(({ name, arrivesAt }) => [name, arrivesAt]),
    )
  })

  it('messages that chance doubles or loses do not shift the draws of the rest', () => {
    const settings = { ...base, loss: 300_000, duplicate: 300_000 }
    const plain = stream(new Network(1), 200, 50).map(({ arrivesAt }) => arrivesAt)
    expect(stream(new Network(1), 200, 50, settings).map(({ arrivesAt }) => arrivesAt)).toEqual(plain)
  })

  it('another seed gives another run', () => {
    const [one, two] = [1, 2].map((seed) =>
      stream(new Network(seed), 20, 50).map(({ arrivesAt }) => arrivesAt),
    )
    expect(one).not.toEqual(two)
  })
})

describe('a copy of a network', () => {
  it('goes on in the same way, and by itself', () => {
    const network = new Network(1)
    stream(network, 10, 50)
    const copy = network.copy()
    network.setCuts(() => true, [S1, S2, S3], millis(500))
    expect([network.isCut(1, 2), copy.isCut(1, 2)]).toEqual([true, false])
    const next = (of: Network) => of.send(requestVote({ from: 2, to: 1 }), base, millis(600), 0).flight
    network.setCuts(() => false, [S1, S2, S3], millis(500))
    expect(next(copy)).toEqual(next(network))
  })
})
