import { variants } from './entry.ts'
import {
  at,
  crash,
  heal,
  partition,
  put,
  restart,
  restartWithout,
  steadfast,
  tell,
  timeOut,
  view,
} from './script.ts'

const CHAPTER = 'Faulty disks'

/** §5.1, §5.2: S3 has given S1 its vote in term 1, and S2 stands in the same term. */
const twoCandidates = (...fault: Parameters<typeof at>[1][]) => [
  at(5, partition([1, 3], [2])),
  at(10, timeOut(1)),
  at(70, partition([2, 3], [1])),
  ...fault.map((act, i) => at(75 + i, act)),
  at(80, timeOut(2)),
  at(200, heal),
]

export const lostVote = variants(
  CHAPTER,
  { seed: 18, servers: 3, view: view(72, 50, 3) },
  {
    id: 'kept-vote',
    title: 'A vote that is remembered',
    about:
      'S3 voted for S1, crashed and came back: its vote is on its disk, so it refuses S2 in the same term (§5.1, §5.2).',
    script: twoCandidates(crash(3), restart(3)),
  },
  {
    id: 'lost-vote',
    title: 'A vote that is forgotten',
    about:
      'S3’s disk loses its vote, which Raft assumes never happens: it votes for S2 as well, and the run ends in a violation, two leaders in term 1 (§5.2).',
    script: twoCandidates(restartWithout(3, 'vote')),
    breaks: true,
  },
)

/** §5.4.1: the entry is on S1 and S3, a majority. */
const onTwoOfThree = (...fault: Parameters<typeof at>[1][]) => [
  at(10, timeOut(1)),
  at(80, partition([1, 3], [2])),
  at(90, tell(1, put('x', '1'))),
  at(200, partition([2, 3], [1])),
  ...fault.map((act, i) => at(205 + i, act)),
  at(900, heal),
]

export const lostDisk = variants(
  CHAPTER,
  { seed: 19, servers: 3, settings: steadfast, view: view(202, 50, 3) },
  {
    id: 'kept-disk',
    title: 'A committed entry survives',
    about:
      'S3 crashed and came back with its log, so it refuses its vote to S2, whose log lacks the committed entry (§5.4.1).',
    script: onTwoOfThree(crash(3), restart(3)),
  },
  {
    id: 'lost-disk',
    title: 'A committed entry is lost',
    about:
      'S3 comes back with an empty disk, which Raft assumes never happens: it helps to elect S2, and the run ends in a violation, a leader without a committed entry (§5.4.1).',
    script: onTwoOfThree(restartWithout(3, 'disk')),
    breaks: true,
  },
)
