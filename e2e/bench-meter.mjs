/**
 * Runs in the page before its own scripts, and is sent there as text: it can use nothing from around it. Leaves a
 * `meter` that knows when the cluster was first drawn, and what the worker said and how frames came since `reset`.
 */
export function startMeter() {
  /** @type {number[]} */
  let frames = []
  let longTasks = 0
  let flights = 0
  let flown = 0
  let entries = 0
  let start = { time: 0, at: 0 }
  let hasDrawn = false
  const meter = {
    /** @type {number | null} */
    drawn: null,
    /** When what is drawn could be used. @type {number | null} */
    usable: null,
    /** @type {number | null} */
    led: null,
    /** The simulated time on the screen, as of the latest answer. */
    time: -1,
    reset() {
      frames = []
      longTasks = 0
      flown = 0
      start = { time: meter.time, at: performance.now() }
    },
    /** @returns {import('../src/bench/report.ts').Seen} */
    seen() {
      /** @type {number[]} */
      const perSecond = []
      const first = frames[0] ?? 0
      for (const frame of frames) {
        const second = Math.floor((frame - first) / 1000)
        perSecond[second] = (perSecond[second] ?? 0) + 1
      }
      return {
        framesPerSecond: Array.from(perSecond.slice(0, -1), (count) => count ?? 0),
        longTasks,
        flights: flown / frames.length,
        entries,
        simulated: meter.time - start.time,
        elapsed: (performance.now() - start.at) * 1000,
      }
    },
  }
  Object.assign(window, { meter })

  window.Worker = class extends Worker {
    /** @param {ConstructorParameters<typeof Worker>} given */
    constructor(...given) {
      super(...given)
      this.addEventListener('message', ({ data: { answer } }) => {
        if (answer?.flights === undefined) return
        meter.time = answer.time
        flights = answer.flights.length
        entries = Math.max(...answer.servers.map((/** @type {{ lastIndex: number }} */ one) => one.lastIndex))
      })
    }
  }

  new PerformanceObserver((list) => {
    longTasks += list.getEntries().length
  }).observe({ type: 'longtask' })

  /** When the browser says that it first had anything on the screen. @type {Promise<number>} */
  const firstPaint = new Promise((resolve) => {
    new PerformanceObserver((list) => {
      for (const { name, startTime } of list.getEntries())
        if (name === 'first-contentful-paint') resolve(startTime)
    }).observe({ type: 'paint', buffered: true })
  })

  /** Runs behind the painting of the frame that it is asked for in. @param {() => void} then */
  const onceOnScreen = (then) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = then
    port2.postMessage(null)
  }
  /** @param {number} now */
  const tick = (now) => {
    frames.push(now)
    flown += flights
    const isDrawn = document.querySelector('.stage-picture .server') !== null
    if (!hasDrawn && isDrawn) {
      hasDrawn = true
      // Painted is not yet on the screen: if it is part of the first picture, the browser tells when it was.
      onceOnScreen(async () => {
        const painted = performance.now()
        meter.drawn = Math.max(painted, await firstPaint)
      })
    }
    if (meter.usable === null && isDrawn && document.querySelector('[aria-busy=true]') === null)
      onceOnScreen(() => {
        meter.usable ??= performance.now()
      })
    if (meter.led === null && document.querySelector('.stage-picture .server.leads') !== null)
      onceOnScreen(() => {
        meter.led ??= performance.now()
      })
    requestAnimationFrame(tick)
  }
  requestAnimationFrame(tick)
}
