import type { Page } from '@playwright/test'
import { loseWorker, mendWorker, plantFault, plantSilence, plantViolation } from './broken-worker.ts'
import {
  cluster,
  clusterOf,
  dialog,
  isPaused,
  leader,
  libraryScenario,
  linkTo,
  open,
  playback,
  server,
  setSpeed,
  timeOf,
} from './screen.ts'
import { expect, test } from './visit.ts'

test.describe('a worker that fails', () => {
  test.use({ expected: /a planted fault|404/ })

  test('is told, nothing is lost, and it starts again at the same moment', async ({ page }) => {
    await plantFault(page)
    await open(page)
    const panel = page.getByRole('alert').filter({ hasText: 'The simulation stopped working' })
    await expect(panel).toBeVisible()
    await expect(panel).toContainText('a planted fault')
    await isPaused(page)
    const at = await timeOf(page)
    const download = page.waitForEvent('download')
    await panel.getByRole('button', { name: 'Save the scenario' }).click()
    expect((await download).suggestedFilename()).toBe('fresh-cluster.whitewater.json')

    await mendWorker(page)
    await panel.getByRole('button', { name: 'Start it again here' }).click()
    await expect(panel).toBeHidden()
    await expect.poll(() => timeOf(page)).toBe(at)
    await setSpeed(page, 9)
    await page.keyboard.press('Space')
    await expect(leader(page)).toBeVisible()
  })

  test('is noticed even if it only falls silent, and it starts again at the same moment', async ({
    page,
  }) => {
    await plantSilence(page)
    await open(page)
    const panel = page.getByRole('alert').filter({ hasText: 'The simulation stopped working' })
    await expect(panel).toContainText('no answer for 10 seconds', { timeout: 20_000 })
    await isPaused(page)
    const at = await timeOf(page)
    await mendWorker(page)
    await panel.getByRole('button', { name: 'Start it again here' }).click()
    await expect(panel).toBeHidden()
    await expect.poll(() => timeOf(page)).toBe(at)
    await setSpeed(page, 9)
    await page.keyboard.press('Space')
    await expect(leader(page)).toBeVisible()
  })

  test('can be left for a fresh cluster', async ({ page }) => {
    await plantFault(page)
    await open(page, await linkTo({ ...clusterOf(3), name: 'Three' }, 0))
    const panel = page.getByRole('alert').filter({ hasText: 'The simulation stopped working' })
    await expect(panel).toBeVisible()
    await mendWorker(page)
    await panel.getByRole('button', { name: 'Open a fresh cluster' }).click()
    await expect(panel).toBeHidden()
    await expect(server(page, 5)).toBeVisible()
    await expect(page.getByRole('button', { name: 'Fresh cluster' })).toBeVisible()
  })

  test('is told where it cannot be loaded at all', async ({ page }) => {
    await loseWorker(page)
    await page.goto('/')
    const panel = page.getByRole('alert').filter({ hasText: 'The simulation stopped working' })
    await expect(panel).toBeVisible()
    await mendWorker(page)
    await panel.getByRole('button', { name: 'Start it again here' }).click()
    await expect(panel).toBeHidden()
    await expect(server(page, 1)).toBeVisible()
  })
})

test.describe('a part of the page that cannot be loaded', () => {
  test.use({ expected: /404|dynamically imported|lazy|Dialog/ })

  for (const [what, file, ask] of [
    [
      'a dialog',
      '**/assets/ShareDialog-*.js',
      (page: Page) => page.getByRole('button', { name: 'Share link' }),
    ],
    ['a panel', '**/assets/lazy-*.js', (page: Page) => page.getByRole('tab', { name: 'Clients' })],
  ] as const) {
    test(`leaves the rest at work: ${what}`, async ({ page }) => {
      await page.route(file, (route) => route.fulfill({ status: 404 }))
      await open(page)
      await ask(page).click()
      await expect(page.getByText(/could not be loaded/)).toBeVisible()
      await setSpeed(page, 9)
      await expect(leader(page)).toBeVisible()
    })
  }
})

test.describe('the words for what goes beyond a plain cluster, if they cannot be loaded,', () => {
  test.use({ expected: /404|dynamically imported/ })

  test('leave the page at work', async ({ page }) => {
    await page.route('**/assets/tell-later-*.js', (route) => route.fulfill({ status: 404 }))
    await open(page, await linkTo(libraryScenario('disruptive-rejoin-pre-vote'), 900))
    await expect(page.getByText(/could not be loaded/)).toBeVisible()
    await expect(page.getByText(/could not load the words/).first()).toBeVisible()
    await expect(server(page, 1)).toBeVisible()
  })
})

test.describe('what opens links and files, if it cannot be loaded,', () => {
  test.use({ expected: /404|dynamically imported/ })

  test('leaves the page at work: a link in the address', async ({ page }) => {
    await page.route('**/assets/share-*.js', (route) => route.fulfill({ status: 404 }))
    await open(page, await linkTo({ ...clusterOf(3), name: 'Three' }, 0))
    await expect(page.getByText(/could not be loaded/)).toBeVisible()
    await setSpeed(page, 9)
    await expect(leader(page)).toBeVisible()
  })

  test('leaves the page at work: a link to share', async ({ page }) => {
    await page.route('**/assets/share-*.js', (route) => route.fulfill({ status: 404 }))
    await open(page)
    await page.getByRole('button', { name: 'Share link' }).click()
    await expect(page.getByText(/could not be loaded/)).toBeVisible()
    await expect(dialog(page, 'Share')).toBeHidden()
    await setSpeed(page, 9)
    await expect(leader(page)).toBeVisible()
  })

  test('leaves the page at work: a file to save', async ({ page }) => {
    await page.route('**/assets/file-*.js', (route) => route.fulfill({ status: 404 }))
    await open(page)
    await page.getByRole('button', { name: 'Scenarios', exact: true }).click()
    await dialog(page, 'Scenarios').getByRole('button', { name: 'Save to file' }).click()
    await expect(page.getByText(/could not be loaded/)).toBeVisible()
    await page.keyboard.press('Escape')
    await setSpeed(page, 9)
    await expect(leader(page)).toBeVisible()
  })
})

test('a broken promise stops the run, says which, and leads back', async ({ page }) => {
  await plantViolation(page)
  await open(page)
  await setSpeed(page, 9)
  const banner = cluster(page).page().getByRole('alert').filter({ hasText: 'The run stops here.' })
  await expect(banner).toContainText('S3 and S4 both led in term 1.')
  await isPaused(page)
  await expect(playback(page).getByRole('button', { name: 'Play', exact: true })).toBeDisabled()
  await expect(playback(page).getByRole('button', { name: 'One event on' })).toBeDisabled()
  await banner.getByRole('button', { name: 'Details' }).click()
  const safety = page.getByRole('tabpanel', { name: /Safety/ })
  await expect(safety).toContainText('4 of 5 safety properties hold')
  await expect(safety).toContainText('Election Safety is violated')
  await expect(cluster(page).getByRole('button', { name: /see Safety/ })).toBeVisible()
  await page.keyboard.press('Home')
  await expect(banner).toBeHidden()
  await expect(safety).toContainText('5 of 5 safety properties hold')
})
