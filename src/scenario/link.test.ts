import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { micros } from '../base/ids.ts'
import { BREAKABLE_RULES } from '../raft/settings.ts'
import type { Intervention } from '../simulation/script.ts'
import { section5Defaults } from '../simulation/settings.ts'
import { toBase64url } from './base64url.ts'
import { ByteWriter } from './bytes.ts'
import { crc32 } from './crc.ts'
import { LIBRARY } from './library.ts'
import { decodeLink, encodeLink, fitsLink, LINK_BUDGET, replaysDifferently } from './link.ts'
import { ENGINE, type Scenario } from './scenario.ts'
import { LINK_KEYS, SETTINGS, type SettingRow } from './settings-table.ts'
import { validate } from './validate.ts'

const wordOf = (least: number) =>
  fc.string({ unit: fc.constantFrom(...'abcxyz0189 -_é→'), minLength: least, maxLength: 16 })
const commands = fc.oneof(
  fc.record({ kind: fc.constant('Put'), key: wordOf(1), value: wordOf(0) }),
  fc.record({ kind: fc.constant('Get'), key: wordOf(1) }),
  fc.record({ kind: fc.constant('Delete'), key: wordOf(1) }),
  fc.record({ kind: fc.constant('CompareAndSet'), key: wordOf(1), expected: wordOf(0), value: wordOf(0) }),
)

const settingValue = (row: SettingRow): fc.Arbitrary<unknown> =>
  row.kind === 'switch'
    ? fc.boolean()
    : row.kind === 'choice'
      ? fc.constantFrom(...row.choices.map((choice) => choice.value))
      : fc.integer({ min: row.min, max: row.max })
const settingValues = Object.fromEntries(SETTINGS.map((row) => [row.key, settingValue(row)]))
const linkValues = Object.fromEntries(
  LINK_KEYS.map((key) => [key, settingValues[key] as fc.Arbitrary<unknown>]),
)

const addresses = (servers: number) =>
  fc.oneof(fc.integer({ min: 1, max: servers }), fc.integer({ min: 11, max: 16 }))
const messagesOf = (servers: number) =>
  fc.record({
    from: addresses(servers),
    to: addresses(servers),
    n: fc.integer({ min: 1, max: 100_000 }),
    copy: fc.integer({ min: 0, max: 31 }),
  })
const times = fc.oneof(
  fc.integer({ min: 0, max: 1e12 }),
  fc.nat(5000).map((n) => n * 1000),
)

/** Every kind of intervention, each as likely as the next. */
function actsOf(servers: number): Record<Intervention['kind'], fc.Arbitrary<object>> {
  const server = fc.integer({ min: 1, max: servers })
  const pair = fc.uniqueArray(server, { minLength: 2, maxLength: 2 })
  const between = (rest: Record<string, fc.Arbitrary<unknown>>) =>
    fc.tuple(pair, fc.record(rest)).map(([[from, to], more]) => ({ from, to, ...more }))
  const message = messagesOf(servers)
  const groups = fc
    .array(fc.integer({ min: 0, max: 3 }), { minLength: servers, maxLength: servers })
    .map((group) => [1, 2, 3].map((g) => group.flatMap((mine, i) => (mine === g ? [i + 1] : []))))
  const client = fc.constantFrom(11, 12)
  const serial = fc.integer({ min: 1, max: 1000 })
  return {
    Crash: fc.record({ server }),
    Restart: fc.record({ server }),
    Pause: fc.record({ server }),
    Resume: fc.record({ server }),
    TimeOut: fc.record({ server }),
    Heartbeat: fc.record({ server }),
    RestartWithout: fc.record({ server, loses: fc.constantFrom('vote', 'disk') }),
    SetDisk: fc.record({ server, latency: fc.option(fc.integer({ min: 0, max: 10_000_000 })) }),
    Transfer: pair.map(([one, to]) => ({ server: one, to })),
    ChangeMembers: pair.map(([one, other]) => ({ add: [one], remove: [other] })),
    Retry: pair.map(([one, peer]) => ({ server: one, peer })),
    SetClock: fc.record({ server, rate: fc.integer({ min: 100, max: 10_000 }) }),
    Partition: fc.record({ groups }),
    Isolate: fc.record({ server }),
    Cut: between({}),
    Mend: between({}),
    Heal: fc.constant({}),
    Command: fc.record({ server: fc.option(server), command: commands }),
    Drop: fc.record({ message }),
    Delay: fc.record({ message, by: times }),
    Duplicate: fc.record({ message }),
    Deliver: fc.record({ message }),
    ClientTimeOut: fc.record({ client, serial }),
    Change: fc.record({ settings: fc.record(settingValues, { requiredKeys: [] }) }),
    SetLink: between({ settings: fc.option(fc.record(linkValues)) }),
  }
}

