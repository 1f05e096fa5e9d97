import { background } from '../store/background.ts'

// How these workers are made comes only when one may be wanted: it is no part of the first view.
background.futures = () =>
  new Worker(new URL('../worker/futures-worker.ts', import.meta.url), { type: 'module' })
background.searcher = () => new Worker(new URL('../worker/searcher.ts', import.meta.url), { type: 'module' })
