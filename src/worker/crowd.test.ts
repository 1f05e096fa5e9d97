import { expect, test } from 'vitest'
import { millis } from '../base/ids.ts'
import { fresh } from '../scenario/fresh.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { section5Defaults } from '../simulation/settings.ts'
import { hashing, stateHash } from '../simulation/state-hash.ts'
import { World } from '../simulation/world.ts'
import { Mirror } from '../store/records.ts'
import type { Answers, Frame, Question } from './protocol.ts'
import { Session } from './session.ts'

/** Nine servers that stand for election every millisecond, with messages that take up to a minute. */
const storm: Scenario = {
  ...fresh,
  servers: 9,
  settings: {
    ...section5Defaults,
    electionTimeoutMin: millis(1),
    electionTimeoutMax: millis(1),
    rpcTimeout: millis(1),
    duplicate: 1_000_000,
    latencyMax: millis(60_000),
  },
}
const FAR = { kind: 'time', at: millis(60_000), skip: null } as const

/** A worker whose time is up at every look at the clock, so that each answer is as short as can be. */
function hurried(scenario: Scenario) {
  let now = 0
  const session = new Session(null, () => {
    now += 1000
    return now
  })
  const mirror = new Mirror()
  const ask = <Kind extends 'load' | 'frame'>(question: Question & { kind: Kind }) =>
    session.answer(question) as Answers[Kind]
  ask({ kind: 'load', scenario, epoch: 1 })
  const frame = (): Frame => {
    const window = { first: 'head', columns: 10 } as const
    const answer = ask({ kind: 'frame', position: FAR, window, have: mirror.have() })
    mirror.take(answer.epoch, answer.more)
    return answer
  }
  return { mirror, session, frame }
}

test('a crowd is not told whole, but counted', () => {
  const { frame } = hurried(storm)
  const all = new World(storm)
  for (let answers = 1; ; answers++) {
    const { flights, flightCount, events, end } = frame()
    while (all.events < events) all.advance()
    const sorted = [...all.network.flights.all()].sort((a, b) => a.at - b.at || a.seq - b.seq)
    expect(flightCount).toBe(sorted.length)
    expect(flights.map(({ serial }) => serial)).toEqual(sorted.slice(0, 600).map(({ serial }) => serial))
    if (end === null) continue
    expect(end.fact).toEqual({ kind: 'TooManyMessages', most: 20_000 })
    expect(answers).toBeGreaterThan(10)
    return
  }
})

test('records, and what changes of them, come in parts', () => {
  const at = millis(100)
  const script = [{ at, skip: 0, act: { kind: 'Partition', groups: [[1, 2, 3, 4]] } }]
  const { frame, mirror } = hurried({ ...storm, script } as unknown as Scenario)
  let most = 0
  for (let answer = frame(); answer.end === null || answer.more.unfinished; answer = frame())
    most = Math.max(most, answer.more.messages.length, answer.more.changed.length)
  expect(most).toBe(2000)
  const stopped = mirror.messages.filter(({ sentAt, lost }) => sentAt < at && lost)
  expect(stopped.length).toBeGreaterThan(2000)
})

test('a hash is worked out over as many answers as it takes, whatever is asked meanwhile', () => {
  const { session, frame } = hurried(storm)
  const world = new World(storm)
  while (world.advance());
  let answers = 1
  for (; answers < 10_000; answers++) {
    const { hash } = session.hash(FAR, hashing)
    if (answers % 7 === 0) frame()
    if (hash === 'later') continue
    expect(hash).toBe(stateHash(world))
    break
  }
  expect(answers).toBeGreaterThan(20_000 / 500)
})