const KINDS = Object.keys(actsOf(2)) as Intervention['kind'][]

const scriptsOf = (servers: number) => {
  const kinds = KINDS.filter(
    (kind) => servers > 1 || !['Retry', 'Cut', 'Mend', 'SetLink', 'Transfer', 'ChangeMembers'].includes(kind),
  )
  const acts = kinds.map((kind) => actsOf(servers)[kind].map((fields) => ({ kind, ...fields })))
  const item = fc.record({ at: times, skip: fc.oneof(fc.constant(0), fc.nat(40)), act: fc.oneof(...acts) })
  return fc.array(item, { maxLength: 40 }).map((items) => items.sort((a, b) => a.at - b.at))
}

/** Logs cut from one sequence of entries hold to the Log Matching Property. */
const initialOf = (servers: number) =>
  fc
    .array(fc.record({ step: fc.nat(2), command: commands }), { maxLength: 12 })
    .map((steps) => {
      let term = 1
      return steps.map(({ step, command }) => {
        term += step
        return { term, command }
      })
    })
    .chain((log) => {
      const currentTerm = (log.at(-1)?.term ?? 1) + 3
      const votedFor = fc.option(fc.integer({ min: 1, max: servers }))
      const one = fc.record({ votedFor, length: fc.nat(log.length) })
      const some = fc.array(one, { minLength: servers, maxLength: servers })
      return some.map((all) =>
        all.map(({ votedFor: vote, length }) => ({ currentTerm, votedFor: vote, log: log.slice(0, length) })),
      )
    })

const scenarios: fc.Arbitrary<Scenario> = fc.integer({ min: 1, max: 9 }).chain((servers) =>
  fc
    .record({
      engine: fc.constant(ENGINE),
      name: fc.string({ unit: fc.constantFrom(...'Aé →z9'), maxLength: 80 }),
      seed: fc.integer({ min: 0, max: 0xffff_ffff }),
      servers: fc.constant(servers),
      settings: fc
        .record(settingValues, { requiredKeys: [] })
        .map((changed) => ({ ...section5Defaults, ...changed })),
      initial: fc.option(initialOf(servers)),
      script: scriptsOf(servers),
      view: fc.record({
        at: times,
        skip: fc.option(fc.nat(100)),
        slowdown: fc.option(fc.integer({ min: 1, max: 10_000 })),
        selection: fc.option(
          fc.oneof(
            fc.record({ kind: fc.constant('server'), server: fc.integer({ min: 1, max: servers }) }),
            fc.record({ kind: fc.constant('message'), message: messagesOf(servers) }),
          ),
        ),
      }),
    })
    .map((value) => {
      const checked = validate(value)
      if (!checked.ok) throw new Error(checked.sentence)
      return checked.scenario
    }),
)

const hashes = fc.option(fc.integer({ min: 0, max: 0xffff_ffff }))
const sample = fc.sample(scenarios, { seed: 5, numRuns: 12 })

