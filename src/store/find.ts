import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { unreachable } from '../base/assert.ts'
import { differences } from '../scenario/differences.ts'
import type { FoundKind } from '../search/finding.ts'
import type { FoundScenario } from '../search/found-scenario.ts'
import type { Settings } from '../simulation/settings.ts'
import { changeText } from '../words/settings.ts'
import type { SearchJob, SearchReport } from '../worker/search-messages.ts'
import { type BackgroundWorker, background } from './background.ts'
import { type Crew, crewSize, startCrew } from './crew.ts'
import { crewPort } from './crew-port.ts'
import { openAnother } from './current.ts'
import { app, sayMissing } from './state.ts'
import { brokenNow } from './unsafe-ways.ts'
import { stepsOf } from './walk.ts'

export type Wanted = FoundKind | 'best' | 'any'

/** What a search has tried so far. */
export interface Tried {
  readonly scenarios: number
  readonly events: number
  readonly seconds: number
}

/** What was found, and how many interventions it takes. */
export interface Found {
  readonly from: number
  readonly to: number
}

/** What is searched, as it was at the start. */
export interface Subject {
  readonly wanted: Wanted
  readonly servers: number
  readonly settings: Settings
  readonly clocks: readonly number[]
  /** What the broken rules are called, a line each; empty if none is. */
  readonly broken: string
}

export interface Finder {
  readonly kind: 'idle' | 'searching' | 'shrinking' | 'stopped' | 'failed'
  readonly subject: Subject | null
  /** What it looks for; `null` for anything that is promised. */
  readonly looksFor: readonly FoundKind[] | null
  readonly tried: Tried
  readonly found: Found | null
  /** How many workers were started, and why some are lost. */
  readonly workers: number
  readonly lost: string | null
}

const NOTHING: Tried = { scenarios: 0, events: 0, seconds: 0 }
const IDLE: Finder = {
  kind: 'idle',
  subject: null,
  looksFor: null,
  tried: NOTHING,
  found: null,
  workers: 0,
  lost: null,
}

export const finder = createStore<Finder>()(() => IDLE)

export function useFinder<T>(selector: (state: Finder) => T): T {
  return useStore(finder, selector)
}

/** How often the figures are told anew. */
const TELL_MS = 150

interface Candidate {
  readonly who: number
  readonly scenario: number
  readonly size: number
}

/** One search, shared out among workers. The find in the lowest scenario counts, however many there are. */
class Hunt {
  private readonly crew: Crew<SearchJob>
  private readonly tried = new Map<number, { scenarios: number; events: number }>()
  private readonly atWork = new Set<number>()
  /** What searches before this one have tried in the same. */
  private readonly before: Tried
  private candidates: Candidate[] = []
  private winner: Candidate | null = null
  private readonly startedAt = performance.now()
  /** When the search was over, and what was left was to make the find simple. */
  private seconds: number | null = null
  private readonly timer: ReturnType<typeof setInterval>

  constructor(subject: Subject, before: Tried, seed: number, make: () => BackgroundWorker) {
    const { wanted, settings, clocks } = subject
    const size = crewSize()
    this.before = before
    finder.setState({ ...IDLE, kind: 'searching', subject, tried: before, workers: size })
    this.timer = setInterval(() => this.tell(), TELL_MS)
    for (let who = 0; who < size; who++) this.atWork.add(who)
    this.crew = startCrew<SearchJob, SearchReport>({
      make: () => crewPort(make()),
      size,
      job: (first, stride) => ({ kind: 'search', settings, clocks, wanted, seed, first, stride }),
      onReport: (report, who) => this.hear(report, who),
      // A worker that cannot be made is told of before the crew is there.
      onFail: (message, who) => queueMicrotask(() => this.lose(who, message)),
    })
  }

  stop(): void {
    clearInterval(this.timer)
    this.crew.stop()
    this.seconds ??= this.elapsed()
    this.tell()
  }

  /** What was found is opened as simple as it is by now. False if nothing was found yet. */
  settle(): boolean {
    const best = this.winner ?? this.best()
    if (best === undefined) return false
    if (this.winner === null) this.simplify(best)
    this.crew.tell(best.who, { kind: 'enough' })
    return true
  }

  private elapsed(): number {
    return (performance.now() - this.startedAt) / 1000
  }

  private tell(): void {
    let { scenarios, events } = this.before
    for (const part of this.tried.values()) {
      scenarios += part.scenarios
      events += part.events
    }
    const seconds = this.before.seconds + (this.seconds ?? this.elapsed())
    finder.setState({ tried: { scenarios, events, seconds } })
  }

