import { brokenWays, isBroken, UNSAFE_WAYS } from '../scenario/unsafe-ways.ts'
import { defaultSettings, type Settings } from '../simulation/settings.ts'
import type { FoundKind } from './finding.ts'
import { type Aim, SWIFT } from './guidance.ts'
import type { MoveKind } from './moves.ts'

/** How a way to break Raft is hunted for what comes of it. */
interface Hunt {
  readonly aim: Aim
  /** What comes of it, where the first thing that can be seen to be wrong is only the breaking itself. */
  readonly shows: readonly FoundKind[] | null
  /** Settings without which it seldom matters. They break nothing, and a run takes them mostly. */
  readonly helps: readonly Partial<Settings>[]
  /** Settings without which something else can be to blame for what it shows. */
  readonly needs: Partial<Settings>
  /** Moves outside Raft's assumptions, without which nothing goes wrong. */
  readonly beyond: readonly MoveKind[]
}

/** A way to break Raft, and how a search goes after it. */
export interface Breakage extends Hunt {
  /** As commands name it. */
  readonly name: string
  /** What is done, in a few words. */
  readonly title: string
  /** The settings that it means. */
  readonly settings: Partial<Settings>
}

const hunt = (aim: Aim, shows: Hunt['shows'] = null, more: Partial<Hunt> = {}): Hunt => ({
  aim,
  shows,
  helps: [],
  needs: {},
  beyond: [],
  ...more,
})

const TWO_LEADERS: readonly FoundKind[] = ['ElectionSafety']
const LOST: readonly FoundKind[] = ['LeaderCompleteness', 'StateMachineSafety']
const EITHER: readonly FoundKind[] = [...TWO_LEADERS, ...LOST]
const ANSWERS: readonly FoundKind[] = ['Linearizability']
/** Without them a put that is applied twice spoils what is read, whatever rule is kept (§8). */
const SESSIONS: Partial<Settings> = { sessions: true }

/** To have no sessions is no broken rule: they are an addition to the paper's, and off in all its figures (D 6.3). */
export const NO_SESSIONS = 'no-sessions'

/** By the names of the ways. One that is missing is hunted for like most. */
export const HUNTS: Readonly<Record<string, Hunt>> = {
  'vote-without-comparing': hunt('commitment'),
  'vote-twice': hunt('votes', TWO_LEADERS),
  'forget-vote': hunt('votes', TWO_LEADERS),
  'forget-term': hunt('votes', EITHER),
  'commit-old-terms': hunt('commitment', LOST, { helps: [{ noOp: false }] }),
  'truncate-always': hunt('replication', LOST),
  'skip-consistency-check': hunt('commitment', ['LogMatching', ...LOST]),
  'count-minority': hunt('commitment', EITHER),
  'apply-uncommitted': hunt('commitment', ['StateMachineSafety']),
  'read-before-own-entry': hunt('reads', ANSWERS, {
    helps: [{ reads: 'readIndex' }, { noOp: false }],
    needs: SESSIONS,
  }),
  'ignore-snapshot-boundary': hunt('snapshots', null, { helps: [{ snapshotAt: 2 }] }),
  'accept-stale-snapshot': hunt('snapshots', null, { helps: [{ snapshotAt: 2 }] }),
  'keep-old-votes': hunt('votes', EITHER),
  'ignore-terms-in-replies': hunt('reads', ANSWERS, { helps: [{ reads: 'readIndex' }], needs: SESSIONS }),
  'jump-between-configurations': hunt('members'),
  'change-before-own-entry': hunt('members'),
  'read-locally': hunt('reads', ANSWERS, { needs: SESSIONS }),
  'drifting-clocks': hunt('reads', ANSWERS, { helps: [SWIFT], needs: SESSIONS, beyond: ['SetClock'] }),
  [NO_SESSIONS]: hunt('retries', ['ExactlyOnce', ...ANSWERS]),
}

const FAULTY_DISKS: Breakage = {
  name: 'faulty-disks',
  title: 'Disks that forget',
  settings: {},
  ...hunt('votes', EITHER, { beyond: ['RestartWithout'] }),
}

export const BREAKAGES: readonly Breakage[] = [
  ...UNSAFE_WAYS.map(
    ({ id, label, broken }): Breakage => ({
      name: id,
      title: label,
      settings: broken,
      ...(HUNTS[id] ?? hunt('commitment')),
    }),
  ),
  FAULTY_DISKS,
]

const FIGURE_3: readonly FoundKind[] = [
  'ElectionSafety',
  'LeaderAppendOnly',
  'LogMatching',
  'LeaderCompleteness',
  'StateMachineSafety',
]

export const breakageNamed = (name: string): Breakage | undefined =>
  BREAKAGES.find((breakage) => breakage.name === name)

const named = (names: readonly string[]): Breakage[] => BREAKAGES.filter(({ name }) => names.includes(name))

/** Those that these settings bring about by themselves. */
export const breakagesOf = (settings: Settings): Breakage[] =>
  named(UNSAFE_WAYS.filter((way) => isBroken(way, settings, [])).map(({ id }) => id))

/** The broken rules of a cluster whose clocks run at these rates, in thousandths. */
export const brokenRulesOf = (settings: Settings, clocks: readonly number[]): Breakage[] =>
  named(brokenWays(settings, clocks).map(({ id }) => id))

/** A new cluster in which just these are broken. */
export const settingsWith = (breakages: readonly Breakage[]): Settings =>
  Object.assign(
    { ...defaultSettings },
    ...breakages.map(({ needs }) => needs),
    ...breakages.map(({ settings }) => settings),
  ) as Settings

/** What shows best that these are broken; `null` if anything does. */
export function shownBy(breakages: readonly Breakage[]): readonly FoundKind[] | null {
  const [only, ...others] = breakages
  if (only === undefined || others.length === 0) return only?.shows ?? null
  // With several broken, anything would mostly be that a rule was broken, not what comes of it.
  return [...new Set(breakages.flatMap(({ shows }) => shows ?? FIGURE_3))]
}
