import { millis, serverId } from '../src/base/ids.ts'
import { decodeLink } from '../src/scenario/link.ts'
import {
  clusterOf,
  dialog,
  isPaused,
  leader,
  libraryScenario,
  linkOf,
  linkTo,
  moment,
  open,
  pause,
  play,
  server,
  setSpeed,
  timeOf,
} from './screen.ts'
import { expect, test } from './visit.ts'

const SHORT = 'This link was cut short: its end is missing. Ask for it again, or for a file.'
const NEWER = 'This link was made by a newer version of the program. Reload the page to get it.'
const NONE = 'This link does not hold a scenario.'

const minority = libraryScenario('minority-leader')
const whole = await linkTo(minority, 900)
const changed = `${whole.slice(0, 30)}${whole.charAt(30) === 'A' ? 'B' : 'A'}${whole.slice(31)}`

for (const [what, fragment, sentence] of [
  ['cut short', whole.slice(0, whole.length / 2), SHORT],
  ['cut after its tag', '#w1.', SHORT],
  ['with another letter', changed, NONE],
  ['of a newer version', '#w9.AAAA', NEWER],
  ['that is none', '#hello', NONE],
  ['of signs', '#w1.%20%3Cscript%3E!!', NONE],
  ['of 100 kB', `#w1.${'QUJD'.repeat(25_000)}`, `${NONE} It is too long.`],
] as const) {
  test(`a link ${what}: a plain sentence, and a page that works behind it`, async ({ page }) => {
    await open(page, fragment)
    await expect(page.getByRole('alert').getByText(sentence, { exact: true })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Fresh cluster' })).toBeVisible()
    await setSpeed(page, 9)
    await expect(leader(page)).toBeVisible()
    await page.getByRole('status').getByRole('button', { name: 'Close' }).click()
    await expect(page.getByText(sentence)).toBeHidden()
  })
}

test('a link opens at its moment, with its name and selection', async ({ page }) => {
  await open(page, await linkTo(minority, 900, { selection: { kind: 'server', server: serverId(2) } }))
  await isPaused(page)
  await expect.poll(() => timeOf(page)).toBe(900)
  await expect(page.getByRole('button', { name: minority.name })).toBeVisible()
  await expect(page).toHaveTitle(`${minority.name} — Whitewater`)
  await expect(server(page, 2)).toHaveAttribute('aria-pressed', 'true')
})

test('a link made while time runs leads to the moment that is then on the screen', async ({ page }) => {
  await open(page)
  await setSpeed(page, 9)
  for (let i = 0; i < 4; i++) {
    if (i > 0) await play(page)
    await expect.poll(() => timeOf(page)).toBeGreaterThan(100 * (i + 1))
    const decoded = await decodeLink((await linkOf(page)).replace(/^.*#/, '#'))
    const at = decoded.ok ? decoded.scenario.view.at : -1
    expect(Math.floor(at / 100) / 10).toBe(await timeOf(page))
  }
})

test('a far moment does not come back to whoever has left it', async ({ page }) => {
  const busy = clusterOf(5, {
    clientRate: 50,
    electionTimeoutMin: millis(1000),
    electionTimeoutMax: millis(2000),
  })
  await open(page, await linkTo(busy, 600_000))
  await page.keyboard.press('Home')
  await page.waitForTimeout(1500)
  expect(await timeOf(page)).toBe(0)
})

test('a link never costs the viewer their own work', async ({ page }) => {
  await open(page)
  await setSpeed(page, 9)
  await expect(leader(page)).toBeVisible()
  await pause(page)
  await page.keyboard.press('1')
  await page.keyboard.press('x')
  await expect(server(page, 1, 'crashed')).toBeVisible()
  await page.getByRole('tab', { name: 'What happened' }).click()
  const mine = await moment(page)

  await page.evaluate((link) => {
    location.hash = link
  }, whole)
  await expect(page.getByRole('button', { name: minority.name })).toBeVisible()
  await expect(server(page, 1, 'crashed')).toBeHidden()
  await page.getByRole('status').getByRole('button', { name: 'Back to it' }).click()
  await expect(server(page, 1, 'crashed')).toBeVisible()
  await expect.poll(() => moment(page)).toEqual(mine)

  // By the library as well, and then from the list of earlier works.
  await page.getByRole('button', { name: 'Scenarios', exact: true }).click()
  await dialog(page, 'Scenarios')
    .getByRole('button', { name: /^A split vote/ })
    .click()
  await expect(page.getByRole('button', { name: 'A split vote' })).toBeVisible()
  await page.getByRole('button', { name: 'Scenarios', exact: true }).click()
  const earlier = dialog(page, 'Scenarios').getByRole('region', { name: 'Your earlier work' })
  await earlier.getByRole('button', { name: /^Fresh cluster/ }).click()
  await expect(dialog(page, 'Scenarios')).toBeHidden()
  await expect.poll(() => moment(page)).toEqual(mine)
})

test('a bad link in the address leaves the work in progress alone', async ({ page }) => {
  await open(page)
  await page.keyboard.press('1')
  await page.keyboard.press('x')
  await expect(server(page, 1, 'crashed')).toBeVisible()
  await page.evaluate(() => {
    location.hash = '#w9.AAAA'
  })
  await expect(page.getByRole('alert').getByText(NEWER)).toBeVisible()
  await expect(server(page, 1, 'crashed')).toBeVisible()
})

test('a link whose history is another one here says so, and from when', async ({ page }) => {
  await open(page, await linkTo(minority, 900, {}, 12345))
  const told = page.getByRole('status').getByText(/replays differently here: by 900 ms/)
  await expect(told).toBeVisible()
  await page.getByRole('button', { name: 'Understood' }).click()
  await expect(told).toBeHidden()
  expect(await timeOf(page)).toBe(900)
})

test('a link that is too long says so, and offers a file', async ({ page }) => {
  const script = Array.from({ length: 400 }, (_, i) => ({
    at: millis(i * 13),
    skip: 0,
    act: {
      kind: 'Command' as const,
      server: null,
      command: { kind: 'Put' as const, key: `k${(i * 7919) % 1009}`, value: `${(i * 104729) % 99991}` },
    },
  }))
  await open(page, await linkTo({ ...clusterOf(3), script }, 100))
  await page.getByRole('button', { name: 'Share link' }).click()
  await expect(dialog(page, 'Share').getByText('This link is too long to send.')).toBeVisible()
  const download = page.waitForEvent('download')
  await dialog(page, 'Share').getByRole('button', { name: 'Save to file' }).click()
  expect((await download).suggestedFilename()).toBe('fresh-cluster.whitewater.json')
})
