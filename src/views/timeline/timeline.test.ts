import { describe, expect, test } from 'vitest'
import { clientId, logIndex, micros, type ServerId, serverId, term } from '../../base/ids.ts'
import type { Condition, FactRecord, MessageRecord } from '../../simulation/columns.ts'
import { Camera } from './camera.ts'
import { ConditionIndex, firstAt } from './condition-index.ts'
import { ticksOf } from './draw-axis.ts'
import { stack } from './labels.ts'
import { laneY, layoutOf } from './layout.ts'
import { MessageIndex } from './message-index.ts'
import { distanceTo, lineOf } from './message-line.ts'
import { lookOf } from './message-lines.ts'
import { messageAt } from './pick.ts'
import { SignIndex } from './signs.ts'
import { placesOf, TILE_WIDTH, touches } from './tiles.ts'
import { signAt, tipText } from './tip.ts'

const message = (sentAt: number, endsAt: number, more: Partial<MessageRecord> = {}): MessageRecord => ({
  from: serverId(1),
  to: serverId(2),
  kind: 'AppendEntries',
  tone: 'plain',
  sentAt: micros(sentAt),
  endsAt: micros(endsAt),
  lost: false,
  place: 1_000_000,
  event: 0,
  ...more,
})

describe('camera', () => {
  const at = (start: number, perPixel: number, width: number) =>
    Object.assign(new Camera(), { start, perPixel, width })

  test('time and x are each other’s inverse', () => {
    const camera = at(5000, 250, 800)
    expect(camera.xOf(camera.timeAt(333))).toBeCloseTo(333)
    expect(camera.timeAt(0)).toBe(5000)
    expect(camera.xOf(5000 + 800 * 250)).toBe(800)
  })

  test('what is under the pointer stays there when zoomed', () => {
    const camera = at(1_000_000, 1600, 1000)
    const time = camera.timeAt(700)
    camera.zoom(1.5, 700)
    expect(camera.perPixel).toBeCloseTo(1600 / 1.5)
    expect(camera.xOf(time)).toBeCloseTo(700)
  })

  test('a run that fits goes from the left edge to where the playhead stands', () => {
    const camera = at(1_000_000, 1600, 1000)
    camera.fit(330_000)
    expect([camera.xOf(0), camera.xOf(330_000)].map(Math.round)).toEqual([12, 800])
    camera.fit(0)
    expect(camera.canZoom(1)).toBe(false)
  })

  test('zoom ends somewhere on both sides', () => {
    const camera = at(0, 1600, 1000)
    for (let i = 0; i < 50; i++) camera.zoomStep(1)
    expect(camera.canZoom(1)).toBe(false)
    for (let i = 0; i < 50; i++) camera.zoomStep(-1)
    expect(camera.canZoom(-1)).toBe(false)
    expect(camera.perPixel).toBeGreaterThan(1600)
  })

  test('the window begins at the start while the run is young, then keeps the playhead at four fifths', () => {
    const camera = at(0, 1000, 1000)
    let now = 0
    for (let i = 0; i < 300; i++) {
      now += 2000
      camera.advance(now, 16, true, false)
    }
    expect(camera.xOf(0)).toBeCloseTo(12)
    for (let i = 0; i < 1000; i++) {
      now += 2000
      camera.advance(now, 16, true, false)
    }
    expect(camera.xOf(now)).toBeCloseTo(800)
  })

  test('a leap while playing is glided after, without a jump of the window', () => {
    const camera = at(0, 1000, 1000)
    for (let now = 0; now < 5_000_000; now += 2000) camera.advance(now, 16, true, false)
    const before = camera.start
    camera.advance(4_400_000, 16, true, false)
    expect(Math.abs(camera.start - before)).toBeLessThan(100_000)
    for (let i = 0; i < 200; i++) camera.advance(4_400_000 + i, 16, true, false)
    expect(camera.xOf(4_400_200)).toBeCloseTo(800, 0)
  })

  test('a far leap is cut, and so is a run faster than the window is wide', () => {
    const camera = at(0, 10, 1000)
    camera.advance(0, 16, true, false)
    camera.advance(90_000_000, 16, true, false)
    expect(camera.xOf(90_000_000)).toBeCloseTo(800)
  })

  test('a paused playhead moves within a window that rests', () => {
    const camera = at(1_000_000, 1000, 1000)
    camera.advance(1_500_000, 16, false, false)
    camera.advance(1_600_000, 16, false, false)
    expect(camera.start).toBe(1_000_000)
    for (let i = 0; i < 300; i++) camera.advance(2_100_000, 16, false, false)
    expect(camera.xOf(2_100_000)).toBeCloseTo(800, 0)
  })

  test('with reduced motion the window turns pages', () => {
    const camera = at(0, 1000, 1000)
    camera.advance(900_000, 16, true, true)
    expect(camera.start).toBe(0)
    camera.advance(970_000, 16, true, true)
    expect(camera.xOf(970_000)).toBeCloseTo(250)
  })

  test('panning stops the following; a step brings it back', () => {
    const camera = at(0, 1000, 1000)
    camera.advance(500_000, 16, true, false)
    camera.pan(200, 2_000_000)
    expect(camera.following).toBe(false)
    const { start } = camera
    camera.advance(510_000, 16, true, false)
    expect(camera.start).toBe(start)
    camera.advance(520_000, 16, false, false)
    expect(camera.following).toBe(true)
  })
})

