import { millis } from '../../base/ids.ts'
import { single, variants } from './entry.ts'
import {
  at,
  changeMembers,
  crash,
  disk,
  heal,
  partition,
  put,
  restart,
  steadfast,
  tell,
  timeOut,
  tryElsewhere,
  view,
} from './script.ts'

const CHAPTER = 'Membership changes'

/** D 4.2.1, Figure 4.4: one of three servers is down when an empty fourth one comes. */
export const addServer = variants(
  CHAPTER,
  {
    seed: 3,
    servers: 3,
    initial: [1, 2, 3].map(() => disk(1, 1, '111111111111')),
    settings: { ...steadfast, noOp: true, maxEntries: 1 },
    script: [
      at(10, timeOut(1)),
      at(150, crash(3)),
      at(200, changeMembers([4], [])),
      at(260, tell(1, put('z', '1'))),
    ],
    view: view(195, 50, 4),
  },
  {
    id: 'new-server',
    title: 'A newcomer holds everybody up',
    about:
      'S4 is empty and has a vote at once: with S3 down, nothing can be committed until S4 has received the whole log (D 4.2.1).',
    settings: { catchUp: false },
  },
  {
    id: 'new-server-catch-up',
    title: 'A newcomer catches up first',
    about:
      'S4 receives the log in rounds while it has no vote, commands go on being committed, and only then it becomes a member (D 4.2.1).',
    settings: { catchUp: true },
  },
)

/** D 4.2.2, §6: the third issue of membership changes. */
export const removeLeader = single(
  CHAPTER,
  {
    seed: 6,
    settings: { noOp: true },
    script: [
      at(10, timeOut(1)),
      at(60, tell(1, put('x', '0'))),
      at(200, changeMembers([], [1])),
      at(700, { kind: 'Command', server: null, command: put('x', '1') }),
    ],
    view: view(195, 50, 1),
  },
  {
    id: 'remove-leader',
    title: 'A leader removes itself',
    about:
      'S1 commits the configuration without S1 and does not count itself for it; then it steps down, and one of the four others takes over (§6, D 4.2.2).',
  },
)

/** §6: three of five servers are replaced in one change. */
export const jointConsensus = variants(
  CHAPTER,
  {
    seed: 8,
    servers: 3,
    settings: { noOp: true, preVote: true },
    script: [
      at(10, timeOut(1)),
      at(60, tell(1, put('x', '0'))),
      at(200, changeMembers([4, 5], [2, 3])),
      at(600, { kind: 'Command', server: null, command: put('x', '1') }),
    ],
    view: view(195, 50, 1),
  },
  {
    id: 'replace-two',
    title: 'Too many at a time',
    about:
      'S4 and S5 shall take the places of S2 and S3: with changes of one server at a time, the leader refuses to do it in one step (D 4.1).',
    settings: { membership: 'single' },
  },
  {
    id: 'replace-two-joint',
    title: 'Joint consensus',
    about:
      'First both configurations decide together, each by a majority of its own; when that is committed the new one decides alone (§6).',
    settings: { membership: 'joint' },
  },
)

/** §6, Figure 10: S2 and S3 know nothing of the change yet. */
export const disjointMajorities = variants(
  CHAPTER,
  {
    seed: 8,
    servers: 3,
    settings: { ...steadfast, noOp: true, preVote: true },
    script: [
      at(10, timeOut(1)),
      at(60, tell(1, put('x', '0'))),
      at(200, changeMembers([4, 5], [2, 3])),
      at(205, partition([1, 4, 5], [2, 3])),
      at(700, tell(2, put('x', '1'))),
      at(1200, heal),
    ],
    view: view(200, 50, 1),
  },
  {
    id: 'disjoint-majorities',
    title: 'Two disjoint majorities (Figure 10)',
    about:
      'A direct jump to other members ends in a violation: S1 decides with S4 and S5, S2 and S3 elect another leader by the old members, and a committed entry is missing (§6).',
    settings: { membership: 'jump' },
    breaks: true,
  },
  {
    id: 'disjoint-majorities-joint',
    title: 'No two majorities (joint consensus)',
    about:
      'In the same partition S1 cannot commit anything without the old members; their leader goes on, and the change that S1 began is rolled back (§6).',
    settings: { membership: 'joint' },
  },
)

/** The bug that D. Ongaro reported in July 2015: D 4.1's changes of one server, under different leaders. */
export const bugOf2015 = variants(
  CHAPTER,
  {
    seed: 9,
    servers: 4,
    settings: { ...steadfast, electionTimeoutMin: millis(1500), electionTimeoutMax: millis(2500) },
    script: [
      at(10, timeOut(1)),
      at(60, tell(1, put('x', '1'))),
      at(200, changeMembers([5], [])), // S1 adds S5: only these two know
      at(201, partition([1, 5], [2, 3, 4])),
      at(320, crash(1)),
      at(330, timeOut(2)), // S2 leads term 2 and removes S1: only S2 and S3 know, two of the three that remain
      at(375, partition([1, 4, 5], [2, 3])),
      at(380, changeMembers([], [1])),
      at(385, tryElsewhere(3)),
      at(480, restart(1)), // S1 leads term 3 with S4 and S5, three of its five
      at(485, timeOut(1)),
      at(520, timeOut(1)),
      at(700, heal),
      at(800, tell(1, put('y', '2'))),
    ],
    view: view(195, 50, 1),
  },
  {
    id: 'bug-of-2015',
    title: 'The bug of 2015',
    about:
      'S2 changes the members before it has committed anything in its term, S1’s earlier change comes back, and the run ends in a violation: a leader lacks a committed entry (D 4.1).',
    settings: { changeAfterOwnEntry: false },
    breaks: true,
  },
  {
    id: 'bug-of-2015-mended',
    title: 'The bug of 2015, mended',
    about:
      'S2 holds the change off until it has committed an entry of its own term, so no two changes get past each other (D 4.1).',
    settings: { changeAfterOwnEntry: true },
  },
)

/** D 4.2.3: S5 has not been told that it is out. */
export const removedServer = variants(
  CHAPTER,
  {
    seed: 10,
    settings: { noOp: true },
    script: [
      at(10, timeOut(1)),
      at(60, tell(1, put('x', '0'))),
      at(200, changeMembers([], [5])),
      at(2500, crash(5)),
    ],
    view: view(395, 50, 5),
  },
  {
    id: 'removed-server',
    title: 'A removed server disturbs',
    about:
      'S5 is a member no more and gets no heartbeats; it does not know why, stands for ever later terms, and deposes one leader after the other (D 4.2.3).',
  },
  {
    id: 'removed-server-check-quorum',
    title: 'A removed server is not heard',
    about:
      'Servers that hear a leader refuse S5’s vote requests and ignore their terms, so the leader stays (D 4.2.3).',
    settings: { checkQuorum: true },
  },
  {
    id: 'removed-server-pre-vote',
    title: 'A removed server only asks',
    about:
      'S5 asks first whether it could win, is told no by everybody, and so never raises its term (PreVote, D 9.6).',
    settings: { preVote: true },
  },
)
