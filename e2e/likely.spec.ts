import type { Page } from '@playwright/test'
import { isPaused, libraryScenario, linkTo, open, openTab, timeOf } from './screen.ts'
import { expect, test } from './visit.ts'

const section = (page: Page) => page.getByRole('region', { name: 'How likely?' })
const curve = (page: Page) => page.getByRole('region', { name: 'How likely, over time' })
const button = (page: Page, name: string) => section(page).getByRole('button', { name, exact: true })

async function start(page: Page): Promise<void> {
  await button(page, 'Start').click()
  await expect(curve(page)).toBeVisible()
}
const isDone = (page: Page) =>
  expect(section(page).getByText('All futures have been tried.')).toBeAttached({ timeout: 60_000 })

test('the moment at which a stale read became unavoidable is found, and leads there', async ({ page }) => {
  await open(page, await linkTo(libraryScenario('stale-read'), 600))
  await isPaused(page)
  await openTab(page, 'Safety')
  await start(page)
  await expect(section(page)).toContainText(/\d futures in [\d.]+ s, each followed to 2.000.0 ms/)
  await isDone(page)
  await expect(section(page)).toContainText('All of 300 futures from here end in a violation (at least 98 %')
  await expect(section(page)).toContainText(/It became unavoidable at 363.1 ms: 85.% of the futures before/)
  await button(page, 'at 363.1 ms').click()
  await expect.poll(() => timeOf(page)).toBeCloseTo(363.1, 0)

  await expect(curve(page)).toContainText('Futures that end in a violation')
  await expect(curve(page)).toContainText(/85.% → /)
  const point = curve(page).getByRole('button', { name: /^363.1 ms: .* end in a violation\. Go there$/ })
  await point.focus()
  await page.keyboard.press('End')
  await expect(curve(page).getByRole('button', { name: /^716.2 ms: it has come about/ })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect.poll(() => timeOf(page)).toBeCloseTo(716.2, 0)
  await expect(section(page)).toContainText('It has come about in this very history, at 716.2 ms.')

  await section(page)
    .getByText(/moments as a table$/)
    .click()
  const rows = section(page).getByRole('row')
  expect(await rows.count()).toBeGreaterThan(12)
  await rows.nth(1).getByRole('button', { name: '0.0 ms' }).click()
  await expect.poll(() => timeOf(page)).toBe(0)

  await page.keyboard.press('p')
  await expect(curve(page)).toBeVisible()
})

test('a correct cluster breaks nothing; to ask of something else begins anew', async ({ page }) => {
  await open(page, await linkTo(libraryScenario('minority-leader'), 300))
  await openTab(page, 'Safety')
  await start(page)
  await isDone(page)
  await expect(section(page)).toContainText('None of 300 futures from here end in a violation (at most 2')
  await expect(section(page)).toContainText('At no moment does the share rise by much.')
  await section(page).getByRole('combobox').selectOption({ label: 'two leaders at a time' })
  await expect(curve(page)).toContainText('Futures that have two leaders at a time')
  await isDone(page)
  await expect(section(page)).toContainText('It became unavoidable at 192.0 ms')
})

test('it stops when told to, and an edit drops what was found', async ({ page }) => {
  await open(page, await linkTo(libraryScenario('stale-read'), 300))
  await isPaused(page)
  await openTab(page, 'Safety')
  await start(page)
  await expect(curve(page).getByRole('button')).not.toHaveCount(0)
  await button(page, 'Stop').click()
  const figures = section(page).locator('.likely-figures')
  const stopped = await figures.textContent()
  await page.waitForTimeout(500)
  await expect(figures).toHaveText(stopped ?? '')
  await page.keyboard.press('2')
  await page.keyboard.press('x')
  await openTab(page, 'Safety')
  await expect(section(page)).toContainText(
    'The scenario has changed, so what was found before no longer holds.',
  )
  await expect(curve(page)).toBeHidden()
  await button(page, 'Start').click()
  await expect(curve(page)).toBeVisible()
  await button(page, 'Take the curve away').click()
  await expect(curve(page)).toBeHidden()
})