describe('message index', () => {
  const found = (index: MessageIndex, from: number, to: number) => {
    const all: number[] = []
    index.between(from, to, (_, i) => all.push(i))
    return all
  }

  test('finds what is on its way, long flights too', () => {
    const messages = Array.from({ length: 500 }, (_, i) => message(i * 100, i * 100 + 50))
    messages[3] = message(300, 40_000)
    const index = new MessageIndex()
    index.update({ messages, rewrites: 0 }, () => undefined)
    expect(found(index, 20_000, 20_120)).toEqual([3, 200, 201])
    expect(found(index, 45_060, 45_090)).toEqual([])
  })

  test('agrees with a plain search', () => {
    const messages = Array.from({ length: 300 }, (_, i) => message(i * 10, i * 10 + ((i * 7919) % 997)))
    const index = new MessageIndex()
    index.update({ messages, rewrites: 0 }, () => undefined)
    for (const [from, to] of [
      [0, 0],
      [500, 700],
      [2990, 9000],
    ] as const) {
      const plain = messages.flatMap(({ sentAt, endsAt }, i) => (sentAt <= to && endsAt >= from ? [i] : []))
      expect(found(index, from, to)).toEqual(plain)
    }
  })

  test('tells just the stretches that have changed', () => {
    const messages = [message(0, 10), message(5, 30), message(40, 60)]
    const index = new MessageIndex()
    const touched: number[][] = []
    const touch = (from: number, to: number) => touched.push([from, to])
    index.update({ messages, rewrites: 0 }, touch)
    touched.length = 0
    index.update({ messages, rewrites: 1 }, touch)
    expect(touched).toEqual([])
    messages[1] = message(5, 90)
    messages.push(message(70, 80))
    index.update({ messages, rewrites: 2 }, touch)
    expect(touched).toEqual([
      [5, 30],
      [5, 90],
      [70, 80],
    ])
    expect(found(index, 85, 86)).toEqual([1])
  })

  test('forgets what a rewrite has cut off', () => {
    const messages = [message(0, 10), message(20, 30)]
    const index = new MessageIndex()
    index.update({ messages, rewrites: 0 }, () => undefined)
    const touched: number[][] = []
    index.update({ messages: messages.slice(0, 1), rewrites: 1 }, (from, to) => touched.push([from, to]))
    expect(touched).toEqual([[20, 30]])
    expect(found(index, 0, 100)).toEqual([0])
  })

  test('heartbeats and their acceptance are routine, other replies are not', () => {
    const reply = {
      kind: 'AppendEntriesReply',
      tone: 'accepted',
      from: serverId(2),
      to: serverId(1),
    } as const
    const index = new MessageIndex()
    const messages = [
      message(0, 10, { tone: 'heartbeat' }),
      message(1, 12),
      message(10, 20, reply),
      message(12, 22, reply),
    ]
    index.update({ messages, rewrites: 0 }, () => undefined)
    expect([0, 1, 2, 3].map((i) => index.isRoutine(i))).toEqual([true, false, true, false])
  })
})

describe('conditions', () => {
  const condition = (at: number, server: number, term: number): Condition => ({
    event: 0,
    at: micros(at),
    server: serverId(server),
    role: 'follower',
    term,
    state: 'up',
  })

  test('are kept by server, with the highest term so far', () => {
    const index = new ConditionIndex()
    index.update([condition(0, 1, 0), condition(0, 2, 0), condition(5, 2, 1), condition(9, 1, 1)])
    expect(index.of(2).map(({ at }) => at)).toEqual([0, 5])
    expect(index.reigns).toEqual([
      { at: 0, term: 0 },
      { at: 5, term: 1 },
    ])
  })

  test('start anew when the record was cut', () => {
    const all = [condition(0, 1, 0), condition(5, 1, 1)]
    const index = new ConditionIndex()
    index.update(all)
    index.update([...all.slice(0, 1), condition(7, 1, 1)])
    expect(index.reigns.at(-1)).toEqual({ at: 7, term: 1 })
    expect(index.of(1)).toHaveLength(2)
  })

  test('firstAt begins at the one that holds at a time', () => {
    const list = [{ at: 0 }, { at: 10 }, { at: 20 }]
    expect([-5, 0, 9, 10, 99].map((time) => firstAt(list, time))).toEqual([0, 0, 0, 1, 2])
  })
})

