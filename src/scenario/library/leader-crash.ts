import { at, crash, put, restart, scenario, tell, timeOut, view } from './script.ts'

/** §5.2: silence is how followers learn that their leader is gone. */
export const leaderCrash = scenario({
  name: 'The leader crashes',
  seed: 12,
  script: [
    at(10, timeOut(3)),
    at(80, tell(3, put('x', '1'))),
    at(250, crash(3)),
    at(700, restart(3)),
    at(800, { kind: 'Command', server: null, command: put('x', '2') }),
  ],
  view: view(245, 50),
})
