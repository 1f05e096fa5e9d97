import { beforeEach, describe, expect, test, vi } from 'vitest'
import { micros, serverId } from '../base/ids.ts'
import type { FoundScenario } from '../search/found-scenario.ts'
import { defaultSettings } from '../simulation/settings.ts'
import type { SearchJob, SearchReport } from '../worker/search-messages.ts'
import { type BackgroundWorker, background } from './background.ts'
import { finder, leaveFinder, startFinding, stopFinding } from './find.ts'
import { app } from './state.ts'

/** A worker that says what it is told to say. */
class FakeSearcher implements BackgroundWorker {
  readonly told: SearchJob[] = []
  isGone = false
  private readonly listeners = new Map<string, (event: Event) => void>()
  postMessage(job: unknown): void {
    this.told.push(job as SearchJob)
  }
  addEventListener(kind: 'message' | 'error', listener: (event: Event) => void): void {
    this.listeners.set(kind, listener)
  }
  terminate(): void {
    this.isGone = true
  }
  says(report: SearchReport): void {
    this.listeners.get('message')?.({ data: report } as MessageEvent)
  }
  async dies(message: string): Promise<void> {
    this.listeners.get('error')?.({ message } as ErrorEvent)
    await Promise.resolve()
  }
}

let workers: FakeSearcher[]
const worker = (who: number) => workers[who] as FakeSearcher
const cores = (n: number) => vi.stubGlobal('navigator', { hardwareConcurrency: n })
const figures = () => vi.advanceTimersByTime(200)

vi.stubGlobal('location', { hash: '', pathname: '/', search: '' })
vi.stubGlobal('history', {
  replaceState: (_: unknown, __: string, to: string) => {
    location.hash = to.slice(1)
  },
})

const found: FoundScenario = {
  scenario: {
    ...app.getState().scenario,
    name: 'Two leaders',
    servers: 3,
    view: {
      at: micros(400_000),
      skip: 1,
      selection: { kind: 'server', server: serverId(2) },
      slowdown: 50,
    },
  },
  captions: [
    {
      event: 7,
      at: micros(400_000),
      isStep: true,
      sentences: [{ who: 'S1', parts: [{ text: 'did it' }], rule: null, weight: 'beat' }],
    },
  ],
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] })
  leaveFinder()
  workers = []
  background.searcher = () => {
    const one = new FakeSearcher()
    workers.push(one)
    return one
  }
  cores(4)
  app.setState({ dialog: 'find', walk: null })
})

