import type { Page } from '@playwright/test'
import {
  cluster,
  clusterOf,
  drawn,
  isPaused,
  leader,
  leaderId,
  linkOf,
  linkTo,
  moment,
  open,
  pause,
  play,
  server,
  setSpeed,
  story,
  toolbar,
} from './screen.ts'
import { expect, test } from './visit.ts'

const members = (page: Page) => cluster(page).getByRole('group', { name: 'Members of the cluster' })

/** A cluster with a leader, at rest, with all that happens in the story. */
async function led(page: Page, fragment = ''): Promise<number> {
  await open(page, fragment)
  await setSpeed(page, 9)
  await expect(leader(page)).toHaveCount(1)
  await expect(cluster(page).getByText(/^Committed/)).toContainText('1')
  await pause(page)
  return leaderId(page)
}

async function choose(page: Page, id: number, name: string | RegExp): Promise<void> {
  const item = page.getByRole('menuitem', { name })
  const more = cluster(page).getByRole('button', { name: `More for S${id}` })
  if (!(await item.isVisible())) await more.click()
  await item.click()
}

test('a server is added, becomes a member, and is removed again', async ({ page, newVisitor }) => {
  await led(page)
  await toolbar(page).getByRole('button', { name: 'Members' }).click()
  await members(page).getByRole('button', { name: 'Add S6' }).click()
  await expect(server(page, 6)).toBeVisible()
  await expect(members(page).getByRole('checkbox', { name: 'S6' })).not.toBeChecked()

  await test.step('the leader brings it up to date, and then it counts', async () => {
    await play(page)
    await expect(members(page).getByRole('checkbox', { name: 'S6' })).toBeChecked()
    await expect(story(page).getByText('now counts S1, S2, S3, S4, S5, S6 as members').first()).toBeVisible()
    await pause(page)
  })
  await test.step('a reload and a link keep it', async () => {
    const shown = await moment(page)
    const link = await linkOf(page)
    await page.reload()
    await drawn(page)
    await expect(server(page, 6)).toBeVisible()
    const other = await newVisitor()
    await other.goto(link)
    await drawn(other)
    await isPaused(other)
    await expect.poll(() => moment(other)).toEqual(shown)
  })
  await test.step('it is removed from beside it, and undo brings it back', async () => {
    await choose(page, 6, 'Remove from the cluster')
    await setSpeed(page, 9)
    await play(page)
    await expect(story(page).getByText('now counts S1, S2, S3, S4, S5 as members').first()).toBeVisible()
    await pause(page)
    await page.keyboard.press('m')
    await expect(members(page).getByRole('checkbox', { name: 'S6' })).not.toBeChecked()
    await page.keyboard.press('Control+z')
    await expect(members(page).getByRole('checkbox', { name: 'S6' })).toBeChecked()
  })
})

test('several servers change at once by joint consensus, and not without it', async ({ page }) => {
  const id = await led(page, await linkTo(clusterOf(3), 0))
  await page.keyboard.press('m')
  const box = members(page)
  const [first, second] = [1, 2, 3].filter((one) => one !== id)
  await box.getByRole('checkbox', { name: `S${first}` }).uncheck()
  await box.getByRole('checkbox', { name: `S${second}` }).uncheck()
  await expect(box.getByRole('button', { name: 'Change' })).toBeDisabled()
  await expect(box.getByRole('status')).toContainText('one server at a time')
  await box.getByRole('button', { name: 'Rules' }).click()
  const rules = page.getByRole('dialog', { name: 'Rules' })
  await rules.getByRole('radio', { name: 'joint consensus' }).check({ force: true })
  await expect(box.getByRole('button', { name: 'Change' })).toBeEnabled()
  await rules.getByRole('button', { name: 'Close' }).click()
  await box.getByRole('button', { name: 'Change' }).click()
  await setSpeed(page, 6)
  await play(page)
  await expect(story(page).getByText(`as the only member`).first()).toBeVisible({ timeout: 15_000 })
  await pause(page)
  await box.getByRole('checkbox', { name: `S${id}` }).uncheck()
  await expect(box.getByRole('status')).toContainText('One member has to stay')
})

test('leadership is handed over by keyboard, from the leader alone', async ({ page }) => {
  const id = await led(page)
  const heir = (id % 5) + 1
  await page.keyboard.press(`${heir}`)
  await cluster(page)
    .getByRole('button', { name: `More for S${heir}` })
    .click()
  await expect(page.getByRole('menuitem', { name: 'Transfer leadership to' })).toContainText('does not lead')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menu')).toBeHidden()
  await page.keyboard.press(`${id}`)
  await cluster(page)
    .getByRole('button', { name: `More for S${id}` })
    .focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem', { name: 'Transfer leadership to' })).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  await page.getByRole('menuitem', { name: `S${heir}`, exact: true }).click()
  await play(page)
  await expect(server(page, heir, 'leader')).toBeVisible()
  await pause(page)
  await page.getByRole('tab', { name: 'What happened' }).click()
  await expect(story(page).getByText(`told S${heir} to stand now`)).toBeVisible()
})

test('a server restarts with an empty disk, and gets a slow one', async ({ page }) => {
  const id = await led(page)
  const other = (id % 5) + 1
  await page.keyboard.press(`${other}`)
  await choose(page, other, 'Restart with an empty disk')
  await page.getByRole('tab', { name: 'What happened' }).click()
  await expect(story(page).getByText('lost everything on its disk')).toBeVisible()
  await cluster(page)
    .getByRole('button', { name: `More for S${other}` })
    .click()
  await page.getByRole('menuitem', { name: 'Disk latency' }).click()
  await page.getByRole('menuitemradio', { name: '20 ms' }).click()
  await expect(story(page).getByText('now has a disk that takes 20.0 ms to write')).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(story(page).getByText('now has a disk')).toHaveCount(0)
})
