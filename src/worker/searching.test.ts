import { beforeEach, describe, expect, test } from 'vitest'
import { decodeLink } from '../scenario/link.ts'
import { validate } from '../scenario/validate.ts'
import { defaultSettings, type Settings } from '../simulation/settings.ts'
import { plain } from '../words/sentence.ts'
import type { SearchJob, SearchReport } from './search-messages.ts'
import { Searching } from './searching.ts'

type Task = Extract<SearchJob, { kind: 'search' }>

const task = (settings: Partial<Settings>, rest: Partial<Task> = {}): Task => ({
  kind: 'search',
  settings: { ...defaultSettings, ...settings },
  clocks: [],
  wanted: 'best',
  seed: 1,
  first: 0,
  stride: 1,
  ...rest,
})

let told: SearchReport[]
beforeEach(() => {
  told = []
})

/** On its clock each look takes half a slice, so that a slice is equally long on every machine. */
function searcher(): Searching {
  let looks = 0
  return new Searching(
    (report) => told.push(structuredClone(report)),
    () => ++looks * 60,
  )
}
function work(searching: Searching, slices: number): boolean {
  let goesOn = true
  for (let i = 0; i < slices && goesOn; i++) goesOn = searching.slice()
  return goesOn
}
const last = <Kind extends SearchReport['kind']>(kind: Kind) =>
  told.findLast((report) => report.kind === kind) as Extract<SearchReport, { kind: Kind }> | undefined

/** The numbers of the scenario that each of so many workers finds first. */
function findsOf(stride: number, settings: Partial<Settings>): number[] {
  return Array.from({ length: stride }, (_, first) => {
    told = []
    const one = searcher()
    one.tell(task(settings, { first, stride }))
    work(one, 500)
    return last('found')?.scenario ?? Number.POSITIVE_INFINITY
  })
}

describe('a worker that searches', { timeout: 60_000 }, () => {
  test('does nothing until it is told to', () => {
    const one = searcher()
    expect(one.slice()).toBe(false)
    one.tell({ kind: 'shrink' })
    expect(one.slice()).toBe(false)
    expect(told).toEqual([])
  })

  test('tells what it looks for, and after each slice what it has done', () => {
    const one = searcher()
    one.tell(task({ forgetVote: true }))
    expect(told).toEqual([{ kind: 'begun', looksFor: ['ElectionSafety'] }])
    expect(one.slice()).toBe(true)
    const before = last('tried')
    expect(before?.scenarios).toBe(20)
    expect(one.slice()).toBe(true)
    expect(last('tried')?.scenarios).toBe(40)
    expect(last('tried')?.events).toBeGreaterThan(before?.events ?? 0)
  })

  test.for([
    [{}, 'best', null],
    [
      { forgetVote: true, commitOldTerms: true },
      'best',
      ['ElectionSafety', 'LeaderCompleteness', 'StateMachineSafety'],
    ],
    [
      { forgetVote: true, voteWithoutComparing: true },
      'best',
      ['ElectionSafety', 'LeaderAppendOnly', 'LogMatching', 'LeaderCompleteness', 'StateMachineSafety'],
    ],
    [{ forgetVote: true }, 'any', null],
    [{ forgetVote: true }, 'OneVote', ['OneVote']],
    [{ sessions: false }, 'best', null],
  ] as const)('%j, %s: it looks for %j', ([settings, wanted, looksFor]) => {
    searcher().tell(task(settings, { wanted }))
    expect(last('begun')?.looksFor).toEqual(looksFor)
  })

  test('stops at what it finds, shrinks it when told to, and opens it', async () => {
    const one = searcher()
    one.tell(task({ countMinority: true }))
    expect(work(one, 100)).toBe(false)
    const found = last('found')
    expect(found?.scenario).toBe((last('tried')?.scenarios ?? 0) - 1)
    one.tell({ kind: 'upTo', scenario: 1 })
    expect(one.slice()).toBe(false)
    expect(told.at(-1)).toEqual(found)
    one.tell({ kind: 'shrink' })
    expect(work(one, 5000)).toBe(false)
    await expect.poll(() => last('shrunk')).toBeDefined()
    const { found: opened, size, link } = last('shrunk') ?? {}
    expect(size).toBeLessThanOrEqual(found?.size ?? 0)
    const sizes = told.flatMap((report) => (report.kind === 'shrinking' ? [report.size] : []))
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a))
    expect(sizes.at(-1)).toBe(size)
    expect(validate(opened?.scenario)).toMatchObject({ ok: true })
    expect(opened?.scenario.name).toMatch(/^Count a minority as a majority: /)
    expect(opened?.captions.at(-1)?.isStep).toBe(true)
    expect(opened?.captions.at(-1)?.sentences.map(plain).join()).not.toBe('')
    expect(await decodeLink(link ?? '')).toMatchObject({ ok: true, scenario: opened?.scenario })
  })

  test('opens what it has found as it is by then, when told that it is enough', async () => {
    const one = searcher()
    one.tell(task({ countMinority: true }))
    work(one, 100)
    one.tell({ kind: 'shrink' })
    one.tell({ kind: 'enough' })
    expect(one.slice()).toBe(false)
    await expect.poll(() => last('shrunk')).toBeDefined()
    expect(last('shrunk')?.size).toBe(last('shrinking')?.size)
    expect(validate(last('shrunk')?.found.scenario)).toMatchObject({ ok: true })
  })

  test('goes only as far as another has found something', () => {
    const one = searcher()
    one.tell(task({}, { first: 1, stride: 3 }))
    one.slice()
    one.tell({ kind: 'upTo', scenario: 100 })
    expect(work(one, 100)).toBe(false)
    expect(last('done')).toBeDefined()
    // 1, 4, … 97
    expect(last('tried')?.scenarios).toBe(33)
  })

  test('one that is ahead of the find is done at once', () => {
    const one = searcher()
    one.tell(task({}))
    one.slice()
    one.tell({ kind: 'upTo', scenario: 5 })
    expect(one.slice()).toBe(false)
    expect(told.at(-1)).toEqual({ kind: 'done' })
    expect(last('tried')?.scenarios).toBe(20)
  })

  test('however many share the work, the first find is the same', () => {
    const [alone = 0] = findsOf(1, { forgetVote: true })
    expect(alone).toBeLessThan(5000)
    expect(Math.min(...findsOf(3, { forgetVote: true }))).toBe(alone)
  })

  test('a lease is only searched with drifting clocks where they drift', () => {
    const lease = { reads: 'lease', sessions: true } as const
    searcher().tell(task(lease, { clocks: [1000, 1000, 1000] }))
    expect(last('begun')?.looksFor).toBeNull()
    searcher().tell(task(lease, { clocks: [1000, 500, 1000] }))
    expect(last('begun')?.looksFor).toEqual(['Linearizability'])
  })
})
