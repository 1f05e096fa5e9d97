import { expect, test } from 'vitest'
import { millis, serverId } from '../base/ids.ts'
import { Watch } from '../check/watch.ts'
import { History } from '../simulation/history.ts'
import { defaultSettings } from '../simulation/settings.ts'
import { plain } from '../words/sentence.ts'
import { chainOf } from './chain.ts'

const history = () =>
  new History(
    {
      seed: 1,
      servers: 3,
      settings: defaultSettings,
      initial: null,
      script: [{ at: millis(10), skip: 0, act: { kind: 'TimeOut', server: serverId(1) } }],
    },
    (world) => new Watch(world),
  )

test('a chain leads from what somebody did to an event, each the cause of the next', () => {
  const run = history()
  run.seek(60)
  const elected = run.facts.find(({ fact }) => fact.kind === 'BecameLeader')
  if (elected === undefined) throw new Error('nobody was elected')
  const chain = chainOf(run, elected.event)
  expect(chain).toHaveLength(3)
  expect(chain.map(({ sentences }) => sentences.map(plain).join(' '))).toEqual([
    expect.stringMatching(/^S1 became candidate, term 1: its election timer was made to run out/),
    expect.stringMatching(/voted for S1 in term 1/),
    expect.stringMatching(/S1 was elected leader of term 1/),
  ])
  expect(chain[0]?.at).toBe(millis(10))
  expect(run.world.events).toBe(elected.event + 1)
})

test('what is routine is told where there is nothing else', () => {
  const run = history()
  run.seek(200)
  const told = chainOf(run, 199)
  expect(told.length).toBeGreaterThan(0)
  for (const { sentences } of told) for (const sentence of sentences) expect(plain(sentence)).not.toBe('')
})
