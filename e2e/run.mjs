// Runs the browser tests against the built page; further arguments go to Playwright.
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { findBrowser } from './browser.mjs'

const playwright = createRequire(import.meta.url).resolve('@playwright/test/cli')
const config = fileURLToPath(new URL('playwright.config.ts', import.meta.url))
const env = { ...process.env, WHITEWATER_CHROMIUM: findBrowser(), WHITEWATER_PORT: await freePort() }
const args = [playwright, 'test', '--config', config, ...process.argv.slice(2)]
process.exit(spawnSync(process.execPath, args, { stdio: 'inherit', env }).status ?? 1)

/** A port that nobody listens on just now, so that two runs do not meet. */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address !== null ? String(address.port) : '4179'
}
