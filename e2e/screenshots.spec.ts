import type { Page } from '@playwright/test'
import { millis, serverId } from '../src/base/ids.ts'
import { partition } from '../src/scenario/library/script.ts'
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
import { shot } from './shots.ts'
import { expect, test } from './visit.ts'

const SIZES = [
  [1440, 900],
  [1280, 720],
  [390, 844],
] as const

const busy = clusterOf(5, { clientRate: 200 })
const halves = {
  ...clusterOf(5),
  script: [{ at: millis(250), skip: 0, act: partition([1, 2], [3, 4, 5]) }],
}
const mid = { selection: { kind: 'server', server: serverId(3) } } as const

/** What is shot: a scenario, and when in ms. */
const STATES = [
  ['empty', await linkTo(clusterOf(5), 1), 1],
  ['mid-flight', await linkTo(libraryScenario('minority-leader'), 360, mid), 360],
  ['partition', await linkTo(halves, 300), 300],
  ['one server', await linkTo(clusterOf(1, { clientRate: 20 }), 900), 900],
  ['nine servers', await linkTo(clusterOf(9, { clientRate: 20 }), 900), 900],
  ['figure 7', await linkTo(libraryScenario('figure-7'), 180), 180],
  ['long logs', await linkTo(busy, 5400), 5400],
] as const

async function go(page: Page, link: string, at: number): Promise<void> {
  await open(page, link)
  await isPaused(page)
  await expect.poll(() => timeOf(page)).toBe(at)
}

for (const theme of ['light', 'dark'] as const) {
  test.describe(theme, () => {
    test.use({ colorScheme: theme })
    for (const [width, height] of SIZES) {
      test(`the page at ${width}×${height}`, async ({ page }) => {
        await page.setViewportSize({ width, height })
        const save = (name: string) => shot(page, `${theme} ${width} ${name}`)
        for (const [name, link, at] of STATES) {
          await go(page, link, at)
          if (name === 'mid-flight') await openTab(page, /^Server/)
          else await openTab(page, 'What happened')
          await save(name)
        }
        const narrow = width < 500
        for (const [button, title] of [
          ['Scenarios', 'Scenarios'],
          [narrow ? 'Network' : 'Settings', 'Network and timing'],
          [narrow ? 'Share' : 'Share link', 'Share'],
        ] as const) {
          await page.getByRole('button', { name: button, exact: true }).click()
          await expect(dialog(page, title)).toBeVisible()
          await save(title)
          await page.keyboard.press('Escape')
          await expect(dialog(page, title)).toBeHidden()
        }
      })
    }

    test('present mode', async ({ page }) => {
      await page.setViewportSize({ width: 1920, height: 1080 })
      await go(page, STATES[5][1], STATES[5][2])
      await page.keyboard.press('p')
      await expect(page.getByRole('button', { name: 'Leave present mode' })).toBeVisible()
      await shot(page, `${theme} present figure 7`)
    })

    test('the end of a run', async ({ page }) => {
      await plantViolation(page, 360)
      await go(page, STATES[1][1], 360)
      await openTab(page, /^Safety/)
      await expect(page.getByText('The run stops here.')).toBeVisible()
      await shot(page, `${theme} end of a run`)
    })

    test.describe('with a worker that fails', () => {
      test.use({ expected: /a planted fault/ })
      test('the failure panel', async ({ page }) => {
        await plantFault(page)
        await open(page)
        await expect(page.getByText('The simulation stopped working')).toBeVisible()
        await shot(page, `${theme} failure`)
        await expect(server(page, 1)).toBeAttached()
      })
    })
  })
}
