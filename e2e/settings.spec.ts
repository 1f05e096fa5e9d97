import { cluster, dialog, leader, open, pause, play, present, setSpeed } from './screen.ts'
import { expect, test } from './visit.ts'

test('a heartbeat slower than the election timeout is explained, takes effect, and is undone', async ({
  page,
}) => {
  await open(page)
  await setSpeed(page, 9)
  await expect(leader(page)).toBeVisible()
  await pause(page)
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  const settings = dialog(page, 'Network and timing')
  const heartbeat = settings.getByRole('textbox', { name: 'Heartbeat interval' })
  const usual = await heartbeat.inputValue()
  await heartbeat.fill('400')
  const sentence = 'Heartbeats every 400 ms come too late for election timeouts from 150 ms'
  await expect(settings.getByText(sentence)).toBeVisible()
  await heartbeat.press('Enter')
  await expect(settings.getByRole('button', { name: /warning/ })).toBeVisible()
  await expect(present(page)).toContainText('heartbeat interval 400.0 ms')

  await test.step('the page can be used beside the dialog: followers depose the leader', async () => {
    await play(page)
    await expect(cluster(page).getByText(/^Term [3-9]/)).toBeVisible()
    await pause(page)
  })
  await page.keyboard.press('Control+z')
  await expect(heartbeat).toHaveValue(usual)
  await expect(settings.getByText(sentence)).toBeHidden()
  await page.keyboard.press('Control+Shift+z')
  await expect(heartbeat).toHaveValue('400')
  await settings.getByRole('button', { name: 'Reset all' }).click()
  await expect(heartbeat).toHaveValue(usual)
  await expect(settings.getByText('With these settings a leader can stay in office.')).toBeVisible()
})

test('a slider changes a setting once it is let go, and a value out of range is refused', async ({
  page,
}) => {
  await open(page)
  await pause(page)
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  const settings = dialog(page, 'Network and timing')
  const loss = settings.getByRole('slider', { name: 'Loss' })
  await loss.focus()
  await page.keyboard.press('End')
  await expect(settings.getByText('Every message is lost')).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(settings.getByRole('textbox', { name: 'Loss' })).toHaveValue('100')
  await expect(present(page)).toContainText('loss 100 %')
  const timeout = settings.getByRole('textbox', { name: 'RPC timeout' })
  await timeout.fill('0')
  await expect(settings.getByRole('alert')).toHaveText('From 1 ms to 60,000 ms.')
  await expect(timeout).toHaveAttribute('aria-invalid', 'true')
})
