import { corpusHashes } from '../src/check/corpus.ts'
import { EXPECTED_HASHES } from '../src/check/expected-hashes.ts'
import { open } from './screen.ts'
import { expect, test } from './visit.ts'

test('the browser’s worker gives the same histories as Node, and as ever', async ({ page }) => {
  await open(page)
  // The other one paints. Either may come a moment after the page is there.
  const address = () =>
    page
      .workers()
      .map((worker) => worker.url())
      .find((url) => url.includes('worker') && !url.includes('painter')) ?? ''
  await expect.poll(address).toContain('worker')
  const hashes = await page.evaluate(
    (url) =>
      new Promise((resolve, reject) => {
        const worker = new Worker(url, { type: 'module' })
        worker.onmessage = ({ data }) => resolve(data.answer)
        worker.onerror = ({ message }) => reject(new Error(message))
        worker.postMessage({ id: 1, question: { kind: 'corpus' } })
      }),
    address(),
  )
  expect(Object.keys(EXPECTED_HASHES).length).toBeGreaterThan(8)
  expect(hashes).toEqual(corpusHashes())
  expect(hashes).toEqual(EXPECTED_HASHES)
})