describe('a search of the page', () => {
  test('is shared out among workers, with the settings on the screen', () => {
    startFinding('best')
    expect(workers).toHaveLength(3)
    expect(workers.map(({ told }) => told[0])).toEqual(
      [0, 1, 2].map((first) =>
        expect.objectContaining({
          kind: 'search',
          wanted: 'best',
          first,
          stride: 3,
          settings: defaultSettings,
        }),
      ),
    )
    expect(finder.getState()).toMatchObject({ kind: 'searching', workers: 3 })
  })

  test('tells what all of them together have tried', () => {
    startFinding('any')
    worker(0).says({ kind: 'begun', looksFor: ['OneVote'] })
    worker(0).says({ kind: 'tried', scenarios: 100, events: 9000 })
    worker(2).says({ kind: 'tried', scenarios: 50, events: 5000 })
    worker(2).says({ kind: 'tried', scenarios: 60, events: 6000 })
    figures()
    expect(finder.getState()).toMatchObject({
      looksFor: ['OneVote'],
      tried: { scenarios: 160, events: 15_000, seconds: 0.15 },
    })
  })

  test('stops at once, and what was tried stays told', () => {
    startFinding('best')
    worker(1).says({ kind: 'tried', scenarios: 10, events: 900 })
    stopFinding()
    expect(workers.every(({ isGone }) => isGone)).toBe(true)
    expect(finder.getState()).toMatchObject({ kind: 'stopped', tried: { scenarios: 10, events: 900 } })
    worker(1).says({ kind: 'tried', scenarios: 999, events: 999 })
    figures()
    expect(finder.getState().tried.scenarios).toBe(10)
  })

  test('started twice, the first is given up, and the second tries other scenarios', () => {
    startFinding('best')
    const [first] = worker(0).told
    startFinding('best')
    expect(workers.map(({ isGone }) => isGone)).toEqual([true, true, true, false, false, false])
    worker(0).says({ kind: 'found', scenario: 1, size: 5 })
    expect(finder.getState().kind).toBe('searching')
    const [second] = worker(3).told
    expect(second?.kind === 'search' && first?.kind === 'search' && second.seed !== first.seed).toBe(true)
  })

  test('what a find has other than the cluster on the screen is told', () => {
    app.setState(({ scenario }) => ({ scenario: { ...scenario, servers: 5 } }))
    startFinding('best')
    worker(0).says({ kind: 'found', scenario: 3, size: 4 })
    for (const who of [1, 2]) worker(who).says({ kind: 'done' })
    const settings = { ...app.getState().scenario.settings, noOp: false }
    const other = { ...found, scenario: { ...found.scenario, servers: 3, settings } }
    worker(0).says({ kind: 'shrunk', found: other, size: 2, link: null })
    expect(app.getState().walk?.origin?.differs).toBe('no-op off, 3 servers')
  })

  test('of several finds the one in the lowest scenario counts', () => {
    startFinding('best')
    worker(2).says({ kind: 'found', scenario: 80, size: 20 })
    for (const who of [0, 1]) expect(worker(who).told.at(-1)).toEqual({ kind: 'upTo', scenario: 80 })
    worker(0).says({ kind: 'found', scenario: 30, size: 12 })
    expect(worker(1).told.at(-1)).toEqual({ kind: 'upTo', scenario: 30 })
    expect(finder.getState().kind).toBe('searching')
    worker(1).says({ kind: 'done' })
    expect(finder.getState()).toMatchObject({ kind: 'shrinking', found: { from: 12, to: 12 } })
    expect(workers.map(({ told }) => told.at(-1)?.kind)).toEqual(['shrink', 'upTo', 'search'])
    worker(0).says({ kind: 'shrinking', size: 7 })
    expect(finder.getState().found).toEqual({ from: 12, to: 7 })
  })

  test('to stop then opens what was found, as simple as it is', () => {
    startFinding('best')
    worker(0).says({ kind: 'found', scenario: 30, size: 12 })
    expect(finder.getState().kind).toBe('searching')
    stopFinding()
    expect(finder.getState().kind).toBe('shrinking')
    expect(worker(0).told.slice(-2)).toEqual([{ kind: 'shrink' }, { kind: 'enough' }])
    worker(0).says({ kind: 'shrunk', found, size: 11, link: '#w1.abc' })
    expect(app.getState()).toMatchObject({ dialog: null, walk: { origin: { from: 12, to: 12 } } })
    expect(workers.every(({ isGone }) => isGone)).toBe(true)
  })

  test('what is found opens at its start, with its steps, and its link in the address', () => {
    cores(2)
    startFinding('best')
    worker(0).says({ kind: 'tried', scenarios: 500, events: 50_000 })
    worker(0).says({ kind: 'found', scenario: 499, size: 23 })
    expect(worker(0).told.at(-1)).toEqual({ kind: 'shrink' })
    worker(0).says({ kind: 'shrinking', size: 5 })
    worker(0).says({ kind: 'shrunk', found, size: 5, link: '#w1.abc' })
    const { scenario, dialog, walk, selection, slowdown } = app.getState()
    expect(dialog).toBeNull()
    expect(scenario).toEqual({
      ...found.scenario,
      view: { ...found.scenario.view, at: 0, skip: 0, selection: null },
    })
    expect([selection, slowdown]).toEqual([null, 50])
    expect(location.hash).toBe('#w1.abc')
    expect(walk?.steps).toHaveLength(1)
    expect(walk?.origin).toMatchObject({ scenarios: 500, from: 23, to: 5 })
    expect(worker(0).isGone).toBe(true)
  })

  test('left while it searches, it searches no more, and nothing opens', () => {
    startFinding('best')
    const before = app.getState().scenario
    leaveFinder()
    expect(workers.every(({ isGone }) => isGone)).toBe(true)
    worker(0).says({ kind: 'shrunk', found, size: 5, link: null })
    expect(app.getState().scenario).toBe(before)
    expect(finder.getState().kind).toBe('idle')
  })
})

describe('workers that are lost', () => {
  test('are told of, and the others go on', async () => {
    startFinding('best')
    await worker(1).dies('no memory')
    expect(finder.getState()).toMatchObject({ kind: 'searching', lost: expect.stringContaining('no memory') })
    worker(0).says({ kind: 'found', scenario: 9, size: 4 })
    worker(2).says({ kind: 'done' })
    expect(finder.getState().kind).toBe('shrinking')
  })

  test('with the find: the next best counts', async () => {
    startFinding('best')
    worker(0).says({ kind: 'found', scenario: 9, size: 4 })
    worker(1).says({ kind: 'found', scenario: 4, size: 4 })
    worker(2).says({ kind: 'done' })
    expect(worker(1).told.at(-1)).toEqual({ kind: 'shrink' })
    await worker(1).dies('no memory')
    expect(worker(0).told.at(-1)).toEqual({ kind: 'shrink' })
  })

  test('all of them: the search is over, and says so', async () => {
    cores(3)
    startFinding('best')
    await worker(0).dies('no memory')
    await worker(1).dies('no memory')
    expect(finder.getState().kind).toBe('failed')
  })

  test('where no worker can be made, that is told', async () => {
    background.searcher = () => {
      throw new Error('forbidden here')
    }
    startFinding('best')
    await Promise.resolve()
    expect(finder.getState()).toMatchObject({
      kind: 'failed',
      lost: expect.stringContaining('forbidden here'),
    })
  })
})
