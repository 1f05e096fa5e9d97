import { type FuturesJob, type FuturesReport, FuturesSession } from './futures-session.ts'

/** A worker for futures that does one job each time it is told to. */
export class FuturesPort extends EventTarget {
  readonly jobs: FuturesJob[] = []
  isGone = false
  private readonly session: { do(job: FuturesJob): FuturesReport }

  constructor(session: { do(job: FuturesJob): FuturesReport } = new FuturesSession()) {
    super()
    this.session = session
  }

  postMessage(job: FuturesJob): void {
    this.jobs.push(structuredClone(job))
  }

  terminate(): void {
    this.isGone = true
  }

  /** Does the first in line. False if there is nothing to do. */
  work(): boolean {
    const job = this.jobs.shift()
    if (job === undefined) return false
    this.dispatchEvent(new MessageEvent('message', { data: structuredClone(this.session.do(job)) }))
    return true
  }

  die(message: string): void {
    this.dispatchEvent(Object.assign(new Event('error'), { message }))
  }
}
