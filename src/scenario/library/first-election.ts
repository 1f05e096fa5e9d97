import { scenario, view } from './script.ts'

/** §5.2: the first timer to run out makes a candidate, and a majority of votes makes it a leader. */
export const firstElection = scenario({ name: 'The first election', seed: 12, view: view(165, 100) })
