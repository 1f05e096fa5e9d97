import { type Locator, type Page, test } from '@playwright/test'
import { millis } from '../src/base/ids.ts'
import { fresh } from '../src/scenario/fresh.ts'
import { LIBRARY } from '../src/scenario/library.ts'
import { encodeLink } from '../src/scenario/link.ts'
import type { Scenario, View } from '../src/scenario/scenario.ts'
import type { Settings } from '../src/simulation/settings.ts'
import { expect } from './visit.ts'

/** The screen's parts, found as a viewer finds them. */

export const cluster = (page: Page): Locator => page.getByRole('region', { name: 'Cluster' })
export const playback = (page: Page): Locator => page.getByRole('region', { name: 'Playback' })
export const dialog = (page: Page, name: string): Locator => page.getByRole('dialog', { name })
export const playhead = (page: Page): Locator => page.getByRole('slider', { name: 'Simulated time' })
export const story = (page: Page): Locator => page.getByRole('list', { name: 'What happened' })
export const logs = (page: Page): Locator => page.getByRole('grid', { name: 'Logs' })
export const toolbar = (page: Page): Locator => page.getByRole('toolbar', { name: 'Tools' })
export const present = (page: Page): Locator => story(page).locator('[aria-current=step]')

/** A server on the stage; `also` is part of what it says of itself: `leader`, `term 2`. */
export const server = (page: Page, id: number, also = ''): Locator =>
  cluster(page).getByRole('button', { name: new RegExp(`^S${id},.*${also}`) })

export const leader = (page: Page): Locator =>
  cluster(page).getByRole('button', { name: /^S\d, leader, term/ })

/** Opens the page, at a link's moment if one is given, and waits for the cluster to be drawn. */
export async function open(page: Page, fragment = ''): Promise<void> {
  await page.goto(`/${fragment}`)
  await drawn(page)
}

/** The servers are there and do something, and the fonts are there. */
export async function drawn(page: Page): Promise<void> {
  await expect(server(page, 1)).toBeVisible()
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0)
  await page.evaluate(() => document.fonts.ready)
}

/** A link that opens a scenario, at rest, at a time in ms. */
export async function linkTo(
  scenario: Scenario,
  ms: number,
  view: Partial<View> = {},
  hash: number | null = null,
): Promise<string> {
  return encodeLink({ ...scenario, view: { ...scenario.view, at: millis(ms), skip: null, ...view } }, hash)
}

export const libraryScenario = (id: string): Scenario => {
  const found = LIBRARY.find((entry) => entry.id === id)
  if (found === undefined) throw new Error(`there is no scenario ${id}`)
  return found.scenario
}

/** The fresh cluster with other servers or settings. */
export const clusterOf = (servers: number, settings: Partial<Settings> = {}): Scenario => ({
  ...fresh,
  servers,
  settings: { ...fresh.settings, ...settings },
})

export const play = (page: Page): Promise<void> =>
  playback(page).getByRole('button', { name: 'Play', exact: true }).click()

export const pause = (page: Page): Promise<void> =>
  playback(page).getByRole('button', { name: 'Pause', exact: true }).click()

/** Real time is this many times slower than simulated time: 0 is 1/1000, 9 is 1. */
export const setSpeed = (page: Page, step: number): Promise<void> =>
  playback(page).getByRole('slider', { name: 'Speed' }).fill(`${step}`)

export async function isPaused(page: Page): Promise<void> {
  await expect(playback(page).getByRole('button', { name: 'Play', exact: true })).toBeVisible()
}

/** The simulated time of a page at rest, in ms. */
export const timeOf = async (page: Page): Promise<number> =>
  Number(await playhead(page).getAttribute('aria-valuenow'))

/** Which server leads. */
export async function leaderId(page: Page): Promise<number> {
  return Number(/^S(\d)/.exec((await leader(page).first().getAttribute('aria-label')) ?? '')?.[1])
}

/** All that a page shows of its moment, once it rests: the time, each server, each log, and what the event did. */
export async function moment(page: Page): Promise<readonly string[]> {
  let shown: readonly string[] = []
  const isSame = async () => {
    const before = shown.join()
    shown = await shownOf(page)
    return shown.join() === before
  }
  // The panels follow the stage ten times a second. The first look comes at once, and is never the last.
  await expect.poll(isSame, { intervals: [200] }).toBe(true)
  return shown
}

async function shownOf(page: Page): Promise<readonly string[]> {
  const labels = (locator: Locator) =>
    locator.evaluateAll((found) =>
      found.map((one) => one.getAttribute('aria-label') ?? one.textContent ?? ''),
    )
  const [time, servers, rows, cells, sentences] = await Promise.all([
    playhead(page).getAttribute('aria-valuetext'),
    labels(cluster(page).getByRole('button', { name: /^S\d,/ })),
    labels(page.getByRole('region', { name: 'Logs' }).getByRole('button', { name: /^S\d.*entries/ })),
    labels(logs(page).getByRole('gridcell')),
    labels(present(page)),
  ])
  return [time ?? '', ...servers, ...rows, ...cells, ...sentences]
}

/** One of the panels beside the stage. */
export async function openTab(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('tab', { name }).click()
  await expect(page.getByRole('tabpanel', { name })).not.toBeEmpty()
}

/** The share dialog's link, with the dialog closed again. It pauses. */
export async function linkOf(page: Page): Promise<string> {
  return test.step('read the link', async () => {
    await page.getByRole('button', { name: 'Share link' }).click()
    const field = dialog(page, 'Share').getByRole('textbox', { name: 'Link' })
    await expect(field).toHaveValue(/#w/)
    const link = await field.inputValue()
    await page.keyboard.press('Escape')
    await expect(dialog(page, 'Share')).toBeHidden()
    return link
  })
}
