import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { startEngine } from '../store/edit.ts'
import type { Port } from '../store/engine.ts'
import { player } from '../store/player.ts'
import { restoreWork } from '../store/work.ts'
import { App } from './App.tsx'
import './tokens.css'

// The worker starts to load before anything is drawn: the first picture waits for it.
const makeWorker = () =>
  new Worker(new URL('../worker/worker.ts', import.meta.url), { type: 'module' }) as unknown as Port

startEngine(makeWorker)
player.start()
void restoreWork()

const root = document.getElementById('root')
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}
