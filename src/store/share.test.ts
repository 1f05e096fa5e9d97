import { beforeEach, expect, test, vi } from 'vitest'
import { millis } from '../base/ids.ts'
import { fresh } from '../scenario/fresh.ts'
import { decodeLink, encodeLink } from '../scenario/link.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { SlowPort } from '../worker/test-port.ts'
import { prepareEdits, startEngine } from './edit.ts'
import { goToStart, goToTime, play } from './navigate.ts'
import { player } from './player.ts'
import { makeLink, openLink } from './share.ts'
import { app } from './state.ts'

await prepareEdits()

let port: SlowPort
const address = { pathname: '/', search: '', hash: '', href: 'https://here/' }
vi.stubGlobal('location', address)
vi.stubGlobal('history', { replaceState: () => undefined })
vi.stubGlobal('requestAnimationFrame', () => undefined)

const breathe = () => new Promise((resolve) => setTimeout(resolve, 0))

/** Answers all that is asked until something has come about. */
async function answerUntil<T>(done: Promise<T>): Promise<T> {
  let isDone = false
  void done.finally(() => {
    isDone = true
  })
  while (!isDone) {
    await breathe()
    await port.answerAll()
  }
  return done
}

const far: Scenario = {
  ...fresh,
  settings: { ...fresh.settings, clientRate: 20 },
  view: { ...fresh.view, at: millis(120_000) },
}

beforeEach(async () => {
  app.setState({ ...app.getInitialState(), playing: false }, true)
  startEngine(() => {
    port = new SlowPort()
    return port
  })
  await port.answerAll()
})

test('a link is made to what is on the screen once the last wish is there, and opens there', async () => {
  goToTime(millis(300))
  const link = await answerUntil(makeLink())
  const decoded = await decodeLink(link?.address.replace(/^.*#/, '#') ?? '')
  expect(decoded).toMatchObject({ ok: true, scenario: { view: { at: 300_000 } } })
  goToStart()
  await port.answerAll()
  await answerUntil(openLink(link?.address.replace(/^.*#/, '#') ?? ''))
  await port.answerAll()
  expect(player.now).toBe(300_000)
  expect(app.getState().strayed).toBeNull()
})

test('a far link whose history differs says so when it is there', async () => {
  await openLink(await encodeLink(far, 12345))
  await port.answerAll()
  await vi.waitFor(async () => {
    await port.answerAll()
    expect(app.getState().strayed).toMatch(/by 120000 ms its history is not the one/)
  })
  expect(player.now).toBe(120_000_000)
})

test('whoever leaves a far link before it is there stays where they went, and hears nothing of it', async () => {
  await openLink(await encodeLink(far, 12345))
  for (let i = 0; i < 3; i++) await port.answer()
  expect(app.getState().frame?.time).toBeLessThan(120_000_000)
  goToStart()
  for (let i = 0; i < 5; i++) {
    await breathe()
    await port.answerAll()
  }
  expect([player.now, app.getState().strayed]).toEqual([0, null])
  goToTime(millis(40))
  play()
  await port.answerAll()
  expect(player.now).toBe(40_000)
})
