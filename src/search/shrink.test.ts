import { describe, expect, it } from 'vitest'
import { millis, serverId } from '../base/ids.ts'
import type { Intervention, Setup } from '../simulation/script.ts'
import { defaultSettings } from '../simulation/settings.ts'
import { type Broken, only } from './finding.ts'
import { withOtherLuck } from './other-luck.ts'
import { rerun } from './run.ts'
import { shrink, shrunk } from './shrink.ts'
import { fewerServers, plainSettings } from './simpler-cluster.ts'
import { roundTimes } from './simpler-times.ts'
import { withoutItems, withoutPairs } from './without.ts'

const at = (time: number, act: Intervention) => ({ at: millis(time), skip: 0, act })
const timeOut = (server: number): Intervention => ({ kind: 'TimeOut', server: serverId(server) })
const settings = { ...defaultSettings, countMinority: true }
/** Two servers of three that each take one vote for enough. */
const setup: Setup = {
  seed: 5,
  servers: 3,
  settings: { ...settings, duplicate: 200_000, maxEntries: 1 },
  initial: null,
  script: [
    at(3.217, { kind: 'Pause', server: serverId(3) }),
    at(7.001, timeOut(1)),
    at(7.5, timeOut(2)),
    at(8, { kind: 'Heal' }),
  ],
}

function broken(): Broken {
  const found = rerun(setup, only('ElectionSafety'), 200)
  if (found === null) throw new Error('nothing is wrong')
  return found
}

/** Whether a pass offers nothing better than what `keeps` agrees to; returns what it comes to. */
function run(
  pass: Generator<Setup, void, Setup | null>,
  keeps: (setup: Setup) => boolean,
  from: Setup,
): Setup {
  let best = from
  let next = pass.next()
  while (next.done !== true) {
    const accepted: Setup | null = keeps(next.value) ? next.value : null
    best = accepted ?? best
    next = pass.next(accepted)
  }
  return best
}

describe('shrinking', () => {
  it('ends with less, the same kind of violation, and the settings meant', () => {
    const small = shrunk(broken(), { settings })
    expect(small.finding.kind).toBe('ElectionSafety')
    expect(small.setup.script.map(({ act }) => act.kind)).toEqual(['TimeOut', 'TimeOut'])
    expect(small.setup.settings).toEqual(settings)
    for (const item of small.setup.script) expect([item.at % 1000, item.skip]).toEqual([0, 0])
    expect(rerun(small.setup, only('ElectionSafety'), 200)?.finding).toEqual(small.finding)
  })

  it('takes no more runs than it may', () => {
    const steps = shrink(broken(), { settings, most: 7 })
    expect([...steps]).toHaveLength(7)
  })
})

describe('a pass', () => {
  const kinds = (one: Setup) => one.script.map(({ act }) => act.kind)

  it('leaves out all interventions that are not needed', () => {
    const needed = run(withoutItems(setup), (one) => kinds(one).includes('Pause'), setup)
    expect(kinds(needed)).toEqual(['Pause'])
  })

  it('leaves out two that need each other', () => {
    const together = (one: Setup) => kinds(one).includes('Pause') === kinds(one).includes('Heal')
    const pairs = run(withoutPairs(setup), together, setup)
    expect(kinds(pairs)).not.toContain('Pause')
  })

  it('leaves out what only makes up for an unlucky draw', () => {
    const lucky = run(withOtherLuck(setup), (one) => one.seed === 4 && kinds(one).includes('Pause'), setup)
    expect([lucky.seed, kinds(lucky)]).toEqual([4, ['Pause']])
  })

  it('puts back the settings that do not matter', () => {
    const one = run(plainSettings(setup, settings), (other) => other.settings.maxEntries === 1, setup)
    expect(one.settings).toEqual({ ...settings, maxEntries: 1 })
  })

  it('leaves a server out, and those behind it move up', () => {
    const script = [at(1, timeOut(1)), at(2, timeOut(2)), at(3, timeOut(3))]
    const fewer = run(fewerServers({ ...setup, script }), ({ servers }) => servers === 2, {
      ...setup,
      script,
    })
    expect(fewer.servers).toBe(2)
    const first = fewerServers({ ...setup, script }).next().value as Setup
    expect(first.script).toEqual([at(1, timeOut(1)), at(2, timeOut(2))])
    const passes = fewerServers({ ...setup, script })
    passes.next()
    const second = passes.next(null).value as Setup
    expect(second.script).toEqual([at(1, timeOut(1)), at(3, timeOut(2))])
  })

  it('rounds times without changing the order', () => {
    const round = run(roundTimes(setup), () => true, setup)
    const times = round.script.map((item) => item.at)
    expect(times).toEqual([...times].sort((a, b) => a - b))
    for (const time of times) expect(time % 1000).toBe(0)
  })
})