  private hear(report: SearchReport, who: number): void {
    switch (report.kind) {
      case 'begun':
        return finder.setState({ looksFor: report.looksFor })
      case 'tried':
        return void this.tried.set(who, report)
      case 'found':
        this.candidates.push({ who, scenario: report.scenario, size: report.size })
        return this.rest(who)
      case 'done':
        return this.rest(who)
      case 'shrinking': {
        const from = this.winner?.size ?? report.size
        return finder.setState({ found: { from, to: report.size } })
      }
      case 'shrunk':
        end()
        return void open(report.found, report.link)
      default:
        return unreachable(report)
    }
  }

  private rest(who: number): void {
    this.atWork.delete(who)
    this.decide()
  }

  private lose(who: number, message: string): void {
    if (hunt !== this) return
    finder.setState({ lost: message })
    this.candidates = this.candidates.filter((one) => one.who !== who)
    if (this.winner?.who === who) this.winner = null
    this.rest(who)
  }

  /** The lowest find counts once nobody is still at a lower one. */
  private decide(): void {
    const best = this.best()
    if (best === undefined) {
      if (this.atWork.size > 0) return
      end()
      return finder.setState({ kind: 'failed' })
    }
    for (const who of this.atWork) this.crew.tell(who, { kind: 'upTo', scenario: best.scenario })
    if (this.atWork.size === 0 && this.winner === null) this.simplify(best)
  }

  private best(): Candidate | undefined {
    return this.candidates.toSorted((a, b) => a.scenario - b.scenario)[0]
  }

  private simplify(best: Candidate): void {
    this.winner = best
    this.seconds = this.elapsed()
    this.tell()
    finder.setState({ kind: 'shrinking', found: { from: best.size, to: best.size } })
    this.crew.tell(best.who, { kind: 'shrink' })
  }
}

let hunt: Hunt | null = null
/** With it the trap of Figure 8 is found soon, and small. */
const FIRST_SEED = 6

/** The first search of a visit tries the same scenarios everywhere; each further one tries others. */
let seed = FIRST_SEED

function end(): void {
  hunt?.stop()
  hunt = null
}

/** Begins a search in the cluster as it is set up at the moment on the screen; one that runs is given up. */
export function startFinding(wanted: Wanted): void {
  end()
  if (background.searcher === null) return sayMissing()
  const subject = subjectNow(wanted)
  const { kind, subject: last, tried } = finder.getState()
  const goesOn = kind === 'stopped' && JSON.stringify(last) === JSON.stringify(subject)
  hunt = new Hunt(subject, goesOn ? tried : NOTHING, seed++, background.searcher)
}

function subjectNow(wanted: Wanted): Subject {
  const state = app.getState()
  const { frame, scenario } = state
  const clocks = frame?.servers.map(({ clockRate }) => clockRate) ?? []
  const settings = frame?.settings ?? scenario.settings
  return { wanted, servers: scenario.servers, settings, clocks, broken: brokenNow(state) }
}

/** `no-op off, 3 servers` */
function differenceText({ servers, settings }: Subject, found: FoundScenario['scenario']): string {
  const other = differences(settings, found.settings)
  const changed = Object.keys(other).length === 0 ? [] : [changeText(other)]
  const size = found.servers === 1 ? 'one server' : `${found.servers} servers`
  return [...changed, ...(found.servers === servers ? [] : [size])].join(', ')
}

/** Nothing more is tried. What was found is opened as it is; if nothing was, what was tried stays told. */
export function stopFinding(): void {
  if (hunt === null || hunt.settle()) return
  end()
  finder.setState({ kind: 'stopped' })
}

/** The dialog was left: a search goes on behind nobody's back. */
export function leaveFinder(): void {
  end()
  finder.setState(IDLE, true)
}

/** Opens what was found, from its start, with a caption at each step. The viewer's own work is kept. */
async function open({ scenario, captions }: FoundScenario, link: string | null): Promise<void> {
  const { tried, found, subject } = finder.getState()
  const differs = subject === null ? '' : differenceText(subject, scenario)
  const fromStart = { ...scenario.view, at: 0 as typeof scenario.view.at, skip: 0, selection: null }
  app.setState({ dialog: null })
  const shown = openAnother({ ...scenario, view: fromStart }, link === null ? {} : { link })
  const { slowdown } = app.getState()
  app.setState({
    walk: { steps: stepsOf(captions), slowdown, origin: found && { ...tried, ...found, differs } },
  })
  await shown
  app.setState({ playing: true })
}
