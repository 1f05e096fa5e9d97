// Measures the built page in a browser: `node e2e/bench-page.mjs ORDER`, where ORDER is JSON, prints a Report as JSON.
import { chromium } from '@playwright/test'
import { startMeter } from './bench-meter.mjs'
import { frameWork } from './bench-trace.mjs'
import { findBrowser } from './browser.mjs'
import { serve } from './serve.mjs'

/**
 * @typedef {import('../src/bench/report.ts').Order} Order
 * @typedef {import('../src/bench/report.ts').Report} Report
 * @typedef {import('../src/bench/report.ts').Scene} Scene
 * @typedef {import('../src/bench/report.ts').Seen} Seen
 * @typedef {import('../src/bench/report.ts').Watched} Watched
 */
/** @typedef {{ drawn: number, usable: number, led: number, start: number }} Started */

const QUIET = [
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const WARM_UP_MS = 3000
/** By then most first visits have a leader. */
const STARTED_MS = 3000

/** @param {Order} order @returns {Promise<Report>} */
async function measure({ dist, scenes, loads }) {
  const root = process.getuid?.() === 0 // Chromium refuses to sandbox itself under root
  const args = root ? ['--no-sandbox', ...QUIET] : QUIET
  const browser = await chromium.launch({ executablePath: findBrowser(), args })
  const site = await serve(dist)
  try {
    const first = await load(browser, site)
    /** @type {Awaited<ReturnType<typeof load>>[]} */
    const cold = []
    for (let i = 0; i < loads; i++) cold.push(await load(browser, site))
    const watched = []
    for (const scene of scenes) watched.push(await watch(browser, site.url, scene))
    const { loaded, soon, later } = first
    const all = (/** @type {'drawn' | 'usable' | 'led'} */ name) => cold.map((it) => it[name])
    return { watched, drawn: all('drawn'), usable: all('usable'), led: all('led'), loaded, soon, later }
  } finally {
    await browser.close()
    site.close()
  }
}

/** @param {import('@playwright/test').Browser} browser */
async function open(browser) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  page.on('pageerror', (error) => console.error(error))
  await page.addInitScript(startMeter)
  return { context, page }
}

/**
 * A first visit: nothing is cached.
 * @param {import('@playwright/test').Browser} browser
 * @param {Awaited<ReturnType<typeof serve>>} site
 */
async function load(browser, site) {
  const { context, page } = await open(browser)
  site.asked.length = 0
  await page.goto(site.url, { waitUntil: 'commit' })
  // Whoever asks a page something while it starts makes it slower.
  await page.waitForTimeout(STARTED_MS)
  await page.waitForFunction('meter.led', null, { timeout: 60_000 })
  const { drawn, usable, led, start } = /** @type {Started} */ (
    await page.evaluate('({ ...meter, start: performance.timeOrigin })')
  )
  await page.waitForTimeout(2000)
  // What is asked for again is in the browser's cache, on a server that says how long files last.
  const between = (/** @type {number} */ from, /** @type {number} */ to) => [
    ...new Set(site.asked.filter(({ at }) => at > start + from && at <= start + to).map(({ file }) => file)),
  ]
  const loaded = between(-Infinity, usable)
  const isNew = (/** @type {string} */ file) => !loaded.includes(file)
  const soon = between(usable, led).filter(isNew)
  const later = between(led, Infinity).filter((file) => isNew(file) && !soon.includes(file))
  await context.close()
  return { drawn, usable, led, loaded, soon, later }
}

/**
 * Plays a scene and watches the main thread.
 * @param {import('@playwright/test').Browser} browser
 * @param {string} url
 * @param {Scene} scene
 * @returns {Promise<Watched>}
 */
async function watch(browser, url, { name, fragment, at, seconds }) {
  const { context, page } = await open(browser)
  await page.goto(url + fragment)
  await page.waitForFunction(`meter.drawn !== null && meter.time >= ${at}`, null, { timeout: 60_000 })
  // A link to a later moment opens at rest.
  if (at > 0) await page.keyboard.press('Space')
  await page.waitForTimeout(WARM_UP_MS)
  await browser.startTracing(page, {
    categories: ['-*', 'devtools.timeline', 'disabled-by-default-devtools.timeline'],
  })
  await page.evaluate('meter.reset()')
  await page.waitForTimeout(seconds * 1000)
  const seen = /** @type {Seen} */ (await page.evaluate('meter.seen()'))
  const trace = JSON.parse((await browser.stopTracing()).toString('utf8'))
  await context.close()
  const { work, processor, longTasks } = frameWork(trace.traceEvents)
  return { name, work, processor, ...seen, longTasks: Math.max(longTasks, seen.longTasks) }
}

const report = await measure(/** @type {Order} */ (JSON.parse(process.argv[2] ?? '{}')))
console.log(JSON.stringify(report))