describe('a link', () => {
  it('opens as the scenario it was made from', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, hashes, async (scenario, stateHash) => {
        const opened = await decodeLink(await encodeLink(scenario, stateHash))
        expect(opened).toEqual({ ok: true, scenario, stateHash })
      }),
      { numRuns: 300 },
    )
  })

  it.each(KINDS)('carries the intervention %s', async (kind) => {
    const acts = fc.sample(actsOf(5)[kind], { seed: 1, numRuns: 20 })
    const script = acts.map((fields, i) => ({ at: micros(i * 700), skip: i % 3, act: { kind, ...fields } }))
    const checked = validate({ ...LIBRARY[0]?.scenario, script })
    if (!checked.ok) throw new Error(checked.sentence)
    const opened = await decodeLink(await encodeLink(checked.scenario, null))
    expect(opened).toEqual({ ok: true, scenario: checked.scenario, stateHash: null })
  })

  it('opens with what a message puts around it', async () => {
    const scenario = sample[0] as Scenario
    const link = await encodeLink(scenario, 7)
    const half = Math.floor(link.length / 2)
    const texts = [link.slice(1), `${link}).`, `${link}>`, `${link.slice(0, half)}\r\n ${link.slice(half)}`]
    for (const text of texts) expect(await decodeLink(text)).toEqual({ ok: true, scenario, stateHash: 7 })
  })
})

describe('a damaged link', () => {
  const links = [...LIBRARY.map((entry) => entry.scenario), ...sample]

  it('is known for cut short wherever it was cut', async () => {
    for (const scenario of links) {
      const link = await encodeLink(scenario, 0xdead_beef)
      for (let length = 0; length < link.length; length++) {
        expect(await decodeLink(link.slice(0, length))).toMatchObject({ problem: 'cut short' })
      }
    }
  })

  it('never opens as another scenario, whichever character is wrong', async () => {
    let tried = 0
    for (const scenario of LIBRARY.map((entry) => entry.scenario)) {
      const link = await encodeLink(scenario, 1)
      for (let i = 1; i < link.length; i++) {
        for (const wrong of 'AQgw019_-.') {
          if (wrong === link[i]) continue
          const opened = await decodeLink(link.slice(0, i) + wrong + link.slice(i + 1))
          expect(opened.ok && opened.scenario).toBe(false)
          tried++
        }
      }
    }
    expect(tried).toBeGreaterThan(5000)
  })

  it('is refused where characters are missing or doubled inside', async () => {
    const link = await encodeLink(sample[1] as Scenario, null)
    for (let i = 4; i < link.length - 1; i++) {
      const missing = await decodeLink(link.slice(0, i) + link.slice(i + 1))
      const doubled = await decodeLink(link.slice(0, i) + link[i] + link.slice(i))
      expect([missing.ok, doubled.ok]).toEqual([false, false])
    }
  })

  it.each([
    'hello',
    '#',
    '#settings',
    '#w1',
    '#w1.',
    '#w1.!!!!',
    '#w1.________________',
    '#w0.AAAAAAAA',
    '#w0.%00%00',
    `#w1.${'A'.repeat(20_000)}`,
    '#w١.abc',
  ])('%s is no scenario', async (text) => {
    expect(await decodeLink(text)).toMatchObject({
      ok: false,
      sentence: expect.stringMatching(/^This link .*\.$/),
    })
  })

  it('is refused, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.constantFrom('', '#', '#w0.', '#w1.'), async (text, tag) => {
        expect((await decodeLink(tag + text)).ok).toBe(false)
      }),
    )
  })
})

/** An envelope as `encodeLink` makes it, around any body. */
function forged(codec: number, body: Uint8Array): string {
  const to = new ByteWriter().varint(body.length).uint32(crc32(body, crc32(Uint8Array.of(codec))))
  for (const byte of body) to.byte(byte)
  return `#w${codec}.${toBase64url(to.done())}`
}

