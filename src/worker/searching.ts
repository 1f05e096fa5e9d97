import { type Breakage, brokenRulesOf, shownBy } from '../search/breakages.ts'
import type { Broken, FoundKind } from '../search/finding.ts'
import { foundScenario, linkOf } from '../search/found-scenario.ts'
import { Search } from '../search/search.ts'
import { shrink } from '../search/shrink.ts'
import type { SearchJob, SearchReport } from './search-messages.ts'

type Task = Extract<SearchJob, { kind: 'search' }>

/** How long it works, in real milliseconds, between two looks at what it is told. */
const SLICE = 120
/** How many scenarios are tried between two looks at the clock. */
const STEP = 10

/** What a worker does that searches: its share of the scenarios, and what it finds made simple. It works in slices. */
export class Searching {
  private readonly post: (report: SearchReport) => void
  private readonly clock: () => number
  private task: Task | null = null
  private search: Search | null = null
  private breakages: readonly Breakage[] = []
  /** Scenarios from here on are of no use. */
  private end = Number.POSITIVE_INFINITY
  private shrinking: Generator<Broken, Broken> | null = null
  private isOver = false
  private isEnough = false

  constructor(post: (report: SearchReport) => void, clock: () => number = () => performance.now()) {
    this.post = post
    this.clock = clock
  }

  tell(job: SearchJob): void {
    if (job.kind === 'search') this.begin(job)
    else if (job.kind === 'upTo') this.end = job.scenario
    else if (job.kind === 'enough') this.isEnough = true
    else this.beginShrinking()
  }

  /** Works for a while. False if there is nothing more to do until it is told something. */
  slice(): boolean {
    if (this.shrinking !== null) return this.shrinkFor(this.shrinking)
    const { search, task, isOver } = this
    if (search === null || task === null || isOver) return false
    this.isOver = !this.searchFor(search, task)
    return !this.isOver
  }

  private begin(task: Task): void {
    const { settings, clocks, seed, first, stride } = task
    this.task = task
    this.breakages = brokenRulesOf(settings, clocks)
    const wanted = this.wantedOf(task)
    const beyond = this.breakages.flatMap((one) => one.beyond)
    this.search = new Search({ settings, wanted, seed, first, stride, beyond })
    this.post({ kind: 'begun', looksFor: wanted })
  }

  private wantedOf({ wanted }: Task): readonly FoundKind[] | null {
    if (wanted === 'any') return null
    return wanted === 'best' ? shownBy(this.breakages) : [wanted]
  }

  private searchFor(search: Search, { first, stride }: Task): boolean {
    const deadline = this.clock() + SLICE
    const left = () => Math.max(0, Math.ceil((this.end - first) / stride) - search.progress().scenarios)
    do search.step(Math.min(STEP, left()))
    while (search.progress().found === null && left() > 0 && this.clock() < deadline)
    const { scenarios, events, found } = search.progress()
    this.post({ kind: 'tried', scenarios, events })
    if (found !== null) {
      const scenario = first + (scenarios - 1) * stride
      this.post({ kind: 'found', scenario, size: found.setup.script.length })
    } else if (left() === 0) {
      this.post({ kind: 'done' })
    }
    return found === null && left() > 0
  }

  private beginShrinking(): void {
    const found = this.search?.progress().found ?? null
    if (found === null || this.task === null) return
    this.shrinking = shrink(found, { settings: this.task.settings })
  }

  private shrinkFor(steps: Generator<Broken, Broken>): boolean {
    const deadline = this.clock() + SLICE
    let step = steps.next()
    while (step.done !== true && !this.isEnough && this.clock() < deadline) step = steps.next()
    const size = step.value.setup.script.length
    this.post({ kind: 'shrinking', size })
    if (step.done !== true && !this.isEnough) return true
    this.shrinking = null
    this.search = null
    void this.tellOf(step.value)
    return false
  }

  private async tellOf(small: Broken): Promise<void> {
    const [only, ...others] = this.breakages
    const found = foundScenario(small, only === undefined || others.length > 0 ? '' : only.title)
    const link = await linkOf(small, found).catch(() => null)
    this.post({ kind: 'shrunk', found, size: small.setup.script.length, link })
  }
}
