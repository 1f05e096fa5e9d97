import type { SearchJob, SearchReport } from './search-messages.ts'
import { Searching } from './searching.ts'

/** A worker of those that search for a violation together; each page's search starts its own. */
const searching = new Searching((report: SearchReport) => self.postMessage(report))

// A message to itself waits behind what the page has sent, and not for a timer.
const turn = new MessageChannel()
let isWorking = false
turn.port1.onmessage = () => {
  isWorking = searching.slice()
  if (isWorking) turn.port2.postMessage(null)
}

self.onmessage = ({ data }: MessageEvent<SearchJob>) => {
  searching.tell(data)
  if (isWorking) return
  isWorking = true
  turn.port2.postMessage(null)
}
