import { type BrowserContext, test as base, expect, type Page } from '@playwright/test'

/** Where tests serve the page from: nothing else may be asked for anything. */
const HERE = '127.0.0.1'

interface Options {
  /** Complaints that a test causes on purpose. */
  readonly expected: RegExp | null
}

interface Fixtures {
  /** Somebody else, who has never been here: a page of a browser profile of its own. */
  readonly newVisitor: () => Promise<Page>
}

/** Every test fails if the page logs an error or a warning, throws, or asks another machine for anything. */
export const test = base.extend<Fixtures & Options>({
  expected: [null, { option: true }],
  context: async ({ context, expected }, use) => {
    const complaints = listenTo(context)
    await use(context)
    expect(unexpected(complaints, expected)).toEqual([])
  },
  newVisitor: async ({ browser, baseURL, expected }, use) => {
    const contexts: BrowserContext[] = []
    const complaints: string[][] = []
    await use(async () => {
      const context = await browser.newContext(baseURL === undefined ? {} : { baseURL })
      contexts.push(context)
      complaints.push(listenTo(context))
      return context.newPage()
    })
    for (const context of contexts) await context.close()
    expect(unexpected(complaints.flat(), expected)).toEqual([])
  },
})

export { expect }

const unexpected = (complaints: readonly string[], expected: RegExp | null): string[] =>
  complaints.filter((complaint) => expected?.test(complaint) !== true)

function listenTo(context: BrowserContext): string[] {
  const complaints: string[] = []
  context.on('console', (message) => {
    if (['error', 'warning', 'assert'].includes(message.type()))
      complaints.push(`${message.type()}: ${message.text()}`)
  })
  context.on('weberror', (thrown) => complaints.push(`thrown: ${thrown.error().message}`))
  context.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url())
    if (protocol.startsWith('http') && hostname !== HERE) complaints.push(`asked for: ${request.url()}`)
  })
  return complaints
}
