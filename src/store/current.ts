import { fresh } from '../scenario/fresh.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { newId } from './chance.ts'
import { openScenario } from './edit.ts'
import { loaded } from './loaded.ts'
import { presentScenario } from './moment.ts'
import { titleOf } from './names.ts'
import { compactFile, readShelf, saveCurrent, shelve, standingOf, takeOffShelf, type Work } from './shelf.ts'
import { app, say } from './state.ts'
import { lasting } from './storage.ts'

/** Where an opened scenario comes from. */
interface Origin {
  readonly link?: string
  /** What it was kept as, if it was changed here before. */
  readonly kept?: Work
}

const SAVE_AFTER_MS = 400

let id = newId()
let link: string | null = null
/** The work as this tab last kept or opened it. */
let base: Work | null = null
let timer: ReturnType<typeof setTimeout> | undefined
let complained = false

/** The scenario that the page opens with; edited work goes to the shelf first. */
export const openFresh = (): Promise<void> => openAnother(fresh)

/** Opens another scenario; what the viewer has changed in the present one is put on the shelf first. */
export function openAnother(scenario: Scenario, from: Origin = {}): Promise<void> {
  const left = app.getState().edited ? workToKeep() : null
  if (left !== null) shelve(lasting, left)
  clearTimeout(timer)
  base = from.kept ?? null
  id = base?.id ?? newId()
  link = base?.link ?? from.link ?? null
  setAddress(base === null ? link : null)
  const shown = openScenario(scenario, base !== null)
  if (left !== null) sayKept(left)
  else app.setState({ notice: null })
  if (base !== null) saveWork()
  return shown
}

function sayKept({ id, name }: Work): void {
  const run = () => void openShelved(id)
  say(`Your work ‘${titleOf(name)}’ is kept under Scenarios.`, 'plain', { label: 'Back to it', run })
}

function presentWork(): Work {
  const scenario = presentScenario()
  const { name, servers } = scenario
  return { id, link, name, servers, savedAt: Date.now(), file: compactFile(scenario) }
}

/**
 * The present work as it is to be kept; `null` if another tab has gone on with it and this one has not. Where both have,
 * it is another work from now on.
 */
function workToKeep(): Work | null {
  const work = presentWork()
  const standing = standingOf(lasting, work, base)
  if (standing === 'behind') return null
  if (standing === 'apart') id = newId()
  return { ...work, id }
}

/** Keeps what the viewer has changed. */
export function saveWork(): void {
  clearTimeout(timer)
  const before = id
  const work = app.getState().edited ? workToKeep() : null
  if (work === null) return
  base = work
  const lasts = saveCurrent(lasting, work)
  if (id !== before)
    say('Another tab has changed this work too: both are kept, the other one under Scenarios.')
  if (lasts || complained) return
  complained = true
  say('This browser will not keep your work when the page is closed: save it to a file before you leave.')
}

/** Keeps the viewer's changes from now on, soon after each and when the page is left. Called at the first. */
export function keepSaving(): void {
  if (base === null && app.getState().edited) follow(true)
  app.subscribe((state, before) => {
    const changed = state.scenario !== before.scenario
    if (state.edited && (changed || state.slowdown !== before.slowdown)) follow(changed)
  })
  addEventListener('pagehide', saveWork)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') saveWork()
  })
}

function follow(changed: boolean): void {
  // A link in the address no longer tells what is shown.
  if (changed) setAddress(null)
  clearTimeout(timer)
  timer = setTimeout(saveWork, SAVE_AFTER_MS)
}

/** Opens a work as it was left. False if it cannot be read; then it stays where it is. */
export async function openWork(kept: Work): Promise<boolean> {
  const format = await loaded(import('../scenario/file.ts'))
  if (format === null) return false
  const checked = format.fromFile(kept.file)
  if (checked.ok) {
    app.setState({ playing: false })
    void openAnother(checked.scenario, { kept })
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
