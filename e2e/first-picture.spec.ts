import type { Page } from '@playwright/test'
import { cluster, drawn, libraryScenario, linkTo, open, server } from './screen.ts'
import { expect, test } from './visit.ts'

/** Keeps the program away until the returned function is called. */
async function withhold(page: Page): Promise<() => void> {
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route('**/assets/page-*.js', async (route) => {
    await released
    await route.continue()
  })
  return () => release()
}

/** Everything that is seen of the page, with where it is and how it looks. */
const looksOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    // What comes with the program: the side, which makes a phone's page longer, the canvases, and the veil on one.
    const later =
      '.app, .app-side, .app-side *, .timeline-canvas, .timeline-canvas *, .timeline-veil, .stage-flights *'
    const parts = document.querySelectorAll(`#root *:not(${later})`)
    return [...parts].map((part) => {
      const { x, y, width, height } = part.getBoundingClientRect()
      const { color, fill, stroke, fontSize, opacity } = getComputedStyle(part)
      const own = [...part.childNodes].map((node) => (node instanceof Text ? node.data : '')).join('')
      const place = [x, y, width, height].map((value) => value.toFixed(2)).join(' ')
      return `${part.tagName} ${part.getAttribute('class')}: ${place} ${color} ${fill} ${stroke} ${fontSize} ${opacity} ${own}`
    })
  })

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [width, height] of [
    [1440, 900],
    [1280, 720],
    [390, 844],
  ] as const) {
    test(`${width}×${height}, ${colorScheme}: the first picture stays as it is when the program takes over`, async ({
      page,
    }) => {
      await page.setViewportSize({ width, height })
      await page.emulateMedia({ colorScheme })
      // The clock stands, so that nothing happens in the cluster meanwhile.
      await page.addInitScript(() => {
        window.Worker = class extends Worker {
          override postMessage() {}
        }
      })
      const release = await withhold(page)
      await page.goto('/', { waitUntil: 'commit' })
      await expect(server(page, 5)).toBeVisible()
      await page.evaluate(() => document.fonts.ready)
      const before = await looksOf(page)
      const kept = await server(page, 3).elementHandle()
      release()
      await drawn(page)
      expect(await looksOf(page)).toEqual(before)
      expect(await kept?.evaluate((element) => element.isConnected), 'React keeps what is there').toBe(true)
    })
  }
}

test('what is drawn first goes on being drawn by React when the window changes', async ({ page }) => {
  await open(page)
  const before = await server(page, 3).boundingBox()
  await page.setViewportSize({ width: 900, height: 700 })
  await expect.poll(async () => (await server(page, 3).boundingBox())?.x).not.toBe(before?.x)
})

test('with a link no other cluster is seen before its own', async ({ page }) => {
  const release = await withhold(page)
  await page.goto(`/${await linkTo(libraryScenario('figure-7'), 0)}`, { waitUntil: 'commit' })
  await expect(page.locator('#root')).toBeEmpty()
  await page.evaluate(recordCounts)
  release()
  await expect(server(page, 7)).toBeVisible()
  expect(await page.evaluate('counts')).toEqual([7])
})

test('with work in progress no other cluster is seen before it', async ({ page }) => {
  await open(page)
  await server(page, 2).click()
  await page.keyboard.press('x')
  await expect(server(page, 2, 'crashed')).toBeVisible()
  await expect.poll(() => page.evaluate(() => localStorage.length)).toBe(1)
  const release = await withhold(page)
  await page.reload({ waitUntil: 'commit' })
  await expect(page.locator('#root')).toBeEmpty()
  release()
  await expect(server(page, 2, 'crashed')).toBeVisible()
  await expect(cluster(page)).toBeVisible()
})

/** Runs in the page: remembers each number of servers that is ever on the stage. */
function recordCounts(): void {
  const counts: number[] = []
  new MutationObserver(() => {
    const count = document.querySelectorAll('.stage-picture .server').length
    if (count > 0 && count !== counts.at(-1)) counts.push(count)
  }).observe(document, { childList: true, subtree: true })
  Object.assign(window, { counts })
}