describe('what was written at first', () => {
  const start = [2, 1, 0, 0, 0, 3, 9]
  it.each([
    ['Crash', [1, 4], { server: 4 }],
    ['Isolate', [10, 4], { server: 4 }],
    ['Drop', [15, 1, 12, 5, 0], { message: { from: 1, to: 12, n: 5, copy: 0 } }],
    ['Delay', [16, 1, 2, 5, 3, 14], { message: { from: 1, to: 2, n: 5, copy: 3 }, by: 7000 }],
    ['Duplicate', [17, 9, 8, 7, 31], { message: { from: 9, to: 8, n: 7, copy: 31 } }],
    ['Deliver', [18, 11, 3, 5, 0], { message: { from: 11, to: 3, n: 5, copy: 0 } }],
  ])('opens: the intervention %s', async (kind, bytes, fields) => {
    const opened = await decodeLink(forged(0, Uint8Array.of(...start, 7, 1, 0, ...bytes)))
    const script = [{ at: 0, skip: 0, act: { kind, ...fields } }]
    expect(opened).toMatchObject({ ok: true, scenario: { script } })
  })

  it('opens with every rule kept, as links from before there were rules to break', async () => {
    const opened = await decodeLink(forged(0, Uint8Array.of(...start, 5, 1, 16, 1)))
    if (!opened.ok) throw new Error(opened.sentence)
    expect(opened.scenario.settings).toEqual({ ...section5Defaults, noOp: true })
    for (const rule of BREAKABLE_RULES) expect(opened.scenario.settings[rule]).toBe(false)
  })

  it('opens: a message that is selected', async () => {
    const opened = await decodeLink(forged(0, Uint8Array.of(...start, 8, 0, 0, 1, 2, 1, 12, 5, 0, 0)))
    const selection = { kind: 'message', message: { from: 1, to: 12, n: 5, copy: 0 } }
    expect(opened).toMatchObject({ ok: true, scenario: { view: { selection } } })
  })
})

describe('a forged link with a right checksum', () => {
  it('cannot inflate to more than 64 KiB', async () => {
    const bomb = deflateRawSync(new Uint8Array(8_000_000))
    expect(bomb.length).toBeLessThan(10_000)
    expect(await decodeLink(forged(1, bomb))).toMatchObject({ problem: 'not a scenario' })
  })

  it.each([
    ['what is not deflated', forged(1, Uint8Array.of(255, 1, 2, 3)), 'not a scenario'],
    ['an empty payload, without a seed', forged(0, Uint8Array.of()), 'not a scenario'],
    ['a list that claims to be endless', forged(0, Uint8Array.of(7, 255, 255, 255, 127)), 'not a scenario'],
    ['a later engine', forged(0, Uint8Array.of(1, ENGINE + 1)), 'newer version'],
    ['an unknown field', forged(0, Uint8Array.of(99)), 'newer version'],
    ['an unknown setting', forged(0, Uint8Array.of(5, 1, 99, 1)), 'newer version'],
    ['an unknown choice', forged(0, Uint8Array.of(5, 1, 15, 9)), 'newer version'],
    ['an unknown intervention', forged(0, Uint8Array.of(7, 1, 0, 99)), 'newer version'],
    ['a server that is not there', forged(0, Uint8Array.of(2, 1, 0, 0, 0, 7, 1, 0, 1, 7)), 'not a scenario'],
    ['a later tag', '#w2.AAAA', 'newer version'],
  ])('and %s is refused', async (_, link, problem) => {
    expect(await decodeLink(link)).toMatchObject({ ok: false, problem })
  })

  it('says what is wrong with the scenario in it', async () => {
    const link = forged(0, Uint8Array.of(2, 1, 0, 0, 0, 7, 1, 0, 1, 7))
    expect(await decodeLink(link)).toMatchObject({
      sentence: 'This link does not hold a scenario. Script line 1: there is no S7 in a cluster of 5.',
    })
  })
})

