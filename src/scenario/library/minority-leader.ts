import { at, heal, partition, put, scenario, steadfast, tell, timeOut, view } from './script.ts'

/** §5.2, §5.3, §5.4: a leader without a majority can take commands, but never commit them. */
export const minorityLeader = scenario({
  name: 'A leader in the minority',
  seed: 3,
  settings: steadfast,
  script: [
    at(10, timeOut(1)),
    at(60, tell(1, put('x', '1'))),
    at(200, partition([1, 2], [3, 4, 5])),
    at(220, tell(1, put('x', '2'))),
    at(260, tell(1, put('y', '2'))),
    at(520, tell(3, put('x', '3'))),
    at(700, heal),
  ],
  view: view(690, 50),
})
