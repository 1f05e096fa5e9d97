import type { Settings } from '../simulation/settings.ts'
import { BREAKAGES, type Breakage, breakagesOf, NO_SESSIONS } from './breakages.ts'
import { Draws } from './draws.ts'
import { FOUND_KINDS } from './endings.ts'
import type { Broken, FoundKind, Wanted } from './finding.ts'
import { AIMS_OF, ALL_AIMS } from './guidance.ts'
import type { MoveKind } from './moves.ts'
import { planOf, type Target } from './plan.ts'
import { tryPlan } from './trial.ts'

export interface SearchOptions {
  /** The cluster's, broken rules among them. A run may take other settings beside, all of them safe. */
  readonly settings: Settings
  /** What to look for; `null` for anything that the cluster promises. */
  readonly wanted: readonly FoundKind[] | null
  /** The same seed tries the same scenarios. */
  readonly seed: number
  /** Which of them to begin with, and how many to go on by, so that several searches can share the work. */
  readonly first?: number
  readonly stride?: number
  /** Moves outside of what Raft promises to survive. */
  readonly beyond?: readonly MoveKind[]
}

export interface Progress {
  readonly scenarios: number
  readonly events: number
  readonly found: Broken | null
}

/** Tries scenarios one after the other until one breaks a promise. */
export class Search {
  private readonly options: SearchOptions
  private readonly wanted: Wanted
  private readonly targets: readonly Target[]
  private scenarios = 0
  private events = 0
  private found: Broken | null = null

  constructor(options: SearchOptions) {
    this.options = options
    this.wanted = wantedOf(options)
    this.targets = targetsOf(options)
  }

  /** Tries so many more, fewer if one of them breaks a promise. What was tried is all that there is to it: it can stop any time. */
  step(most: number): Progress {
    const { seed, settings, first = 0, stride = 1 } = this.options
    for (let i = 0; i < most && this.found === null; i++) {
      const draws = new Draws(seed, first + this.scenarios * stride)
      const plan = planOf(draws, settings, this.targets)
      const { events, broken } = tryPlan(plan, draws, this.wanted)
      this.scenarios++
      this.events += events
      this.found = broken
    }
    return this.progress()
  }

  progress(): Progress {
    const { scenarios, events, found } = this
    return { scenarios, events, found }
  }
}

/** What nobody promises to clients where no session tells a command that is sent again from a new one (§8). */
const TAKES_SESSIONS: readonly FoundKind[] = ['ExactlyOnce', 'Linearizability']

function wantedOf(options: SearchOptions): Wanted {
  const { wanted, settings } = options
  if (wanted !== null) return { kinds: new Set(wanted), afterTwice: !isSpoiled(options, wanted) }
  const promised = FOUND_KINDS.filter((kind) => !TAKES_SESSIONS.includes(kind))
  return { kinds: settings.sessions ? null : new Set(promised), afterTwice: true }
}

/** Whether a command that is applied twice would be taken for what broken rules bring about. */
const isSpoiled = (options: SearchOptions, wanted: readonly FoundKind[]): boolean =>
  wanted.includes('Linearizability') && !wanted.includes('ExactlyOnce') && breakagesIn(options).length > 0

/** Where rules are broken, there; else where what is looked for would come from. */
function targetsOf(options: SearchOptions): Target[] {
  const { wanted, beyond = [] } = options
  const breakages = breakagesIn(options)
  if (breakages.length > 0) return breakages.map(({ aim, helps }) => ({ aim, helps, beyond }))
  const aims = wanted === null ? ALL_AIMS : wanted.flatMap((kind) => AIMS_OF[kind] ?? ALL_AIMS)
  return [...new Set(aims)].map((aim) => ({ aim, helps: [], beyond }))
}

/** What can be to blame for what is looked for. */
function breakagesIn({ settings, wanted, beyond = [] }: SearchOptions): Breakage[] {
  const counts = ({ name }: Breakage) => name !== NO_SESSIONS || wanted?.includes('ExactlyOnce') === true
  return [...breakagesOf(settings).filter(counts), ...BREAKAGES.filter((one) => isBeyond(one, beyond))]
}

const isBeyond = (breakage: Breakage, allowed: readonly MoveKind[]): boolean =>
  breakage.beyond.some((move) => allowed.includes(move))
