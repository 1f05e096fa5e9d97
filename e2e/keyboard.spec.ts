import type { Locator, Page } from '@playwright/test'
import {
  cluster,
  dialog,
  isPaused,
  leader,
  leaderId,
  logs,
  moment,
  open,
  playback,
  playhead,
  present,
  server,
  timeOf,
} from './screen.ts'
import { expect, test } from './visit.ts'

/** What has the focus, as a short name, and whether that shows. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement ?? document.body
    const isMarked = (style: CSSStyleDeclaration) =>
      (style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) > 0) ||
      style.boxShadow !== 'none'
    // The mark may be on what is drawn over the element, or on a shape in it.
    const styles = [getComputedStyle(element), getComputedStyle(element, '::after')]
    const shapes = element instanceof SVGElement ? [...element.querySelectorAll('.server-halo, rect')] : []
    const isDrawn = shapes.some((shape) => getComputedStyle(shape).stroke !== 'none')
    const name = element.getAttribute('aria-label') ?? element.textContent ?? ''
    const isNowhere = element === document.body
    return { isNowhere, name: name.slice(0, 60), shows: isDrawn || styles.some(isMarked) }
  })

const press = async (page: Page, ...keys: readonly string[]) => {
  for (const key of keys) await page.keyboard.press(key)
}

async function led(page: Page): Promise<number> {
  await open(page)
  await press(page, ']', ']', ']')
  await expect(playback(page).getByRole('slider', { name: 'Speed' })).toHaveAttribute(
    'aria-valuetext',
    'real time',
  )
  await expect(leader(page)).toHaveCount(1)
  await press(page, ' ')
  await isPaused(page)
  return leaderId(page)
}

test('the whole story by keyboard alone', async ({ page }) => {
  const first = await led(page)
  const friend = (first % 5) + 1
  await test.step('one event on and back, to the next and the last worth a stop, start and end', async () => {
    const between = await moment(page)
    await press(page, 'ArrowLeft')
    await expect.poll(() => moment(page)).not.toEqual(between)
    const here = await moment(page)
    await press(page, 'ArrowRight')
    await expect.poll(() => moment(page)).not.toEqual(here)
    await press(page, 'ArrowLeft')
    await expect.poll(() => moment(page)).toEqual(here)
    await press(page, 'Home')
    await expect.poll(() => timeOf(page)).toBe(0)
    await press(page, 'Shift+ArrowRight')
    await expect(present(page).first()).toContainText('became candidate, term 1')
    const beat = await moment(page)
    await press(page, 'PageDown')
    await expect(present(page).filter({ hasText: 'voted for' })).toBeVisible()
    await press(page, 'PageUp')
    await expect.poll(() => moment(page)).toEqual(beat)
    await press(page, 'PageDown')
    await expect.poll(() => moment(page)).not.toEqual(beat)
    await press(page, 'Shift+ArrowLeft')
    await expect.poll(() => moment(page)).toEqual(beat)
    await press(page, 'End')
    await expect(leader(page)).toHaveCount(1)
  })
  await test.step('a command', async () => {
    await press(page, 'Enter')
    await expect(cluster(page).getByRole('textbox', { name: 'Command' })).toBeFocused()
    await page.keyboard.type('put x')
    await press(page, 'Enter')
    await expect(cluster(page).getByRole('alert')).toHaveText('put takes a key and a value, as in put x 3.')
    await page.keyboard.type(' 3')
    await press(page, 'Enter')
    await expect(present(page).first()).toContainText('put x 3')
    await press(page, 'Escape')
    await expect(cluster(page).getByRole('textbox', { name: 'Command' })).toBeHidden()
    await press(page, ' ')
    await expect(server(page, first, 'committed to 1')).toBeVisible()
    await press(page, ' ')
    await isPaused(page)
  })
  await test.step('a partition', async () => {
    await press(page, 'c', `${first}`, `${friend}`)
    await expect(
      cluster(page).getByText(`S${Math.min(first, friend)} S${Math.max(first, friend)}`),
    ).toBeVisible()
    await tabTo(page, cluster(page).getByRole('button', { name: 'Partition', exact: true }).first())
    await press(page, 'Enter')
    await expect(cluster(page).getByText('6 links cut')).toBeVisible()
    await press(page, 'h')
    await expect(cluster(page).getByText('6 links cut')).toBeHidden()
    await press(page, 'Control+z')
    await expect(cluster(page).getByText('6 links cut')).toBeVisible()
    await press(page, 'Control+Shift+z')
    await expect(cluster(page).getByText('6 links cut')).toBeHidden()
  })
  await test.step('a timeout, an isolation and a crash', async () => {
    await press(page, `${friend}`)
    await expect(server(page, friend)).toHaveAttribute('aria-pressed', 'true')
    await press(page, 't')
    await expect(server(page, friend, 'candidate')).toBeVisible()
    await press(page, 'i')
    await expect(cluster(page).getByText('4 links cut')).toBeVisible()
    await press(page, 'i')
    await expect(cluster(page).getByText('4 links cut')).toBeHidden()
    await press(page, 'x')
    await expect(server(page, friend, 'crashed')).toBeVisible()
    await press(page, 'x')
    await expect(server(page, friend, 'follower')).toBeVisible()
    await press(page, 'Escape')
    await expect(server(page, friend)).toHaveAttribute('aria-pressed', 'false')
  })
  await test.step('present mode', async () => {
    await press(page, 'p')
    await expect(page.getByRole('button', { name: 'Leave present mode' })).toBeVisible()
    await press(page, 'Home')
    await expect.poll(() => timeOf(page)).toBe(0)
    await press(page, 'PageDown')
    await expect(page.getByRole('region', { name: 'What happened' })).toContainText('became candidate')
    await press(page, 'p')
    await expect(playback(page)).toBeVisible()
  })
})

/** Presses Tab until this has the focus. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  for (let i = 0; i < 90; i++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return
    await press(page, 'Tab')
  }
  throw new Error(`the Tab key does not lead to ${wanted}`)
}

test('the Tab key reaches everything, in the order of the page, and the focus always shows', async ({
  page,
}) => {
  await led(page)
  const names: string[] = []
  for (let i = 0; i < 90; i++) {
    await press(page, 'Tab')
    const { isNowhere, name, shows } = await focused(page)
    if (isNowhere) break
    expect(shows, `the focus on ${name} shows`).toBe(true)
    names.push(name)
  }
  const places = [
    /Scenarios/,
    /Share/,
    /^S1,/,
    /^S5,/,
    /^Select/,
    /What happened/,
    /^Pause|^Play/,
    /Simulated time/,
  ]
  const order = places.map((place) => names.findIndex((name) => place.test(name)))
  expect(order).not.toContain(-1)
  expect(names.filter((name) => /^S\d, .*, term 1/.test(name))).toHaveLength(5)
})

for (const [name, title] of [
  ['Scenarios', 'Scenarios'],
  ['Rules', 'Rules'],
  ['Settings', 'Network and timing'],
  ['Keys', 'Keys'],
  ['Share link', 'Share'],
] as const) {
  test(`the dialog ${title} keeps the focus, and gives it back`, async ({ page }) => {
    await led(page)
    const opener = page.getByRole('button', { name, exact: true })
    await tabTo(page, opener)
    await press(page, 'Enter')
    await expect(dialog(page, title)).toBeVisible()
    const inside = () => dialog(page, title).evaluate((element) => element.contains(document.activeElement))
    await expect.poll(inside).toBe(true)
    for (let i = 0; i < 4; i++) {
      await press(page, 'Tab')
      await expect.poll(async () => (await focused(page)).shows).toBe(true)
      await expect.poll(inside).toBe(true)
    }
    await press(page, 'Escape')
    await expect(dialog(page, title)).toBeHidden()
    await expect(opener).toBeFocused()
  })
}

test('the keys are listed, and the list opened by ? gives the focus back', async ({ page }) => {
  await led(page)
  await tabTo(page, server(page, 2))
  await press(page, '?')
  await expect(dialog(page, 'Keys').getByText('Let its election timer run out')).toBeVisible()
  await press(page, 'Escape')
  await expect(dialog(page, 'Keys')).toBeHidden()
  await expect(server(page, 2)).toBeFocused()
})

test('tabs, logs and the playhead have their own arrows', async ({ page }) => {
  const first = await led(page)
  await press(page, 'Enter')
  await page.keyboard.type('put x 3')
  await press(page, 'Enter', 'Escape', ' ')
  await expect(server(page, first, 'committed to 1')).toBeVisible()
  await press(page, ' ')
  await isPaused(page)
  await tabTo(page, page.getByRole('tab', { name: 'What happened' }))
  for (const tab of ['What comes next', 'Server', 'Message', 'Clients', 'Safety']) {
    await press(page, 'ArrowRight')
    await expect(page.getByRole('tab', { name: tab })).toHaveAttribute('aria-selected', 'true')
    await expect(page.getByRole('tab', { name: tab })).toBeFocused()
  }
  await press(page, 'Home')
  await expect(page.getByRole('tab', { name: 'What happened' })).toHaveAttribute('aria-selected', 'true')
  await logs(page).focus()
  await press(page, 'ArrowRight', 'ArrowDown', 'Enter')
  await expect(present(page).first()).toContainText('appended entry 1')
  await playhead(page).focus()
  const at = await timeOf(page)
  await press(page, 'ArrowRight')
  await expect.poll(() => timeOf(page)).toBeGreaterThanOrEqual(at)
  await press(page, 'Home')
  await expect.poll(() => timeOf(page)).toBe(0)
})
