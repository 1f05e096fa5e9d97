import {
  dialog,
  drawn,
  leader,
  linkOf,
  open,
  pause,
  play,
  present,
  server,
  setSpeed,
  story,
} from './screen.ts'
import { expect, test } from './visit.ts'

test('PreVote is switched on, kept by a reload and by a link, and works', async ({ page, newVisitor }) => {
  await open(page)
  await setSpeed(page, 9)
  await expect(leader(page)).toBeVisible()
  await pause(page)
  await page.getByRole('button', { name: 'Rules', exact: true }).click()
  const preVote = dialog(page, 'Rules').getByRole('radiogroup', { name: 'PreVote' })
  await expect(preVote.getByRole('radio', { name: 'off' })).toBeChecked()
  await preVote.getByRole('radio', { name: 'on' }).check({ force: true })
  await expect(present(page)).toContainText('PreVote on')
  const link = await linkOf(page)

  const other = await newVisitor()
  await other.goto(link)
  await page.reload()
  for (const each of [page, other]) {
    await drawn(each)
    await each.keyboard.press('r')
    const group = dialog(each, 'Rules').getByRole('radiogroup', { name: 'PreVote' })
    await expect(group.getByRole('radio', { name: 'on' })).toBeChecked()
    await each.getByRole('button', { name: 'Close' }).click()
  }
  await page.keyboard.press('1')
  await page.keyboard.press('t')
  await page.getByRole('tab', { name: 'What happened' }).click()
  await expect(present(page)).toContainText('asks whether it could win term 2')
  await setSpeed(page, 9)
  await play(page)
  await expect(story(page).getByText('would not vote for S1').first()).toBeVisible()
  await pause(page)
  await expect(server(page, 1, 'term 1')).toBeVisible()
})

test('a rule that breaks Raft’s promises is marked, on the sheet and on the page', async ({ page }) => {
  await open(page)
  await pause(page)
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('button', { name: 'Rules' }).click()
  const rules = dialog(page, 'Rules')
  await expect(rules.getByText('Nothing here breaks what Raft promises.')).toBeVisible()
  await rules.getByRole('radio', { name: 'local (unsafe)' }).check({ force: true })
  await expect(rules.getByText('returns values that are out of date')).toBeVisible()
  await expect(rules.getByRole('button', { name: 'One warning' })).toBeVisible()
  const notice = page.getByRole('banner').getByRole('button', { name: 'Unsafe' })
  await expect(notice).toHaveAccessibleName('Unsafe, 1 rule broken: Answer reads locally')
  await rules.getByRole('button', { name: 'Reset all' }).click()
  await expect(notice).toBeHidden()
})

test('a rule is broken, the page says so as long as it is, and a link keeps it', async ({
  page,
  newVisitor,
}) => {
  await open(page)
  await pause(page)
  await page.getByRole('button', { name: 'Rules', exact: true }).click()
  const section = dialog(page, 'Rules').getByRole('region', { name: 'Rules you can break' })
  const rule = (name: string) => section.getByRole('radiogroup', { name })
  await rule('Commit old entries by counting').getByRole('radio', { name: 'on' }).check({ force: true })
  await expect(present(page)).toContainText('commit old terms on')
  await rule('Jump between configurations').getByRole('radio', { name: 'on' }).check({ force: true })
  await dialog(page, 'Rules').getByRole('button', { name: 'Close' }).click()
  const link = await linkOf(page)

  const other = await newVisitor()
  await other.goto(link)
  await drawn(other)
  const notice = other.getByRole('banner').getByRole('button', { name: 'Unsafe' })
  const both = 'Commit old entries by counting, Jump between configurations'
  await expect(notice).toHaveAccessibleName(`Unsafe, 2 rules broken: ${both}`)
  await notice.click()
  const label = dialog(other, 'Rules').getByText('Commit old entries by counting', { exact: true })
  await expect(label).toBeInViewport()
  await dialog(other, 'Rules').getByRole('button', { name: 'Reset all' }).click()
  await expect(notice).toBeHidden()
})
