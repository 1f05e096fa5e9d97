import { expect, test } from 'vitest'
import { millis, serverId } from '../base/ids.ts'
import { Watch } from '../check/watch.ts'
import { History } from '../simulation/history.ts'
import { defaultSettings } from '../simulation/settings.ts'
import { plain } from '../words/sentence.ts'
import { breakageNamed, settingsWith } from './breakages.ts'
import { captionsOf, chainOf } from './chain.ts'
import type { FoundKind } from './finding.ts'
import { Search } from './search.ts'

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

const NOBODY = { atStart: null, after: () => null, mark: () => null, backTo: () => {} }

test.each<[string, FoundKind, readonly RegExp[]]>([
  ['vote-twice', 'ElectionSafety', [/votes a second time/, /was elected leader/, /was elected leader/]],
  ['vote-twice', 'OneVote', [/became candidate|voted for/, /votes a second time/]],
  ['forget-term', 'TermsRise', [/moved to term|became candidate/, /has forgotten its term/]],
  [
    'vote-without-comparing',
    'LeaderCompleteness',
    [/ committed \d/, /votes for a log/, /was elected leader/],
  ],
  ['skip-consistency-check', 'LogMatching', [/appended/, /takes entries after one of another term/]],
  ['apply-uncommitted', 'StateMachineSafety', [/appended/, /appended put/]],
  ['truncate-always', 'IndexOrder', [/committed/, /erases entries/]],
  ['truncate-always', 'CommittedStays', [/ committed \d/, /erases entries/]],
  ['no-sessions', 'ExactlyOnce', [/appended put/, /appended put/, /committed/]],
  ['read-locally', 'Linearizability', [/appended put/, /answer to put/, /answer to get/]],
])('the steps of %s to %s tell both sides of the contradiction', (name, kind, told) => {
  const breakage = breakageNamed(name)
  if (breakage === undefined) throw new Error(`there is no ${name}`)
  const settings = settingsWith([breakage])
  const { found } = new Search({ settings, wanted: [kind], seed: 1 }).step(400)
  if (found === null) throw new Error('nothing is found')
  const captions = captionsOf(new History(found.setup, () => NOBODY), found.finding)
  expect(captions.map(({ event }) => event)).toEqual(
    captions.map(({ event }) => event).toSorted((a, b) => a - b),
  )
  expect(captions.at(-1)?.event).toBe(found.finding.event)
  const steps = captions.filter(({ isStep }) => isStep).map(({ sentences }) => sentences.map(plain).join(' '))
  // In this order, each in a step of its own.
  let from = 0
  for (const words of told) {
    const at = steps.findIndex((step, i) => i >= from && words.test(step))
    expect(at, `${words} in ${steps.join('\n')}`).toBeGreaterThanOrEqual(0)
    from = at + 1
  }
})
