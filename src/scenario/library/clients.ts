import { clientId } from '../../base/ids.ts'
import type { ScriptItem } from '../../simulation/script.ts'
import { variants } from './entry.ts'
import { at, drop, get, heal, isolate, put, setClock, tell, timeOut, view } from './script.ts'

const CHAPTER = 'Clients and reads'
const C1 = clientId(11)

/** §8, D 6.3: S1’s nth answer to C1 is lost, and C1 sends its put once more. Meanwhile others read and write. */
const lostReply = (n: number) => [
  at(10, timeOut(1)),
  at(60, tell(1, put('x', '0'))),
  at(200, tell(1, put('x', '1'))),
  at(250, drop(1, C1, n)),
  at(290, tell(1, get('x'))),
  at(360, tell(1, put('x', '2'))),
  at(700, tell(1, get('x'))),
]

export const sessions = variants(
  CHAPTER,
  { seed: 12, servers: 3, view: view(240, 50, 1) },
  {
    id: 'lost-reply',
    title: 'Applied twice',
    about:
      'The answer to put x 1 is lost, C1 sends it once more, and it is applied a second time, over the put x 2 that came between (§8): a violation of what clients are promised.',
    script: lostReply(2),
    breaks: true,
    settings: { sessions: false },
  },
  {
    id: 'lost-reply-session',
    title: 'Applied once',
    about:
      'In a session each command has a number: the second put x 1 is known, changes nothing, and C1 gets its answer all the same (§8, D 6.3).',
    script: lostReply(3),
    settings: { sessions: true },
  },
)

/** D 6.4: S1 is cut off and does not know that S2 has taken over; clients reach them both. */
const deposed = (...more: readonly ScriptItem[]) => [
  at(160, timeOut(1)),
  at(230, tell(1, put('x', '1'))),
  ...more,
  at(400, isolate(1)),
  at(560, timeOut(2)),
  at(600, tell(2, put('x', '2'))),
  at(690, tell(1, get('x'))),
  at(1000, heal),
]

export const reads = variants(
  CHAPTER,
  { seed: 13, settings: { noOp: true }, script: deposed(), view: view(685, 50, 1) },
  {
    id: 'stale-read',
    title: 'A stale read',
    about:
      'S1 leads no more and does not know it: it answers get x from its own store, with a value that has been overwritten and confirmed long since: a violation of linearizability (D 6.4).',
    settings: { reads: 'local' },
    breaks: true,
  },
  {
    id: 'stale-read-read-index',
    title: 'ReadIndex: ask before you answer',
    about:
      'S1 answers only after a majority has confirmed that it still leads; nobody does, it drops the read, and C1 gets the right value elsewhere (D 6.4).',
    settings: { reads: 'readIndex' },
  },
  {
    id: 'stale-read-lease',
    title: 'A lease that is over',
    about:
      'S1 may answer at once only as long as nobody else can have been elected; its lease is over, and nobody answers it, so it has stepped down, and S2 answers (D 6.4.1, 6.2).',
    settings: { reads: 'lease' },
  },
  {
    id: 'stale-read-slow-clock',
    title: 'A lease broken by a clock',
    about:
      'S1’s clock runs at a quarter of true speed, so it takes its lease for valid when it is over, and its answer is stale: a violation of linearizability (D 6.4.1).',
    breaks: true,
    settings: { reads: 'lease' },
    script: deposed(at(395, setClock(1, 250))),
  },
)
