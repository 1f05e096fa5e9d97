import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { plantFault, plantViolation } from './broken-worker.ts'
import {
  clusterOf,
  dialog,
  isPaused,
  libraryScenario,
  linkTo,
  open,
  openTab,
  server,
  timeOf,
} from './screen.ts'
import { expect, test } from './visit.ts'

/** What axe finds wrong in a part of the page, each with the elements it found it on. */
async function complaints(page: Page, part: string): Promise<readonly string[]> {
  const isDark = (await page.locator('html').getAttribute('data-theme')) === 'dark'
  const axe = new AxeBuilder({ page }).include(part)
  // In the dark theme only the colours are others.
  const { violations } = await (isDark ? axe.withRules(['color-contrast']) : axe).analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary?.split('\n')[1]}`),
  )
}

const clean = async (page: Page, what: string, part = 'html') =>
  test.step(what, async () => expect.soft(await complaints(page, part), what).toEqual([]))

const PANELS = ['What happened', 'What comes next', /^Server/, 'Message', 'Clients', 'Safety'] as const
const DIALOGS = [
  ['Scenarios', 'Scenarios'],
  ['Rules', 'Rules'],
  ['Settings', 'Network and timing'],
  ['Keys', 'Keys'],
  ['Share link', 'Share'],
] as const

for (const theme of ['light', 'dark'] as const) {
  test.describe(`axe finds nothing wrong in the ${theme} theme`, () => {
    test.use({ colorScheme: theme })

    test('on the main screen and in present mode', async ({ page }) => {
      await open(page)
      await page.keyboard.press('Space')
      await page.keyboard.press('Home')
      await isPaused(page)
      await clean(page, 'at rest')
      await open(page, await linkTo(libraryScenario('minority-leader'), 900))
      await expect.poll(() => timeOf(page)).toBeGreaterThan(899)
      await page.keyboard.press('1')
      await expect(server(page, 1)).toHaveAttribute('aria-pressed', 'true')
      for (const panel of PANELS) {
        await openTab(page, panel)
        await clean(page, `panel ${panel}`, '.panels')
      }
      await page.keyboard.press('p')
      await expect(page.getByRole('button', { name: 'Leave present mode' })).toBeVisible()
      await clean(page, 'present mode')
    })

    test('with the further controls of a server and of the members open', async ({ page }) => {
      await open(page, await linkTo(libraryScenario('leader-crash'), 700))
      await isPaused(page)
      await page.keyboard.press('m')
      await expect(page.getByRole('button', { name: 'Add S6' })).toBeVisible()
      await page.keyboard.press('3')
      await clean(page, 'members', '.stage')
      await page.getByRole('button', { name: 'More for S3' }).click()
      await page.getByRole('menuitem', { name: 'Disk latency' }).click()
      await expect(page.getByRole('menuitemradio', { name: '20 ms' })).toBeVisible()
      for (const menu of await page.getByRole('menu').all()) await expect(menu).toBeVisible()
      await clean(page, 'the menu', '[data-base-ui-portal]')
    })

    test('in its dialogs', async ({ page }) => {
      await open(page, await linkTo(libraryScenario('figure-7'), 100))
      for (const [button, title] of DIALOGS) {
        await page.getByRole('button', { name: button, exact: true }).click()
        await expect(dialog(page, title)).toBeVisible()
        // Colours are measured when it has faded in.
        await dialog(page, title).evaluate((element) =>
          Promise.all(element.getAnimations().map(({ finished }) => finished)),
        )
        await clean(page, title, '[role=dialog]')
        await page.keyboard.press('Escape')
        await expect(dialog(page, title)).toBeHidden()
      }
    })

    test('in a search, and in the steps to what it finds', async ({ page }) => {
      test.setTimeout(90_000)
      await open(page, await linkTo(clusterOf(3, { countMinority: true }), 0))
      await page.keyboard.press('f')
      const finder = dialog(page, 'Find a violation')
      await finder.evaluate((element) => Promise.all(element.getAnimations().map(({ finished }) => finished)))
      await clean(page, 'before a search', '[role=dialog]')
      await finder.getByRole('combobox').selectOption('Leader Append-Only')
      await finder.getByRole('button', { name: 'Start' }).click()
      await expect(finder.getByRole('status')).toContainText('Searching')
      await clean(page, 'a search', '[role=dialog]')
      await finder.getByRole('button', { name: 'Stop' }).click()
      await clean(page, 'a search that was stopped', '[role=dialog]')
      await finder.getByRole('combobox').selectOption('The clearest effect of what is broken')
      await finder.getByRole('button', { name: 'Start' }).click()
      await expect(page.getByText('The run stops here.')).toBeVisible({ timeout: 60_000 })
      await clean(page, 'the steps')
      await page.keyboard.press('p')
      await clean(page, 'the steps in present mode')
    })

    test('where a promise is broken', async ({ page }) => {
      await plantViolation(page)
      await open(page, await linkTo(libraryScenario('minority-leader'), 900))
      await expect(page.getByText('The run stops here.')).toBeVisible()
      await openTab(page, /^Safety/)
      await clean(page, 'the end of a run')
    })

    test.describe('with a worker that fails', () => {
      test.use({ expected: /a planted fault/ })
      test('on the failure panel', async ({ page }) => {
        await plantFault(page)
        await open(page)
        await expect(page.getByText('The simulation stopped working')).toBeVisible()
        await clean(page, 'the failure panel')
      })
    })

    test.describe('on a phone', () => {
      test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
      test('with a bad link and a selected server', async ({ page }) => {
        await open(page, await linkTo(libraryScenario('minority-leader'), 900))
        await server(page, 1).tap()
        await page.evaluate(() => {
          location.hash = '#w9.AAAA'
        })
        await expect(page.getByRole('alert')).toBeVisible()
        await clean(page, 'phone')
      })
    })
  })
}
