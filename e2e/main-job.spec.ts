import type { Page } from '@playwright/test'
import { decodeLink } from '../src/scenario/link.ts'
import {
  cluster,
  dialog,
  drawn,
  isPaused,
  leader,
  leaderId,
  linkOf,
  logs,
  moment,
  open,
  pause,
  play,
  playback,
  playhead,
  present,
  server,
  setSpeed,
  story,
  timeOf,
  toolbar,
} from './screen.ts'
import { expect, test } from './visit.ts'

const step = (page: Page, name: string) => playback(page).getByRole('button', { name }).click()

/** A cluster with a leader, at rest. */
async function led(page: Page): Promise<number> {
  await open(page)
  await setSpeed(page, 9)
  await expect(leader(page)).toHaveCount(1)
  await pause(page)
  return leaderId(page)
}

async function command(page: Page, id: number, text: string): Promise<void> {
  await server(page, id).click()
  await cluster(page)
    .getByRole('button', { name: `Send a command to S${id}` })
    .click()
  const box = cluster(page).getByRole('textbox', { name: 'Command' })
  await box.fill(text)
  await box.press('Enter')
  await expect(box).toHaveValue('')
  await box.press('Escape')
  await expect(box).toBeHidden()
  // A second click on the server lets go of it.
  await server(page, id).click()
}

/** The terms in the servers' logs at one moment, as in `1 1 2 3`; each log that differs from others once. */
async function termsInLogs(page: Page): Promise<readonly string[]> {
  const cells = logs(page).getByRole('gridcell', { name: /^S\d, entry/ })
  const labels = await cells.evaluateAll((all) => all.map((cell) => cell.getAttribute('aria-label') ?? ''))
  const ofServer = (id: number) => labels.filter((label) => label.startsWith(`S${id},`))
  const termIn = (label: string) => /term (\d+)/.exec(label)?.[1]
  return [...new Set([1, 2, 3, 4, 5].map((id) => ofServer(id).map(termIn).join(' ')))]
}

test('five servers elect a leader within three seconds of the page being there', async ({ page }) => {
  await open(page)
  const start = Date.now()
  await expect(cluster(page).getByRole('button', { name: /^S\d,/ })).toHaveCount(5)
  await expect(leader(page)).toBeVisible({ timeout: 3000 })
  expect(Date.now() - start).toBeLessThan(3000)
  await expect(page.getByText('Leader S3')).toBeVisible()
})

test('time stops, goes one event on and back, and is pulled back by the playhead', async ({ page }) => {
  await led(page)
  await isPaused(page)
  const here = await moment(page)
  await step(page, 'One event on')
  await expect.poll(() => moment(page)).not.toEqual(here)
  const next = await moment(page)
  await step(page, 'One event back')
  await expect.poll(() => timeOf(page)).toBeLessThan(Number.parseFloat(next[0] ?? ''))
  const back = await moment(page)
  expect(back.slice(1, 6)).toEqual(here.slice(1, 6))
  await step(page, 'One event on')
  await expect.poll(() => moment(page)).toEqual(next)

  const box = await playhead(page).boundingBox()
  if (box === null) throw new Error('the playhead has no place')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x - 30, y)
  await page.mouse.move(x - 120, y, { steps: 5 })
  await page.mouse.up()
  await expect.poll(() => timeOf(page)).toBeLessThan(Number.parseFloat(back[0] ?? '') - 10)
  expect(await moment(page)).not.toEqual(back)
})

test('a crashed leader is replaced; undo and redo bring back the very same states', async ({ page }) => {
  const first = await led(page)
  const before = await moment(page)
  const linkBefore = await linkOf(page)
  await server(page, first).click()
  await cluster(page)
    .getByRole('button', { name: `Crash S${first}` })
    .click()
  await expect(server(page, first, 'crashed')).toBeVisible()
  await server(page, first).click()
  const after = await moment(page)
  const linkAfter = await linkOf(page)

  await step(page, 'Undo')
  await expect(server(page, first, 'leader')).toBeVisible()
  expect((await moment(page)).slice(0, -1)).toEqual(before.slice(0, -1))
  expect(await hashOf(await linkOf(page))).toBe(await hashOf(linkBefore))
  await step(page, 'Redo')
  await expect(server(page, first, 'crashed')).toBeVisible()
  expect(await moment(page)).toEqual(after)
  expect(await linkOf(page)).toBe(linkAfter)

  await play(page)
  await expect(leader(page)).toHaveCount(1)
  await pause(page)
  expect(await leaderId(page)).not.toBe(first)
  await expect(leader(page)).toHaveAccessibleName(/term 2/)
})

