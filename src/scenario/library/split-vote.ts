import { millis } from '../../base/ids.ts'
import { scenario, view } from './script.ts'

/** §5.2: three of five stand almost at once, and none gets three votes; the next timeouts settle it. */
export const splitVote = scenario({
  name: 'A split vote',
  seed: 1936,
  settings: { electionTimeoutMax: millis(180) },
  view: view(148, 100),
})
