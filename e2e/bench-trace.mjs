/**
 * What is read of a trace event. Times are in microseconds.
 * @typedef {object} TraceEvent
 * @property {string} name
 * @property {string} ph
 * @property {number} pid
 * @property {number} tid
 * @property {number} ts
 * @property {number} [dur]
 * @property {number} [tdur] of the thread's own processor time, where the machine tells it
 * @property {{ name?: string }} [args]
 */

const LONG = 50_000

/**
 * How long the page's main thread worked for each frame: its tasks, from one that runs animation callbacks to the next.
 * @param {readonly TraceEvent[]} events
 * @returns {{ work: number[], processor: number[], longTasks: number }} milliseconds by the clock, and of the processor
 */
export function frameWork(events) {
  const main = pagesMainThread(events)
  const own = events.filter((event) => threadOf(event) === main)
  const tasks = outermost(own.filter(({ name, ph }) => name === 'RunTask' && ph === 'X'))
  const starts = own.filter(({ name }) => name === 'FireAnimationFrame').map(({ ts }) => ts)
  starts.sort((a, b) => a - b)
  /** @type {number[]} */
  const work = []
  /** @type {number[]} */
  const processor = []
  let next = 0
  for (const { ts, dur = 0, tdur = dur } of tasks) {
    const begins = (starts[next] ?? Infinity) < ts + dur
    while ((starts[next] ?? Infinity) < ts + dur) next++
    if (begins) {
      work.push(0)
      processor.push(0)
    }
    if (work.length === 0) continue
    work.push((work.pop() ?? 0) + dur / 1000)
    processor.push((processor.pop() ?? 0) + tdur / 1000)
  }
  // The first and the last frame are only partly in the trace.
  const longTasks = tasks.filter(({ dur = 0 }) => dur > LONG).length
  return { work: work.slice(1, -1), processor: processor.slice(1, -1), longTasks }
}

/** @param {TraceEvent} event */
const threadOf = ({ pid, tid }) => `${pid}.${tid}`

/**
 * The one that ran the most animation callbacks: a browser has other renderers too.
 * @param {readonly TraceEvent[]} events
 */
function pagesMainThread(events) {
  const counts = new Map()
  for (const event of events) {
    if (event.name !== 'FireAnimationFrame') continue
    counts.set(threadOf(event), (counts.get(threadOf(event)) ?? 0) + 1)
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0]
}

/** @param {TraceEvent[]} tasks */
function outermost(tasks) {
  let end = -1
  return tasks
    .sort((a, b) => a.ts - b.ts)
    .filter(({ ts, dur = 0 }) => {
      const isOuter = ts >= end
      if (isOuter) end = ts + dur
      return isOuter
    })
}
