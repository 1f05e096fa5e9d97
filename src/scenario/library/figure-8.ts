import type { ScriptItem } from '../../simulation/script.ts'
import {
  at,
  crash,
  disk,
  heal,
  isolate,
  partition,
  put,
  restart,
  scenario,
  steadfast,
  tell,
  timeOut,
  view,
} from './script.ts'

/** Figure 8 (a) to (c). A candidacy is forced twice where the others have voted in the first one's term before. */
const upToC: readonly ScriptItem[] = [
  at(10, timeOut(1)), // (a) S1 leads term 2 and replicates index 2 to S2 only
  at(70, partition([1, 2], [3, 4, 5])),
  at(75, tell(1, put('y', '2'))),
  at(115, crash(1)), // (b) S5 leads term 3 with the votes of S3 and S4, and takes another entry at index 2
  at(120, heal),
  at(125, timeOut(5)),
  at(164, isolate(5)),
  at(170, tell(5, put('y', '3'))),
  at(200, crash(5)), // (c) S1 is back, leads term 4, and replicates its old entry to S3: it is on a majority
  at(205, heal),
  at(210, restart(1)),
  at(215, timeOut(1)),
  at(260, timeOut(1)),
  at(292, partition([1, 2, 3], [4, 5])),
]

const given = {
  seed: 1,
  initial: [1, 2, 3, 4, 5].map(() => disk(1, 1, '1')),
  settings: steadfast,
}

/** Figure 8 (e). */
export const figure8e = scenario({
  ...given,
  name: 'Figure 8: on a majority, and not committed',
  script: [...upToC, at(370, tell(1, put('z', '4'))), at(425, heal), at(430, restart(5))], // (e) S1 commits both
  view: view(330, 50),
})

/** Figure 8 (d). */
export const figure8d = scenario({
  ...given,
  name: 'Figure 8: on a majority, and still erased',
  script: [
    ...upToC,
    at(352, isolate(1)),
    at(353, tell(1, put('z', '4'))),
    at(380, crash(1)), // (d) S5 leads again and overwrites the entry of term 2 on the others
    at(382, heal),
    at(385, restart(5)),
    at(387, timeOut(5)),
    at(425, timeOut(5)),
    at(490, restart(1)),
    at(560, tell(5, put('z', '5'))),
  ],
  view: view(475, 50),
})
