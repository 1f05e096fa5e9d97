import type { Settings } from '../simulation/settings.ts'
import type { FoundKind } from './finding.ts'
import { type Aim, SWIFT } from './guidance.ts'
import type { MoveKind } from './moves.ts'

/** A way to break Raft, by the name that the search knows it under. */
export interface Breakage {
  readonly name: string
  /** What is done, in a few words. */
  readonly title: string
  /** The settings that it means. */
  readonly settings: Partial<Settings>
  readonly aim: Aim
  /** Settings without which it seldom matters. They break nothing, and a run takes them mostly. */
  readonly helps: Partial<Settings>
  /** What comes of it, where the first thing that can be seen to be wrong is only the breaking itself. */
  readonly shows: readonly FoundKind[] | null
  /** Moves outside Raft's assumptions, without which nothing goes wrong. */
  readonly beyond: readonly MoveKind[]
}

const row = (
  name: string,
  title: string,
  settings: Partial<Settings>,
  aim: Aim,
  shows: readonly FoundKind[] | null = null,
  helps: Partial<Settings> = {},
  beyond: readonly MoveKind[] = [],
): Breakage => ({ name, title, settings, aim, helps, shows, beyond })

const TWO_LEADERS: readonly FoundKind[] = ['ElectionSafety']
const LOST: readonly FoundKind[] = ['LeaderCompleteness', 'StateMachineSafety']
const ANSWERS: readonly FoundKind[] = ['Linearizability']

export const BREAKAGES: readonly Breakage[] = [
  row('vote-without-comparing', 'vote without comparing logs', { voteWithoutComparing: true }, 'commitment'),
  row('vote-twice', 'vote twice in a term', { voteTwice: true }, 'votes', TWO_LEADERS),
  row('forget-vote', 'forget the vote on restart', { forgetVote: true }, 'votes', TWO_LEADERS),
  row('forget-term', 'forget the term on restart', { forgetTerm: true }, 'votes', [...TWO_LEADERS, ...LOST]),
  row('commit-old-terms', 'commit old entries by counting', { commitOldTerms: true }, 'commitment', LOST, {
    noOp: false,
  }),
  row('truncate-always', 'truncate on every AppendEntries', { truncateAlways: true }, 'replication', LOST),
  row('skip-consistency-check', 'skip the consistency check', { skipConsistencyCheck: true }, 'commitment', [
    'LogMatching',
    ...LOST,
  ]),
  row('count-minority', 'count a minority as a majority', { countMinority: true }, 'commitment', [
    ...TWO_LEADERS,
    ...LOST,
  ]),
  row('apply-uncommitted', 'apply before commit', { applyUncommitted: true }, 'commitment', LOST),
  row(
    'read-before-own-entry',
    'read before an entry of its own',
    { readBeforeOwnEntry: true },
    'reads',
    ANSWERS,
    { reads: 'readIndex', noOp: false },
  ),
  row(
    'ignore-snapshot-boundary',
    'ignore the snapshot’s boundary',
    { ignoreSnapshotBoundary: true },
    'snapshots',
    null,
    { snapshotAt: 2 },
  ),
  row('accept-stale-snapshot', 'accept a stale snapshot', { acceptStaleSnapshot: true }, 'snapshots', null, {
    snapshotAt: 2,
  }),
  row('keep-old-votes', 'keep old votes in a new term', { keepOldVotes: true }, 'votes', [
    ...TWO_LEADERS,
    ...LOST,
  ]),
  row(
    'ignore-terms-in-replies',
    'ignore higher terms in replies',
    { ignoreTermsInReplies: true },
    'reads',
    ANSWERS,
    { reads: 'readIndex' },
  ),
  row('jump-between-configurations', 'jump between configurations', { membership: 'jump' }, 'members'),
  row(
    'change-before-own-entry',
    'change members before an own entry',
    { membership: 'single', changeAfterOwnEntry: false },
    'members',
  ),
  row('read-locally', 'answer reads locally', { reads: 'local' }, 'reads', ANSWERS),
  row('no-sessions', 'no client sessions', { sessions: false }, 'retries', ['ExactlyOnce', ...ANSWERS]),
  row('drifting-clocks', 'lease with drifting clocks', { reads: 'lease' }, 'reads', ANSWERS, SWIFT, [
    'SetClock',
  ]),
  row('faulty-disks', 'disks that forget', {}, 'votes', [...TWO_LEADERS, ...LOST], {}, ['RestartWithout']),
]

export const breakageNamed = (name: string): Breakage | undefined =>
  BREAKAGES.find((breakage) => breakage.name === name)

/** Those that these settings bring about by themselves. */
export function breakagesOf(settings: Settings): Breakage[] {
  return BREAKAGES.filter((breakage) => {
    const means = Object.entries(breakage.settings)
    return (
      breakage.beyond.length === 0 && means.every(([key, value]) => settings[key as keyof Settings] === value)
    )
  })
}

/** To have no sessions is no broken rule: they are an addition to the paper's, and off in all its figures (D 6.3). */
export const NO_SESSIONS = 'no-sessions'

/** The broken rules of a cluster whose clocks run at these rates, in thousandths. */
export function brokenRulesOf(settings: Settings, clocks: readonly number[]): Breakage[] {
  const byThemselves = breakagesOf(settings).filter(({ name }) => name !== NO_SESSIONS)
  const runApart = Math.min(...clocks) < Math.max(...clocks)
  const byClocks = BREAKAGES.filter(({ beyond }) => beyond.includes('SetClock'))
  return settings.reads === 'lease' && runApart ? [...byThemselves, ...byClocks] : byThemselves
}

/** What shows best that these are broken; `null` if anything does. */
export function shownBy(breakages: readonly Breakage[]): readonly FoundKind[] | null {
  if (breakages.length === 0 || breakages.some(({ shows }) => shows === null)) return null
  return [...new Set(breakages.flatMap(({ shows }) => shows ?? []))]
}
