import { LIBRARY } from '../src/scenario/library.ts'
import {
  cluster,
  clusterOf,
  dialog,
  libraryScenario,
  linkTo,
  open,
  openTab,
  playback,
  playhead,
  server,
  story,
} from './screen.ts'
import { expect, test } from './visit.ts'

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

test('every scenario of the library opens from the dialog, and runs', async ({ page }) => {
  test.setTimeout(120_000)
  await open(page)
  for (const { title, scenario } of LIBRARY) {
    await test.step(title, async () => {
      await page.getByRole('button', { name: 'Scenarios', exact: true }).click()
      await dialog(page, 'Scenarios')
        .getByRole('button', { name: new RegExp(`^${escaped(title)} `) })
        .click()
      await expect(dialog(page, 'Scenarios')).toBeHidden()
      await expect(page).toHaveTitle(`${scenario.name} — Whitewater`)
      // Where members change, there may be more by that moment.
      const servers = cluster(page).getByRole('button', { name: /^S\d,/ })
      await expect.poll(() => servers.count()).toBeGreaterThanOrEqual(scenario.servers)
      const valueNow = async () => Number(await playhead(page).getAttribute('aria-valuenow'))
      await expect.poll(valueNow).toBeGreaterThan(scenario.view.at / 1000)
      await expect(playback(page).getByRole('button', { name: 'Pause', exact: true })).toBeVisible()
    })
  }
})

test('a new cluster has as many servers as wanted, and its seed', async ({ page }) => {
  await open(page)
  await page.getByRole('button', { name: 'Scenarios', exact: true }).click()
  const form = dialog(page, 'Scenarios').getByRole('form', { name: 'New cluster' })
  await form.getByRole('radio', { name: '9' }).check({ force: true })
  const seed = form.getByRole('textbox', { name: /Seed/ })
  await seed.fill('minus one')
  await expect(form.getByText('A whole number from 0 to 4,294,967,295.')).toBeVisible()
  await expect(form.getByRole('button', { name: 'Start' })).toBeDisabled()
  await seed.fill('31')
  await form.getByRole('button', { name: 'Start' }).click()
  await expect(server(page, 9)).toBeVisible()
  await expect(cluster(page).getByRole('button', { name: /^S\d,/ })).toHaveCount(9)
})

test('a moment far on is told of at once: the story stands at the present', async ({ page }) => {
  await open(page, await linkTo(libraryScenario('figure-7'), 180))
  await openTab(page, 'Clients')
  await open(page, await linkTo(clusterOf(5, { clientRate: 200 }), 5400))
  await openTab(page, 'What happened')
  const last = story(page).getByRole('listitem').last()
  await expect(last).toContainText(/^5.400/)
  await expect(last).toBeInViewport()
  await expect(page.getByRole('button', { name: 'Back to now' })).toBeHidden()
})

test('the servers of another cluster stand in their places at once', async ({ page }) => {
  await open(page, await linkTo(clusterOf(1), 0))
  const places = page.evaluate(async () => {
    const seen = new Set<string>()
    const until = performance.now() + 3000
    while (performance.now() < until) {
      const all = [...document.querySelectorAll('.server')]
      if (all.length === 9) seen.add(all.map((one) => one.getAttribute('transform')).join())
      await new Promise(requestAnimationFrame)
    }
    return [...seen]
  })
  await page.goto(await linkTo(clusterOf(9), 0))
  expect(await places).toHaveLength(1)
})
