import { FORBIDDEN_BY } from '../raft/broken-rules.ts'
import type { BreakableRule } from '../raft/settings.ts'
import type { SwitchRow } from './settings-table.ts'

const broken = { kind: 'switch', unit: '', group: 'Rules you can break' } as const

const ROWS: readonly (Omit<SwitchRow, 'rule'> & { readonly key: BreakableRule })[] = [
  {
    ...broken,
    key: 'voteWithoutComparing',
    number: 31,
    label: 'Vote without comparing logs',
    about:
      'Whoever asks first gets the vote: a leader can lack what is committed, and erase it on the others.',
  },
  {
    ...broken,
    key: 'voteTwice',
    number: 32,
    label: 'Vote twice in a term',
    about: 'A server votes for all who ask: two majorities share it, and a term has two leaders.',
  },
  {
    ...broken,
    key: 'forgetVote',
    number: 33,
    label: 'Forget the vote on restart',
    about: 'A server that was down votes again in the same term: that term can have two leaders.',
  },
  {
    ...broken,
    key: 'forgetTerm',
    number: 34,
    label: 'Forget the term on restart',
    about: 'A server that was down begins with term 0, and takes part once more in terms that are over.',
  },
  {
    ...broken,
    key: 'commitOldTerms',
    number: 35,
    label: 'Commit old entries by counting',
    about:
      'An entry of an earlier term is committed once a majority stores it, and can still be erased: Figure 8.',
  },
  {
    ...broken,
    key: 'truncateAlways',
    number: 36,
    label: 'Truncate on every AppendEntries',
    about:
      'A follower’s log ends where a message ends: a late one takes away what the leader has counted on.',
  },
  {
    ...broken,
    key: 'skipConsistencyCheck',
    number: 37,
    label: 'Skip the consistency check',
    about:
      'A follower takes entries after other ones than they follow in the leader’s log, so logs that end alike differ before. A log that is too short still refuses them.',
  },
  {
    ...broken,
    key: 'countMinority',
    number: 38,
    label: 'Count a minority as a majority',
    about: 'One server less is enough: two groups with nobody in common can both elect, and both commit.',
  },
  {
    ...broken,
    key: 'applyUncommitted',
    number: 39,
    label: 'Apply before commit',
    about: 'Servers apply what they store, and answer for it, though a later leader may replace it.',
  },
  {
    ...broken,
    key: 'readBeforeOwnEntry',
    number: 40,
    label: 'Read before an entry of its own',
    about:
      'A new leader answers by ReadIndex or lease before it knows what is committed: a get can miss the latest put.',
  },
  {
    ...broken,
    key: 'ignoreSnapshotBoundary',
    number: 41,
    label: 'Ignore the snapshot’s boundary',
    about:
      'The last entry in a snapshot is not compared when voting or appending: who has only that votes for anybody.',
  },
  {
    ...broken,
    key: 'acceptStaleSnapshot',
    number: 42,
    label: 'Accept a stale snapshot',
    about: 'A snapshot that comes late puts a follower back, and what it has promised to keep is gone.',
  },
  {
    ...broken,
    key: 'keepOldVotes',
    number: 43,
    label: 'Keep old votes in a new term',
    about:
      'A candidate counts the votes of its last election again, though those voters may choose another now.',
  },
  {
    ...broken,
    key: 'ignoreTermsInReplies',
    number: 44,
    label: 'Ignore higher terms in replies',
    about:
      'A leader whose term is over takes refusals for confirmations: it goes on answering gets, by ReadIndex or lease, with values that are out of date.',
  },
]

/** The rules of Raft that can be broken: on is broken, and `rule` says where that is forbidden. */
export const BREAKABLE_ROWS = ROWS.map((row) => ({
  ...row,
  rule: FORBIDDEN_BY[row.key],
})) satisfies SwitchRow[]