describe('the size of a link', () => {
  it.each(LIBRARY.map(({ id, scenario }) => [id, scenario] as const))(
    '%s: at most 300',
    async (_, scenario) => {
      expect((await encodeLink(scenario, 0xdead_beef)).length).toBeLessThanOrEqual(300)
    },
  )

  it('50 mixed interventions: at most 500', async () => {
    const kinds = [
      'Crash',
      'Restart',
      'TimeOut',
      'Isolate',
      'Heal',
      'Command',
      'Drop',
      'Pause',
      'Cut',
      'Delay',
    ]
    const script = Array.from({ length: 50 }, (_, i) => {
      const kind = kinds[i % kinds.length] as string
      const server = 1 + ((i * 3) % 5)
      const to = 1 + (server % 5)
      const message = { from: server, to, n: 1 + i, copy: 0 }
      const fields: Record<string, object> = {
        Heal: {},
        Command: { server: null, command: { kind: 'Put', key: 'xyz'[i % 3], value: `${i % 10}` } },
        Drop: { message },
        Cut: { from: server, to },
        Delay: { message, by: 20_000 },
      }
      return { at: i * 83_121 + ((i * 7919) % 1000), skip: 0, act: { kind, ...(fields[kind] ?? { server }) } }
    })
    const checked = validate({ ...LIBRARY[0]?.scenario, script })
    if (!checked.ok) throw new Error(checked.sentence)
    const link = await encodeLink(checked.scenario, 0xdead_beef)
    expect(link.length).toBeLessThanOrEqual(500)
  })

  it.each(BREAKABLE_RULES)('a broken rule, %s, costs at most 6', async (rule) => {
    for (const { scenario } of LIBRARY) {
      const broken = { ...scenario, settings: { ...scenario.settings, [rule]: true } }
      const link = await encodeLink(broken, 1)
      expect(link.length - (await encodeLink(scenario, 1)).length).toBeLessThanOrEqual(6)
      expect(await decodeLink(link)).toEqual({ ok: true, scenario: broken, stateHash: 1 })
    }
  })

  it('has a budget', () => {
    expect([fitsLink('x'.repeat(LINK_BUDGET)), fitsLink('x'.repeat(LINK_BUDGET + 1))]).toEqual([true, false])
  })
})

test('what links leave out never changes: raise the tag instead', () => {
  expect(section5Defaults).toEqual({
    electionTimeoutMin: 150_000,
    electionTimeoutMax: 300_000,
    heartbeatInterval: 50_000,
    rpcTimeout: 80_000,
    maxEntries: 10,
    backUp: 'term',
    latencyMin: 10_000,
    latencyMax: 20_000,
    loss: 0,
    duplicate: 0,
    reorder: 0,
    clientRate: 0,
    clientTimeout: 250_000,
    clientBackoff: 60_000,
    clientPatience: 10_000_000,
    noOp: false,
    preVote: false,
    checkQuorum: false,
    snapshotAt: 0,
    snapshotChunk: 0,
    membership: 'single',
    changeAfterOwnEntry: true,
    catchUp: true,
    sessions: false,
    mostSessions: 8,
    reads: 'log',
    batchDelay: 0,
    pipeline: 0,
    parallelWrite: false,
    diskLatency: 0,
    voteWithoutComparing: false,
    voteTwice: false,
    forgetVote: false,
    forgetTerm: false,
    commitOldTerms: false,
    truncateAlways: false,
    skipConsistencyCheck: false,
    countMinority: false,
    applyUncommitted: false,
    readBeforeOwnEntry: false,
    ignoreSnapshotBoundary: false,
    acceptStaleSnapshot: false,
    keepOldVotes: false,
    ignoreTermsInReplies: false,
  })
})

test('a link that replays differently says where', () => {
  expect(replaysDifferently(micros(1_234_500))).toContain('1234.5 ms')
})
