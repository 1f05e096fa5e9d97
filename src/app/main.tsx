import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { startEngine } from '../store/edit.ts'
import type { Port } from '../store/engine.ts'
import { player } from '../store/player.ts'
import { followTheme } from '../store/preferences.ts'
import { restoreWork } from '../store/work.ts'
import { App } from './App.tsx'
import './tokens.css'

const makeWorker = () =>
  new Worker(new URL('../worker/worker.ts', import.meta.url), { type: 'module' }) as unknown as Port

// The first worker starts to load before anything is drawn, and before it is known what to open.
let first: Port | null = makeWorker()
const nextWorker = () => {
  const worker = first ?? makeWorker()
  first = null
  return worker
}

followTheme()
player.start()
void restoreWork().then(() => startEngine(nextWorker))

const root = document.getElementById('root')
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}
