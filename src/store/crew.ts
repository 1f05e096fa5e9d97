/** What is needed of a worker of a crew; the composition root makes the real ones. */
export interface CrewPort<Job, Report> {
  postMessage(job: Job): void
  onmessage: ((event: { data: Report }) => void) | null
  onerror: ((event: { message?: string }) => void) | null
  terminate(): void
}

export interface CrewWork<Job, Report> {
  readonly make: () => CrewPort<Job, Report>
  readonly size: number
  /** What each one gets to do, counted from 0. */
  readonly job: (who: number, size: number) => Job
  readonly onReport: (report: Report, who: number) => void
  /** Told once of each worker that is lost, with how many are left. These go on. */
  readonly onFail: (message: string, who: number, left: number) => void
}

/** Workers that share one piece of work. */
export interface Crew<Job> {
  /** Gives one of them more to do. One that is lost does nothing. */
  tell(who: number, job: Job): void
  /** At once, whatever they are at. Nothing is heard of them any more. */
  stop(): void
}

const MOST = 8

/** How many workers a machine has room for: one core stays free for the page and its engine. */
export const crewSize = (cores = navigator.hardwareConcurrency): number =>
  Math.min(MOST, Math.max(1, (cores || 1) - 1))

export function startCrew<Job, Report>(work: CrewWork<Job, Report>): Crew<Job> {
  const { make, size, job, onReport, onFail } = work
  const ports = new Map<number, CrewPort<Job, Report>>()
  let left = size
  let stopped = false

  const dismiss = (who: number) => {
    const port = ports.get(who)
    ports.delete(who)
    if (port === undefined) return
    port.onmessage = null
    port.onerror = null
    port.terminate()
  }
  const lose = (who: number, message: string) => {
    if (stopped) return
    left--
    dismiss(who)
    onFail(message, who, left)
  }
  const start = (who: number) => {
    try {
      const port = make()
      let isHeard = false
      ports.set(who, port)
      port.onmessage = ({ data }) => {
        isHeard = true
        onReport(data, who)
      }
      port.onerror = ({ message }) => lose(who, isHeard ? diedOf(message) : notStarted(message))
      port.postMessage(job(who, size))
    } catch (error) {
      lose(who, notStarted(error instanceof Error ? error.message : String(error)))
    }
  }
  for (let who = 0; who < size && !stopped; who++) start(who)

  return {
    tell: (who, next) => ports.get(who)?.postMessage(next),
    stop: () => {
      stopped = true
      for (const who of [...ports.keys()]) dismiss(who)
    },
  }
}

const diedOf = (why: string | undefined): string =>
  `One of the background workers broke off${why ? `: ${why}` : ' without saying why'}.`

const notStarted = (why: string | undefined): string =>
  `A background worker could not be started${why ? `: ${why}` : ': a part of this page did not load'}.`
