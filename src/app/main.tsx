import { StrictMode, useLayoutEffect } from 'react'
import { createRoot, hydrateRoot } from 'react-dom/client'
import { background } from '../store/background.ts'
import { begin } from '../store/begin.ts'
import { prepareEdits, startEngine } from '../store/edit.ts'
import type { Port } from '../store/engine.ts'
import { firstFrame } from '../store/first-frame.ts'
import { player } from '../store/player.ts'
import { followTheme } from '../store/preferences.ts'
import { app } from '../store/state.ts'
import { prepareWords } from '../store/words.ts'
import { type PainterPort, paintElsewhere } from '../views/painter/painter.ts'
import type { PainterMessage } from '../views/painter/painting.ts'
import { Receiver, type SentReply } from '../worker/wire.ts'
import { App } from './App.tsx'
import inter from './fonts/inter.woff2?url'
import './tokens.css'

function makeWorker(): Port {
  const worker = new Worker(new URL('../worker/worker.ts', import.meta.url), { type: 'module' })
  const receiver = new Receiver()
  const port: Port = {
    postMessage: (ask) => worker.postMessage(ask),
    onmessage: null,
    onerror: null,
    terminate: () => worker.terminate(),
  }
  worker.onmessage = ({ data }: MessageEvent<SentReply>) => port.onmessage?.({ data: receiver.unpack(data) })
  worker.onerror = ({ message }) => port.onerror?.({ message })
  return port
}

// The first worker starts to load before anything is drawn, and before it is known what to open.
let first: Port | null = makeWorker()
const nextWorker = () => {
  const worker = first ?? makeWorker()
  first = null
  return worker
}

paintElsewhere((): PainterPort => {
  const painter = new Worker(new URL('../views/painter/painter-worker.ts', import.meta.url), {
    type: 'module',
  })
  painter.postMessage({
    kind: 'font',
    family: 'Inter',
    source: inter,
    weight: '400 700',
  } satisfies PainterMessage)
  return painter
})
// Who wants such a worker without it says so.
background.load = () => import('./background.ts').catch(() => undefined)
/** Nobody intervenes sooner, and if they do it comes then. */
const EDITS_AFTER_MS = 3000

followTheme()
player.start()

const root = document.getElementById('root')
if (root !== null) {
  // The cluster is there already where the page opens with a fresh one (src/prerender).
  const isDrawn = root.querySelector('.stage-picture') !== null
  if (isDrawn) app.setState({ frame: firstFrame(app.getState().scenario) })
  const taken = new Promise<void>((resolve) => {
    const page = (
      <StrictMode>
        <Page onShown={resolve} />
      </StrictMode>
    )
    if (isDrawn) hydrateRoot(root, page)
    else createRoot(root).render(page)
  })
  // What React takes over must stay as it was drawn until then.
  void taken.then(() => root.removeAttribute('aria-busy'))
  void begin()
    .then(() => (isDrawn ? taken : undefined))
    .then(() => startEngine(nextWorker))
  setTimeout(() => void Promise.all([prepareEdits(), prepareWords()]), EDITS_AFTER_MS)
}

function Page({ onShown }: { onShown: () => void }) {
  useLayoutEffect(onShown, [onShown])
  return <App />
}
