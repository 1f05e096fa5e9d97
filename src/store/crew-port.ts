import type { BackgroundWorker } from './background.ts'
import type { CrewPort } from './crew.ts'

/** A worker as a crew wants it. */
export function crewPort<Job, Report>(worker: BackgroundWorker): CrewPort<Job, Report> {
  const port: CrewPort<Job, Report> = {
    postMessage: (job) => worker.postMessage(job),
    onmessage: null,
    onerror: null,
    terminate: () => worker.terminate(),
  }
  worker.addEventListener('message', (event) =>
    port.onmessage?.({ data: (event as MessageEvent<Report>).data }),
  )
  worker.addEventListener('error', (event) => port.onerror?.({ message: (event as ErrorEvent).message }))
  return port
}
