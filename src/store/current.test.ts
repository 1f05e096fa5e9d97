import { beforeEach, describe, expect, test, vi } from 'vitest'
import { millis } from '../base/ids.ts'
import { fresh } from '../scenario/fresh.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { earlierWorks, openAnother, openShelved, openWork, saveWork } from './current.ts'
import { CURRENT } from './opens-fresh.ts'
import { compactFile, readCurrent, SHELF, saveCurrent, type Work } from './shelf.ts'
import { app } from './state.ts'
import { lasting } from './storage.ts'

const kept = new Map<string, string>()
vi.stubGlobal('localStorage', {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
  removeItem: (key: string) => void kept.delete(key),
})
vi.stubGlobal('location', { hash: '', pathname: '/', search: '' })
vi.stubGlobal('history', { replaceState: () => undefined })

let now = 1_000_000
vi.spyOn(Date, 'now').mockImplementation(() => ++now)

const named = (name: string): Scenario => ({ ...fresh, name })

/** Edits what is open here. */
function edit(name: string): void {
  app.setState(({ scenario }) => ({ scenario: { ...scenario, name }, edited: true }))
  saveWork()
}

const current = (): Work => readCurrent(lasting) as Work

/** What another tab does that has the same work open as this one has now. */
function otherTab(): { readonly edit: (name: string) => void } {
  const { id, link, servers } = current()
  // It read the work from a file: the fields of what it writes stand in another order.
  const write = (name: string) => {
    const fields = Object.entries(JSON.parse(compactFile(named(name)))).reverse()
    const file = JSON.stringify(Object.fromEntries(fields))
    saveCurrent(lasting, { id, link, servers, name, savedAt: ++now, file })
  }
  return { edit: write }
}

const shelfNames = () => earlierWorks().map(({ name }) => name)
const said = () => app.getState().notice?.text ?? null

beforeEach(() => {
  kept.clear()
  app.setState({ ...app.getInitialState(), playing: false }, true)
  void openAnother(fresh)
})

describe('a work that is open in two tabs', () => {
  test('and changed in both is two works from then on, and that is said once', () => {
    edit('Ours')
    const other = otherTab()
    other.edit('Theirs')
    edit('Ours too')
    expect([current().name, shelfNames()]).toEqual(['Ours too', ['Theirs']])
    expect(said()).toBe(
      'Another tab has changed this work too: both are kept, the other one under Scenarios.',
    )
    app.setState({ notice: null })
    other.edit('Theirs again')
    expect([current().name, shelfNames()]).toEqual(['Theirs again', ['Ours too']])
    edit('Ours again')
    other.edit('Theirs at last')
    expect([current().name, shelfNames()]).toEqual(['Theirs at last', ['Ours again']])
    expect(said()).toBeNull()
  })

  test('and changed in the other alone is left as it is there', () => {
    edit('Ours')
    otherTab().edit('Theirs')
    saveWork()
    void openAnother(named('Another'))
    expect([current().name, shelfNames(), said()]).toEqual(['Theirs', [], null])
  })

  test('and changed here alone goes on, though the other tab has kept it since, as it was', () => {
    edit('Ours')
    otherTab().edit('Ours')
    edit('Ours too')
    expect([current().name, shelfNames(), said()]).toEqual(['Ours too', [], null])
  })

  test('and changed in both is two when one of them is left for another scenario', () => {
    edit('Ours')
    otherTab().edit('Theirs')
    app.setState(({ scenario }) => ({ scenario: { ...scenario, name: 'Ours too' } }))
    void openAnother(named('Another'))
    expect([current().name, shelfNames()]).toEqual(['Theirs', ['Ours too']])
    expect(said()).toBe('Your work ‘Ours too’ is kept under Scenarios.')
  })
})

test('a work that is opened again is the same work, at the moment it was left at', async () => {
  const scenario: Scenario = { ...named('Mine'), view: { ...fresh.view, at: millis(900) } }
  const work: Work = { ...workOf(scenario), id: 'mine' }
  expect(await openWork(work)).toBe(true)
  expect(current().id).toBe('mine')
  expect(JSON.parse(current().file)).toEqual({ whitewater: 1, ...scenario })
  edit('Still mine')
  expect([current().id, current().name, shelfNames()]).toEqual(['mine', 'Still mine', []])
  void openAnother(named('Another'))
  expect(await openShelved('mine')).toBe(true)
  expect([app.getState().scenario.name, current().id, shelfNames()]).toEqual(['Still mine', 'mine', []])
})

const workOf = (scenario: Scenario): Work => ({
  id: '',
  name: scenario.name,
  servers: scenario.servers,
  savedAt: 1,
  link: null,
  file: compactFile(scenario),
})

test('what was kept by another version is out of the way, and not lost', () => {
  const strange = { format: 2, works: ['something'] }
  kept.set(CURRENT, JSON.stringify(strange))
  kept.set(SHELF, JSON.stringify([{ ...strange, shelf: true }]))
  edit('Ours')
  void openAnother(named('Another'))
  expect(shelfNames()).toEqual(['Ours'])
  expect(JSON.parse(kept.get(SHELF) ?? '')).toEqual(
    expect.arrayContaining([strange, { ...strange, shelf: true }]),
  )
})
