import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'

const CACHE = fileURLToPath(new URL('../node_modules/.cache/whitewater/shots', import.meta.url))

/** Saves a screenshot, for people to look at: no test compares it. */
export async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env['WHITEWATER_SHOTS'] || CACHE
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled', fullPage: true })
}
