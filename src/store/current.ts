import { fresh } from '../scenario/fresh.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { newId } from './chance.ts'
import { openScenario } from './edit.ts'
import { presentScenario } from './moment.ts'
import { titleOf } from './names.ts'
import { compactFile, readShelf, saveCurrent, shelve, takeOffShelf, type Work } from './shelf.ts'
import { app, say } from './state.ts'
import { lasting } from './storage.ts'

/** Where an opened scenario comes from. */
export interface Origin {
  /** The work that it is, if it was changed here before. */
  readonly id?: string
  readonly link?: string | null
  readonly edited?: boolean
}

const SAVE_AFTER_MS = 400

let origin = { id: newId(), link: null as string | null }
let timer: ReturnType<typeof setTimeout> | undefined
let complained = false

/** The scenario that the page opens with; edited work goes to the shelf first. */
export const openFresh = (): Promise<void> => openAnother(fresh)

/** Opens another scenario; what the viewer has changed in the present one is put on the shelf first. */
export function openAnother(scenario: Scenario, from: Origin = {}): Promise<void> {
  const kept = app.getState().edited ? presentWork() : null
  if (kept !== null) shelve(lasting, kept)
  clearTimeout(timer)
  origin = { id: from.id ?? newId(), link: from.link ?? null }
  setAddress(from.edited === true ? null : origin.link)
  const shown = openScenario(scenario, from.edited ?? false)
  if (from.edited === true) saveWork()
  if (kept !== null) sayKept(kept)
  else app.setState({ notice: null })
  return shown
}

function sayKept({ id, name }: Work): void {
  const run = () => void openShelved(id)
  say(`Your work ‘${titleOf(name)}’ is kept under Scenarios.`, 'plain', { label: 'Back to it', run })
}

function presentWork(): Work {
  const scenario = presentScenario()
  const { name, servers } = scenario
  return { ...origin, name, servers, savedAt: Date.now(), file: compactFile(scenario) }
}

/** Keeps what the viewer has changed. */
export function saveWork(): void {
  clearTimeout(timer)
  if (!app.getState().edited || saveCurrent(lasting, presentWork()) || complained) return
  complained = true
  say('This browser will not keep your work when the page is closed: save it to a file before you leave.')
}

/** Keeps the viewer's changes from now on, soon after each and when the page is left. */
export function keepSaving(): void {
  app.subscribe((state, before) => {
    const changed = state.scenario !== before.scenario
    if (!state.edited || !(changed || state.slowdown !== before.slowdown)) return
    // A link in the address no longer tells what is shown.
    if (changed) setAddress(null)
    clearTimeout(timer)
    timer = setTimeout(saveWork, SAVE_AFTER_MS)
  })
  addEventListener('pagehide', saveWork)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') saveWork()
  })
}

/** Opens a work as it was left. False if it cannot be read; then it stays where it is. */
export async function openWork({ id, link, file }: Work): Promise<boolean> {
  const { fromFile } = await import('../scenario/file.ts')
  const checked = fromFile(file)
  if (checked.ok) {
    app.setState({ playing: false })
    void openAnother(checked.scenario, { id, link, edited: true })
  } else {
    say(`What this browser has kept of your work cannot be read. ${checked.sentence}`, 'bad')
  }
  return checked.ok
}

/** The viewer's earlier works, the latest first. */
export const earlierWorks = (): Work[] => readShelf(lasting)

export async function openShelved(id: string): Promise<boolean> {
  const work = earlierWorks().find((one) => one.id === id)
  return work !== undefined && (await openWork(work))
}

export const forgetWork = (id: string): void => takeOffShelf(lasting, id)

export const putBack = (work: Work): void => shelve(lasting, work)

/** Puts a link into the address, or takes away the one that is there. */
export function setAddress(link: string | null): void {
  const fragment = link ?? ''
  if (location.hash !== fragment)
    history.replaceState(null, '', location.pathname + location.search + fragment)
}
