import type { Page } from '@playwright/test'
import {
  cluster,
  dialog,
  isPaused,
  libraryScenario,
  linkTo,
  logs,
  open,
  openTab,
  playback,
  playhead,
  server,
  toolbar,
} from './screen.ts'
import { expect, test } from './visit.ts'

const link = await linkTo(libraryScenario('minority-leader'), 900)

/** Nothing that matters lies outside the page, once the timeline has come to the moment that a link opens at. */
const fits = (page: Page, width: number): Promise<void> =>
  expect(() => fitsNow(page, width)).toPass({ timeout: 2000 })

/** The page never scrolls sideways, and nothing that matters lies outside it. */
async function fitsNow(page: Page, width: number): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
  for (const part of [
    server(page, 1),
    server(page, 5),
    toolbar(page),
    playback(page),
    logs(page),
    playhead(page),
  ]) {
    const box = await part.boundingBox({ timeout: 1000 })
    expect(box, `${part} is there`).not.toBeNull()
    expect(box?.x, `${part} begins on the page`).toBeGreaterThanOrEqual(-12)
    expect((box?.x ?? 0) + (box?.width ?? 0), `${part} ends on the page`).toBeLessThanOrEqual(width + 12)
  }
}

for (const [width, height] of [
  [390, 844],
  [360, 740],
] as const) {
  test.describe(`on a phone of ${width}×${height}`, () => {
    test.use({ viewport: { width, height }, hasTouch: true, isMobile: true })

    test('everything is done by touch, and nothing lies beside the page', async ({ page }) => {
      await open(page, link)
      await isPaused(page)
      await fits(page, width)
      await server(page, 2).tap()
      await expect(server(page, 2)).toHaveAttribute('aria-pressed', 'true')
      await cluster(page).getByRole('button', { name: 'Crash S2' }).tap()
      await expect(server(page, 2, 'crashed')).toBeVisible()
      await playback(page).getByRole('button', { name: 'Undo' }).tap()
      await expect(server(page, 2, 'crashed')).toBeHidden()
      await server(page, 2).tap()

      await toolbar(page).getByRole('button', { name: 'Crash', exact: true }).tap()
      await server(page, 4).tap()
      await expect(server(page, 4, 'crashed')).toBeVisible()
      await toolbar(page).getByRole('button', { name: 'Client command' }).tap()
      await cluster(page).getByRole('textbox', { name: 'Command' }).fill('put x 3')
      await fits(page, width)
      await cluster(page).getByRole('button', { name: 'Send to the leader' }).tap()
      await expect(cluster(page).getByRole('textbox', { name: 'Command' })).toHaveValue('')
      await toolbar(page).getByRole('button', { name: 'Select', exact: true }).tap()

      for (const panel of ['What comes next', /^Server/, 'Message', 'Clients', 'Safety', 'What happened']) {
        await openTab(page, panel)
        await fits(page, width)
      }
    })

    test('its dialogs fit the screen', async ({ page }) => {
      await open(page, link)
      for (const [button, title] of [
        ['Scenarios', 'Scenarios'],
        ['Share', 'Share'],
        ['Network', 'Network and timing'],
      ] as const) {
        await page.getByRole('button', { name: button }).tap()
        const box = await dialog(page, title).boundingBox()
        expect(box?.x).toBeGreaterThanOrEqual(0)
        expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width)
        expect(box?.height).toBeLessThanOrEqual(height)
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
        await dialog(page, title).getByRole('button', { name: 'Close' }).tap()
        await expect(dialog(page, title)).toBeHidden()
      }
    })
  })
}

for (const [width, height] of [
  [1280, 720],
  [1440, 900],
  [3840, 2160],
] as const) {
  test(`on a screen of ${width}×${height} nothing scrolls, and nothing lies beside the page`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height })
    await open(page, link)
    await isPaused(page)
    await fits(page, width)
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(height)
    await page.keyboard.press('p')
    await expect(page.getByRole('button', { name: 'Leave present mode' })).toBeVisible()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(height)
  })
}
