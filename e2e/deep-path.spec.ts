import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  dialog,
  drawn,
  isPaused,
  leader,
  libraryScenario,
  linkTo,
  server,
  setSpeed,
  timeOf,
} from './screen.ts'
import { serve } from './serve.mjs'
import { expect, test } from './visit.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const DIST = resolve(ROOT, process.env['WHITEWATER_DIST'] || 'dist')
const PATH = 'some/deep/path/'

test('the built page works from any folder, and asks for nothing outside it', async ({ page }) => {
  const folder = await mkdtemp(join(tmpdir(), 'whitewater-'))
  await cp(DIST, join(folder, PATH), { recursive: true })
  const site = await serve(folder)
  try {
    await page.goto(site.url + PATH + (await linkTo(libraryScenario('leader-crash'), 700)))
    await drawn(page)
    await isPaused(page)
    expect(await timeOf(page)).toBe(700)
    await expect(server(page, 3)).toBeVisible()
    for (const [name, title] of [
      ['Scenarios', 'Scenarios'],
      ['Rules', 'Rules'],
      ['Settings', 'Network and timing'],
      ['Keys', 'Keys'],
      ['Share link', 'Share'],
    ] as const) {
      await page.getByRole('button', { name, exact: true }).click()
      await expect(dialog(page, title)).toBeVisible()
      await page.keyboard.press('Escape')
    }
    await setSpeed(page, 9)
    await page.keyboard.press('Space')
    await expect(leader(page)).toHaveCount(1)
    expect(site.asked.length).toBeGreaterThan(8)
    expect(site.asked.filter(({ file }) => !file.startsWith(PATH))).toEqual([])
  } finally {
    site.close()
    await rm(folder, { recursive: true })
  }
})
