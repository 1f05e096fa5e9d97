import { scenario, view } from './script.ts'

/** §5.1, §5.3: messages get lost, doubled and overtaken; the logs agree all the same. */
export const lossyNetwork = scenario({
  name: 'A lossy network',
  seed: 4,
  settings: { loss: 100_000, duplicate: 80_000, reorder: 150_000, clientRate: 8, sessions: true },
  view: view(285, 50),
})