describe('signs on the lanes', () => {
  const fact = (at: number, more: FactRecord['fact']): FactRecord => ({
    event: at,
    at: micros(at),
    cause: -1,
    fact: more,
  })
  const s2 = serverId(2)
  const taken = fact(10, {
    kind: 'SnapshotTaken',
    server: s2,
    rule: '§7',
    first: logIndex(1),
    last: logIndex(4),
    bytes: 40,
  })
  const crashed = fact(20, { kind: 'ServerCrashed', server: s2, lastIndex: logIndex(4), unwritten: 0 })
  const transfer = fact(30, {
    kind: 'TransferStarted',
    server: s2,
    rule: 'D 3.10',
    to: serverId(1),
    behind: false,
  })

  test('are for what goes beyond §5, on the lane of whom it is about', () => {
    const of = { server: s2, rule: 'D 6.2' } as const
    const answered = (stale: boolean): FactRecord['fact'] => ({
      kind: 'ClientAnswered',
      client: clientId(11),
      command: { kind: 'Get', key: 'x' },
      server: s2,
      result: { kind: 'Found', value: null },
      took: micros(9),
      stale,
    })
    const round = { round: 1, took: micros(5), fast: true, learners: [serverId(4), serverId(5)] }
    const index = new SignIndex()
    index.update([
      fact(1, { ...of, kind: 'WriteDone', upTo: logIndex(2) }),
      fact(2, { ...of, kind: 'CatchUpRoundDone', ...round }),
      fact(3, { kind: 'StorageLost', server: s2, what: 'vote' }),
      fact(4, { ...of, kind: 'SteppedDown', term: term(1), why: { kind: 'Removed' } }),
      fact(5, answered(false)),
      fact(6, answered(true)),
    ])
    expect(index.within(0, 100)).toEqual([
      { at: 1, server: 2, kind: 'written' },
      { at: 2, server: 4, kind: 'caughtUp' },
      { at: 2, server: 5, kind: 'caughtUp' },
      { at: 3, server: 2, kind: 'storageLost' },
      { at: 4, server: 2, kind: 'steppedDown' },
      { at: 6, server: 2, kind: 'stale' },
    ])
    const layout = layoutOf(190, 5)
    const near = (x: number, server: number, below = 0) =>
      signAt(index, layout, { start: 0, perPixel: 1 }, x, laneY(layout, server) + below)?.kind
    expect([near(3.4, 2), near(2, 5, 5), near(7, 2), near(12, 2)]).toEqual([
      'storageLost',
      'caughtUp',
      'stale',
      'stale',
    ])
    expect([near(13, 2), near(2, 3), near(2, 5, 7)]).toEqual([undefined, undefined, undefined])
    const stale = { at: 6000, server: 2, kind: 'stale' } as const
    expect(tipText(0, null, stale, undefined)).toBe('6.0 ms  S2 gave a stale answer')
  })

  test('are for snapshots, members and transfers', () => {
    const index = new SignIndex()
    expect(index.update([taken, crashed, transfer])).toBe(10)
    expect(index.within(0, 100).map(({ at, kind }) => [at, kind])).toEqual([
      [10, 'snapshot'],
      [30, 'transfer'],
    ])
    expect(index.update([taken, crashed, transfer])).toBe(Infinity)
  })

  test('start anew when the record was cut', () => {
    const index = new SignIndex()
    index.update([taken, crashed, transfer])
    expect(index.update([taken, crashed])).toBe(0)
    expect(index.within(0, 100)).toHaveLength(1)
  })

  test('a lane is there before its server comes', () => {
    const index = new ConditionIndex()
    const condition = { event: 0, role: 'follower', term: 0, state: 'up' } as const
    index.update([1, 2, 6].map((id) => ({ ...condition, at: micros(id), server: serverId(id) })))
    expect(index.servers).toBe(6)
  })
})

describe('tiles', () => {
  const span = TILE_WIDTH * 1000

  test('cover the window, also what lies before the start', () => {
    expect(placesOf(-12_000, 1000, 1000)).toEqual([-1, 1])
    expect(placesOf(span * 3 + 1, 1000, 1000)).toEqual([3, 4])
  })

  test('are stale only where something changed', () => {
    const stale = (from: number, to: number) => [0, 1, 2, 3].filter((place) => touches(place, from, to, 1000))
    expect(stale(span + 9000, span + 20_000)).toEqual([1])
    expect(stale(span - 9000, 2 * span + 9000)).toEqual([0, 1, 2])
    expect(stale(span + 1000, span + 2000)).toEqual([0, 1])
  })
})

