import type { Page } from '@playwright/test'
import {
  cluster,
  clusterOf,
  dialog,
  isPaused,
  linkOf,
  linkTo,
  open,
  openTab,
  server,
  timeOf,
} from './screen.ts'
import { expect, test } from './visit.ts'

const finder = (page: Page) => dialog(page, 'Find a violation')
const steps = (page: Page) => page.getByRole('region', { name: 'How it came about, step by step' })
const ending = (page: Page) => page.getByRole('alert').filter({ hasText: 'stops here' })
const outcome = (page: Page) => finder(page).getByRole('status')
const start = (page: Page) => finder(page).getByRole('button', { name: 'Start' }).click()

/** What a rule leads to takes a while on a machine with much else to do. */
const SEARCH = { timeout: 90_000 }
/** The alert has a style of its own in it, which nobody reads. */
const INNER = { useInnerText: true }
test.describe.configure({ timeout: 150_000 })

/** Opens what a search found in a cluster that counts any minority, at its first step. */
async function find(page: Page): Promise<void> {
  await open(page, await linkTo(clusterOf(3, { countMinority: true }), 0))
  await page.keyboard.press('f')
  await start(page)
  await expect(steps(page)).toBeVisible(SEARCH)
}

test('a rule switched off is found out, played with its steps, and shared', async ({ page, newVisitor }) => {
  await open(page)
  await page.keyboard.press('r')
  const rule = dialog(page, 'Rules').getByRole('radiogroup', { name: 'Commit old entries by counting' })
  await rule.getByRole('radio', { name: 'on' }).check({ force: true })
  await expect(page.getByRole('button', { name: /^Unsafe, 1 rule broken/ })).toBeVisible()
  await dialog(page, 'Rules').getByRole('button', { name: 'Find a violation' }).click()
  await expect(finder(page)).toContainText('Commit old entries by counting')
  await start(page)
  await expect(outcome(page)).toContainText('Searching with')
  await expect(finder(page)).toContainText(
    'Looks for a breach of Leader Completeness or State Machine Safety.',
  )
  await expect(steps(page)).toBeVisible(SEARCH)
  await expect(finder(page)).toBeHidden()
  await expect(page.getByRole('heading', { name: 'Whitewater' })).toBeVisible()
  await expect(page).toHaveTitle(/^Commit old entries by counting: /)
  const kept = page.getByText('Your work ‘Fresh cluster’ is kept under Scenarios.')
  await expect(kept).toBeVisible()
  expect(new URL(page.url()).hash).toMatch(/^#w/)

  const next = steps(page).getByRole('button', { name: 'Next step' })
  await expect(steps(page)).toContainText(/1 of \d+/, SEARCH)
  await expect(ending(page)).toBeVisible(SEARCH)
  await expect(next).toBeDisabled()
  const at = await timeOf(page)
  const last = (await steps(page).textContent()) ?? ''
  const [, number, count] = /^(\d+) of (\d+) /.exec(last) ?? []
  expect(Number(number)).toBeGreaterThan(3)
  expect(number).toBe(count)
  await steps(page).getByRole('button', { name: 'Previous step' }).click()
  await expect(ending(page)).toBeHidden()
  await expect.poll(() => timeOf(page)).toBeLessThan(at)
  await page.keyboard.press('PageDown')
  await expect(ending(page)).toBeVisible()
  const told = await ending(page).innerText()
  expect(told).toMatch(/At [\d.]+ ms, S\d breaks a rule: it counts an entry of an earlier term as committed/)

  const other = await newVisitor()
  await other.goto(await linkOf(page))
  await expect(ending(other)).toHaveText(told, INNER)
  expect(await timeOf(other)).toBe(at)
  await openTab(other, 'Safety')
  await other.getByRole('button', { name: 'Walk through it' }).click()
  await expect(steps(other)).toContainText(`1 of ${number}`)
  for (let i = 1; i < Number(number); i++) await other.keyboard.press('PageDown')
  await expect(ending(other)).toHaveText(told, INNER)
  await expect(steps(other)).toHaveText(last)

  await page.getByRole('button', { name: 'Scenarios', exact: true }).click()
  await page
    .getByRole('button', { name: /^Fresh cluster/ })
    .last()
    .click()
  await expect(page.getByRole('button', { name: /^Unsafe, 1 rule broken/ })).toBeVisible()
  await expect(server(page, 5)).toBeVisible()
  await expect(steps(page)).toBeHidden()
})

test('of a correct cluster it says what was tried, and stops when told to', async ({ page }) => {
  await open(page, await linkTo(clusterOf(3, { sessions: true }), 0))
  await openTab(page, 'Safety')
  await page.getByRole('button', { name: 'Find a violation' }).click()
  await expect(finder(page)).toContainText('None: this cluster should keep all that it promises.')
  await expect(finder(page)).not.toContainText('Client sessions are off')
  await start(page)
  await expect(outcome(page)).toContainText('that will be no proof')
  const tried = finder(page).locator('dl > div').filter({ hasText: 'scenarios' })
  const count = async () =>
    Number(/[\d,]+/.exec((await tried.textContent())?.replace('scenarios', '') ?? '')?.[0].replace(/,/g, ''))
  await expect.poll(count, SEARCH).toBeGreaterThan(50)
  // Time on the stage goes on meanwhile.
  const before = await timeOf(page)
  await expect.poll(() => timeOf(page)).toBeGreaterThan(before)
  await finder(page).getByRole('button', { name: 'Stop' }).click()
  await expect(outcome(page)).toHaveText(
    /^No violation in [\d,]+ scenarios \([\d,]+ events, [\d.]+ s\)\. That is no proof: /,
  )
  const stopped = await count()
  await page.waitForTimeout(400)
  expect(await count()).toBe(stopped)
  await finder(page).getByRole('button', { name: 'Search on' }).click()
  await expect(outcome(page)).toContainText('Searching with')
  await expect.poll(count).toBeGreaterThan(stopped)
  await page.keyboard.press('Escape')
  await expect(finder(page)).toBeHidden()
  await page.keyboard.press('f')
  await expect(finder(page).getByRole('button', { name: 'Start' })).toBeVisible()
  await expect(outcome(page)).toBeHidden()
})

test('without sessions clients are promised less, which is said, unless it is asked for', async ({
  page,
}) => {
  await open(page)
  await page.keyboard.press('f')
  await expect(finder(page)).toContainText('Client sessions are off')
  await finder(page).getByRole('combobox', { name: 'Look for' }).selectOption('Exactly once')
  await expect(finder(page)).not.toContainText('Client sessions are off')
  await start(page)
  await expect(steps(page)).toBeVisible(SEARCH)
  await expect(page).toHaveTitle(/^A command applied twice/)
  await expect(steps(page).getByRole('button', { name: 'Next step' })).toBeDisabled(SEARCH)
  await isPaused(page)
})

test('what was found is still there after a reload, and the steps end with an edit', async ({ page }) => {
  await find(page)
  const title = await page.title()
  await expect(ending(page)).toBeVisible(SEARCH)
  const told = await ending(page).innerText()
  await page.reload()
  await expect(ending(page)).toHaveText(told, INNER)
  expect(await page.title()).toBe(title)
  await expect(steps(page)).toBeHidden()
  await openTab(page, 'Safety')
  await page.getByRole('button', { name: 'Walk through it' }).click()
  await expect(steps(page)).toBeVisible()
  await expect(steps(page)).toContainText('1 of')
  // Whichever the link has selected.
  await page.keyboard.press('Escape')
  await page.keyboard.press('1')
  await page.keyboard.press('x')
  await expect(server(page, 1, 'crashed')).toBeVisible()
  await expect(steps(page)).toBeHidden()
})

test('a reload in the middle of a search leaves everything as it was', async ({ page }) => {
  await open(page, await linkTo(clusterOf(3, { sessions: true }), 100))
  await page.keyboard.press('1')
  await page.keyboard.press('x')
  await expect(server(page, 1, 'crashed')).toBeVisible()
  await page.keyboard.press('f')
  await start(page)
  await expect(outcome(page)).toContainText('Searching with')
  await page.reload()
  await expect(server(page, 1, 'crashed')).toBeVisible()
  await expect(finder(page)).toBeHidden()
})

test('in present mode the steps stand in large type, and a clicker goes by them', async ({ page }) => {
  await find(page)
  await page.keyboard.press('p')
  await expect(page.getByRole('region', { name: 'What happened' })).toBeHidden()
  await page.keyboard.press('Home')
  await expect(steps(page)).toContainText('0 of')
  await page.keyboard.press('PageDown')
  await expect(steps(page)).toContainText('1 of')
  const size = await steps(page).evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize))
  expect(size).toBeGreaterThanOrEqual(19)
  const below = await steps(page).boundingBox()
  const stage = await cluster(page).boundingBox()
  expect((stage?.y ?? 0) + (stage?.height ?? 0)).toBeLessThanOrEqual((below?.y ?? 0) + 1)
  await steps(page).getByRole('button', { name: 'Close the steps' }).click()
  await expect(page.getByRole('region', { name: 'What happened' })).toBeVisible()
})

test.describe('where the searching worker does not come', () => {
  test.use({ expected: /searcher|ERR_FAILED/ })
  test('that is said, and the page goes on', async ({ page }) => {
    await page.route(/\/searcher-[^/]*\.js/, (route) => route.abort())
    await open(page)
    await page.keyboard.press('f')
    await start(page)
    await expect(outcome(page)).toContainText('no worker is left')
    await expect(finder(page)).toContainText('A background worker could not be started')
    await page.keyboard.press('Escape')
    await expect(server(page, 1)).toBeVisible()
  })
})
