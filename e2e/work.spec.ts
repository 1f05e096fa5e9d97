import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import {
  dialog,
  isPaused,
  leader,
  libraryScenario,
  linkTo,
  moment,
  open,
  pause,
  server,
  setSpeed,
  timeOf,
} from './screen.ts'
import { expect, test } from './visit.ts'

async function crashOne(page: Page): Promise<readonly string[]> {
  await setSpeed(page, 9)
  await expect(leader(page)).toBeVisible()
  await pause(page)
  await page.keyboard.press('1')
  await page.keyboard.press('x')
  await expect(server(page, 1, 'crashed')).toBeVisible()
  await page.getByRole('tab', { name: 'What happened' }).click()
  return moment(page)
}

test.describe('work in progress', () => {
  test('survives a reload, at the same moment, with its script', async ({ page }) => {
    await open(page)
    const mine = await crashOne(page)
    await page.reload()
    await expect(server(page, 1, 'crashed')).toBeVisible()
    await isPaused(page)
    await expect.poll(() => moment(page)).toEqual(mine)
    await expect(page.getByRole('button', { name: 'Fresh cluster · edited' })).toBeVisible()
    await expect(page.getByRole('slider', { name: 'Speed' })).toHaveAttribute('aria-valuetext', 'real time')
    await page.keyboard.press('ArrowLeft')
    await expect(server(page, 1, 'follower')).toBeVisible()
  })

  test('on top of a link comes back in its place, and the link as it was is one click away', async ({
    page,
  }) => {
    await open(page, await linkTo(libraryScenario('leader-crash'), 400))
    await isPaused(page)
    await page.keyboard.press('1')
    await page.keyboard.press('x')
    await expect(server(page, 1, 'crashed')).toBeVisible()
    await page.reload()
    await expect(server(page, 1, 'crashed')).toBeVisible()
    expect(await timeOf(page)).toBe(400)
  })

  test('changed in two tabs is two works from then on', async ({ page, context }) => {
    await open(page)
    await crashOne(page)
    const isKept = () => page.evaluate(() => localStorage.getItem('whitewater.current')?.includes('Crash'))
    await expect.poll(isKept).toBe(true)
    const other = await context.newPage()
    await open(other)
    await expect(server(other, 1, 'crashed')).toBeVisible()
    await page.bringToFront()
    await page.keyboard.press('2')
    await page.keyboard.press('x')
    await expect(server(page, 2, 'crashed')).toBeVisible()
    await other.bringToFront()
    await other.keyboard.press('3')
    await other.keyboard.press('x')
    await expect(other.getByRole('status').getByText(/Another tab has changed this work too/)).toBeVisible()
    await other.getByRole('button', { name: 'Scenarios', exact: true }).click()
    const earlier = dialog(other, 'Scenarios').getByRole('region', { name: 'Your earlier work' })
    await earlier.getByRole('button', { name: /^Fresh cluster/ }).click()
    await expect(server(other, 2, 'crashed')).toBeVisible()
    await expect(server(other, 3, 'crashed')).toBeHidden()
  })

  for (const [what, key, value] of [
    ['half a JSON text', 'whitewater.current', '{"id":'],
    ['another thing', 'whitewater.current', '[1,2,3]'],
    ['a shelf that is none', 'whitewater.shelf', '{"shelf":true}'],
    ['a theme that is none', 'whitewater.theme', 'purple'],
  ] as const) {
    test(`kept as ${what} is passed over`, async ({ page }) => {
      await page.addInitScript(([k, v]) => localStorage.setItem(k, v), [key, value] as const)
      await open(page)
      await setSpeed(page, 9)
      await expect(leader(page)).toBeVisible()
      await page.getByRole('button', { name: 'Scenarios', exact: true }).click()
      await expect(dialog(page, 'Scenarios').getByRole('button', { name: /^A split vote/ })).toBeVisible()
      await expect(dialog(page, 'Scenarios').getByText('Your earlier work')).toBeHidden()
    })
  }

  test('whose scenario is broken says so, and the page goes on with a fresh one', async ({ page }) => {
    const work = { id: 'a', name: 'Mine', servers: 5, savedAt: 1, link: null, file: '{"whitewater":1}' }
    await page.addInitScript((kept) => localStorage.setItem('whitewater.current', kept), JSON.stringify(work))
    await open(page)
    await expect(
      page.getByRole('alert').getByText(/What this browser has kept of your work cannot be read/),
    ).toBeVisible()
    await expect(page.getByRole('button', { name: 'Fresh cluster' })).toBeVisible()
  })

  test('cannot be kept where storage is forbidden: the page says so, and works', async ({ page }) => {
    await page.addInitScript(() => {
      Object.defineProperty(window, 'localStorage', {
        get() {
          throw new DOMException('not here', 'SecurityError')
        },
      })
    })
    await open(page)
    await crashOne(page)
    await expect(page.getByRole('status').getByText(/will not keep your work/)).toBeVisible()
    await page.getByRole('button', { name: 'Light or dark' }).click()
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  })
})

