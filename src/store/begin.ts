import { beforeFirstEdit } from './edit.ts'
import { loaded } from './loaded.ts'
import { opensFresh } from './opens-fresh.ts'
import { app, say } from './state.ts'

/**
 * Opens what the address names or what was left here, and keeps the viewer's work from then on. Called once, before or
 * after the engine is started; it waits for neither. Who opens nothing and changes nothing needs none of what does it.
 */
export async function begin(): Promise<void> {
  const stop = app.subscribe(({ edited }) => {
    if (!edited) return
    stop()
    void keep()
  })
  // An edit is made once it would be kept: the page may be closed right after it.
  beforeFirstEdit(keep)
  addEventListener('hashchange', () => {
    // An edit may clear the address before the part that opens it is here.
    const { hash } = location
    void open(({ openAddress }) => openAddress(hash))
  })
  if (!opensFresh()) await open(({ restoreWork }) => restoreWork())
}

async function open(how: (work: typeof import('./work.ts')) => Promise<void>): Promise<void> {
  const work = await loaded(import('./work.ts'))
  if (work !== null) await how(work)
}

let kept: Promise<void> | null = null

const keep = (): Promise<void> => {
  kept ??= keepWork()
  return kept
}

async function keepWork(): Promise<void> {
  try {
    const { keepSaving } = await import('./current.ts')
    keepSaving()
  } catch {
    say('A part of this page could not be loaded, and it will not keep your work when it is closed.', 'bad')
  }
}