async function hashOf(link: string): Promise<number | null> {
  const decoded = await decodeLink(new URL(link).hash)
  return decoded.ok ? decoded.stateHash : null
}

test('a split network, a leader in the minority, and how its log is repaired', async ({ page }) => {
  const old = await led(page)
  const friend = (old % 5) + 1
  await test.step('the leader commits its no-op', async () => {
    await play(page)
    await expect(server(page, old, 'committed to 1')).toBeVisible()
    await pause(page)
  })
  await test.step('split the network', async () => {
    await toolbar(page).getByRole('button', { name: 'Partition' }).click()
    const apply = cluster(page).getByRole('button', { name: 'Partition', exact: true }).first()
    await expect(apply).toBeDisabled()
    await server(page, old).click()
    await server(page, friend).click()
    await apply.click()
    await expect(cluster(page).getByText('6 links cut')).toBeVisible()
    await expect(present(page)).toContainText('Partition: ')
  })
  await test.step('a command to the leader in the minority is not committed', async () => {
    await command(page, old, 'put x 3')
    await play(page)
    await expect(server(page, old, 'log to 2, committed to [01]')).toBeVisible()
    await expect(server(page, friend, 'log to 2, committed to [01]')).toBeVisible()
  })
  await test.step('the majority elects its own leader, and commits', async () => {
    await expect(leader(page)).toHaveCount(2)
    await pause(page)
    const ids = await leader(page).evaluateAll((all) =>
      all.map((one) => Number(one.getAttribute('aria-label')?.charAt(1))),
    )
    const [found = 0] = ids.filter((id) => id !== old)
    await command(page, found, 'put y 7')
    await play(page)
    await expect(server(page, found, 'committed to 3')).toBeVisible()
  })
  await test.step('the network heals: the old leader’s entry is struck out, and erased', async () => {
    await page.getByRole('button', { name: 'Main', exact: true }).click()
    await setSpeed(page, 6)
    await cluster(page).getByRole('button', { name: 'Heal all' }).click()
    await expect(
      logs(page)
        .getByRole('gridcell', { name: /about to be erased/ })
        .first(),
    ).toBeVisible()
    await setSpeed(page, 9)
    await expect(
      story(page)
        .getByText(/^erased 2.*its own entry 2 is of term 1/)
        .first(),
    ).toBeVisible()
    await expect(server(page, old, 'follower.*committed to [1-9]')).toBeVisible()
    await expect(server(page, friend, 'follower.*committed to [1-9]')).toBeVisible()
    // An entry may be on its way at any moment, so the logs are the same now and then, not always.
    await expect.poll(() => termsInLogs(page)).toEqual([expect.stringMatching(/^1( [2-9])+$/)])
    await pause(page)
    await expect(leader(page)).toHaveCount(1)
  })
})

test('a copied link shows somebody else the very same moment', async ({ page, context, newVisitor }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const first = await led(page)
  await command(page, first, 'put x 3')
  await play(page)
  await expect(server(page, first, 'committed to 2')).toBeVisible()
  await pause(page)
  await server(page, 2).click()
  await page.getByRole('tab', { name: 'What happened' }).click()
  await page.getByRole('button', { name: 'Share link' }).click()
  await dialog(page, 'Share').getByRole('button', { name: 'Copy link' }).click()
  await expect(page.getByRole('status').getByText('Link copied')).toBeVisible()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  await page.keyboard.press('Escape')
  const mine = await moment(page)
  expect(mine.join()).toContain('S3, entry 2: x←3')

  const other = await newVisitor()
  await other.goto(link)
  await drawn(other)
  await isPaused(other)
  await expect.poll(() => moment(other)).toEqual(mine)
  await expect(server(other, 2)).toHaveAttribute('aria-pressed', 'true')
  await expect(other.getByRole('button', { name: 'Fresh cluster' })).toBeVisible()
  await expect(other.getByText('replays differently')).toBeHidden()
  expect(await linkOf(other)).toBe(link)
  expect(await hashOf(link)).not.toBeNull()

  // It goes on in the same way as well.
  for (const visitor of [page, other]) {
    for (let i = 0; i < 4; i++) {
      const before = await moment(visitor)
      await step(visitor, 'One event on')
      await expect.poll(() => moment(visitor)).not.toEqual(before)
    }
  }
  await expect(async () => expect(await moment(other)).toEqual(await moment(page))).toPass({ timeout: 5000 })
})