describe('labels', () => {
  const wish = (x: number, width: number, rank = 1) => ({ x, width, rank })

  test('go to the lowest row with room, and are dropped where there is none', () => {
    expect(stack([wish(0, 50), wish(20, 50), wish(30, 50), wish(60, 50)], 2)).toEqual([1, 0, -1, 1])
  })

  test('commands give way to what is done to the cluster', () => {
    expect(stack([wish(0, 50, 2), wish(20, 50)], 1)).toEqual([-1, 0])
  })

  test('what Raft assumes never to happen has its label before all others', () => {
    expect(stack([wish(0, 50), wish(20, 50), wish(40, 50, 0)], 1)).toEqual([-1, -1, 0])
  })

  test('stay in their rows wherever they scroll to', () => {
    const wishes = [wish(0, 80), wish(40, 30), wish(90, 60), wish(100, 10)]
    const moved = wishes.map(({ x, ...rest }) => ({ ...rest, x: x - 7321 }))
    expect(stack(moved, 2)).toEqual(stack(wishes, 2))
  })
})

describe('layout', () => {
  test.each([
    [190, 1],
    [190, 5],
    [190, 9],
    [150, 9],
    [150, 3],
  ])('at %i px, %i lanes keep clear of labels and band', (height, servers) => {
    const layout = layoutOf(height, servers)
    const last = laneY(layout, servers)
    expect(laneY(layout, 1)).toBeGreaterThanOrEqual(15)
    expect(last).toBeLessThanOrEqual((layout.labelRows[0] ?? 0) - 14)
    expect(layout.bandTop + layout.bandHeight).toBeLessThan(layout.axis - 8)
    if (servers > 1) expect(layout.gap).toBeGreaterThan(8)
  })
})

describe('message lines', () => {
  const layout = layoutOf(190, 5)

  test.for<[MessageRecord['kind'], MessageRecord['tone'], string]>([
    ['RequestVote', 'plain', 'vote'],
    ['PreVote', 'plain', 'preVote'],
    ['PreVoteReply', 'accepted', 'preAccept'],
    ['PreVoteReply', 'refused', 'refuse'],
    ['InstallSnapshot', 'plain', 'snapshot'],
    ['InstallSnapshotReply', 'accepted', 'accept'],
    ['TimeoutNow', 'plain', 'timeoutNow'],
  ])('%s, %s, is drawn as %s', ([kind, tone, look]) => {
    expect(lookOf(message(0, 10, { kind, tone }), false)).toBe(look)
  })

  test('a lost message ends where it is lost', () => {
    const line = lineOf(message(0, 1000, { lost: true, place: 500_000 }), layout)
    expect(line.y2).toBeCloseTo((laneY(layout, 1) + laneY(layout, 2)) / 2)
  })

  test('a client’s message is a stub at the server’s lane', () => {
    const line = lineOf(message(0, 1000, { kind: 'ClientRequest', from: 11 as ServerId }), layout)
    expect(line).toMatchObject({ t2: 1000, y2: laneY(layout, 2) })
    expect(line.y1).toBeLessThan(line.y2)
    expect(line.t1).toBeGreaterThan(0)
  })

  test('the distance to a line ends at its ends', () => {
    const line = { t1: 0, y1: 0, t2: 1000, y2: 10 }
    expect(distanceTo(line, 500, 5, 100)).toBeCloseTo(0)
    expect(distanceTo(line, 2000, 10, 100)).toBeCloseTo(10)
  })

  test('the nearest message within reach is picked', () => {
    const index = new MessageIndex()
    index.update({ messages: [message(0, 10_000), message(8000, 18_000)], rewrites: 0 }, () => undefined)
    const y = (laneY(layout, 1) + laneY(layout, 2)) / 2
    expect(messageAt(index, layout, 13_000, y, 500)).toBe(1)
    expect(messageAt(index, layout, 40_000, y, 500)).toBe(-1)
  })
})

test('for a projector all of the timeline is larger, and stands in the same places', () => {
  const [small, large] = [layoutOf(150, 5, true), layoutOf(300, 5, true)]
  expect(small).toEqual(layoutOf(150, 5))
  expect(large.text).toBe(2 * small.text)
  expect(laneY(large, 5)).toBeCloseTo(2 * laneY(small, 5))
  expect(large.axis).toBe(2 * small.axis)
})

test('the axis names round times, and the same ones wherever the window begins', () => {
  const ticks = ticksOf({ start: 50_000, perPixel: 1000, width: 500 })
  expect(ticks).toEqual([100_000, 200_000, 300_000, 400_000, 500_000])
  expect(ticksOf({ start: 99_999.7, perPixel: 1000, width: 500 })[0]).toBe(100_000)
})
