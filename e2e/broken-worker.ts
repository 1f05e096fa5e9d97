import type { Page } from '@playwright/test'

const WORKER = '**/assets/worker-*.js'

/** Runs in the worker, behind its own code: what the page asks after that many questions meets a fault. */
const FAULT = `
const answer = self.onmessage
let asked = 0
self.onmessage = (event) => {
  if (++asked > 12) throw new Error('a planted fault')
  return answer(event)
}`

/** Runs in the worker, behind its own code: what the page asks after that many questions is never answered. */
const SILENCE = `
const answer = self.onmessage
let asked = 0
self.onmessage = (event) => ++asked > 12 ? undefined : answer(event)`

/** Runs in the worker, behind its own code: every moment from then on is told to break Election Safety. */
const violation = (from: number) => `
const post = self.postMessage.bind(self)
self.postMessage = (reply) => {
  const { answer } = reply
  if (answer?.servers !== undefined && answer.time >= ${from}) {
    const event = answer.events - 1
    const violation = { kind: 'ElectionSafety', event, at: answer.at, servers: [3, 4], term: 1 }
    answer.violation = violation
    answer.safety = { ...answer.safety, held: 4, notes: [violation], broken: [violation.kind] }
    answer.end = { event, at: answer.at, fact: null, violation }
    answer.upcoming = []
  }
  post(reply)
}`

async function append(page: Page, code: string): Promise<void> {
  await page.route(WORKER, async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, body: (await response.text()) + code })
  })
}

export const plantFault = (page: Page): Promise<void> => append(page, FAULT)
export const plantSilence = (page: Page): Promise<void> => append(page, SILENCE)
/** `from` in milliseconds; a moment further on is reached in steps, and would end at the first of them. */
export const plantViolation = (page: Page, from = 200): Promise<void> => append(page, violation(from * 1000))
export const mendWorker = (page: Page): Promise<void> => page.unroute(WORKER)
export async function loseWorker(page: Page): Promise<void> {
  await page.route(WORKER, (route) => route.fulfill({ status: 404 }))
}
