import { variants } from './entry.ts'
import { at, crash, put, steadfast, tell, timeOut, view } from './script.ts'

/** §8: a client has its answer, but the leader that knew why is gone. */
export const noOp = variants(
  'Log replication',
  {
    seed: 2,
    settings: steadfast,
    script: [
      at(10, timeOut(1)),
      at(80, tell(1, put('x', '1'))),
      at(130, crash(1)),
      at(280, timeOut(2)),
      at(1100, tell(2, put('y', '2'))),
    ],
    view: view(300, 50, 2),
  },
  {
    id: 'old-tail',
    title: 'A tail that the next leader cannot vouch for',
    about:
      'C1 was told that its put is done, yet the next leader, which has the entry, cannot know that it is committed, so no server applies it until somebody writes again (§5.4.2, §8).',
  },
  {
    id: 'old-tail-no-op',
    title: 'A tail committed by a no-op',
    about:
      'The same crash, but the next leader begins with an empty entry of its own term, and that commits the tail at once (§8, D 6.4).',
    settings: { noOp: true },
  },
)