async function choose(page: Page, name: string, content: string | Buffer): Promise<void> {
  await page.getByRole('button', { name: 'Scenarios', exact: true }).click()
  const chooser = page.waitForEvent('filechooser')
  await dialog(page, 'Scenarios').getByRole('button', { name: 'Open file…' }).click()
  const file = { name, mimeType: 'application/json', buffer: Buffer.from(content) }
  await (await chooser).setFiles(file)
}

test.describe('a file', () => {
  test('holds the work, and opens at the same moment', async ({ page, newVisitor }) => {
    await open(page)
    const mine = await crashOne(page)
    await page.getByRole('button', { name: 'Scenarios', exact: true }).click()
    const name = dialog(page, 'Scenarios').getByRole('textbox', { name: 'Name' })
    await name.fill('My crash, part 2')
    await name.press('Enter')
    const download = page.waitForEvent('download')
    await dialog(page, 'Scenarios').getByRole('button', { name: 'Save to file' }).click()
    expect((await download).suggestedFilename()).toBe('my-crash-part-2.whitewater.json')
    const text = await readFile(await (await download).path(), 'utf8')
    expect(JSON.parse(text)).toMatchObject({ name: 'My crash, part 2', servers: 5 })

    const other = await newVisitor()
    await open(other)
    await choose(other, 'any.json', text)
    await expect(dialog(other, 'Scenarios')).toBeHidden()
    await expect(other.getByRole('button', { name: 'My crash, part 2' })).toBeVisible()
    await expect(server(other, 1, 'crashed')).toBeVisible()
    await isPaused(other)
    await expect.poll(() => moment(other)).toEqual(mine)
  })

  const disk = (value: string) => ({
    currentTerm: 1,
    votedFor: null,
    log: [{ term: 1, command: { kind: 'Put', key: 'x', value } }],
  })
  const unmatched = { whitewater: 1, seed: 1, servers: 2, initial: [disk('1'), disk('2')] }

  for (const [what, content, sentence] of [
    ['of something else', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0]), /not a scenario: it is not JSON/],
    ['of other JSON', '{"name":"package"}', /its first field should be "whitewater": 1/],
    ['of a newer version', '{"whitewater":2}', /made by a newer version of the program/],
    [
      'with a bad value',
      '{"whitewater":1,"seed":1,"servers":12}',
      /servers must be a whole number from 1 to 9/,
    ],
    [
      'whose logs break Log Matching',
      JSON.stringify(unmatched),
      /S1 and S2 both have an entry of term 1 at index 1/,
    ],
    ['of 5 MB', `"${'x'.repeat(5_000_000)}"`, /too large for a scenario: 5.0 MB/],
  ] as const) {
    test(`${what} is refused in a plain sentence`, async ({ page }) => {
      await open(page)
      await choose(page, 'any.json', content)
      await expect(page.getByRole('alert').getByText(sentence)).toBeVisible()
      await page.keyboard.press('Escape')
      await expect(page.getByRole('button', { name: 'Fresh cluster', exact: true })).toBeVisible()
      await expect(page.getByText('edited')).toBeHidden()
    })
  }
})
