import { fileURLToPath } from 'node:url'
import { defineConfig } from '@playwright/test'
import { findBrowser } from './browser.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const PORT = process.env['WHITEWATER_PORT'] || '4179'
const URL_BASE = `http://127.0.0.1:${PORT}/`
/** Another build than dist can be tested: `WHITEWATER_DIST=some/folder`. */
const DIST = process.env['WHITEWATER_DIST'] || 'dist'

// Nothing the page does needs these, and each could reach for a network or a graphics card.
const QUIET = [
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
]
const root = process.getuid?.() === 0 // Chromium refuses to sandbox itself under root

export default defineConfig({
  testDir: '.',
  outputDir: '../node_modules/.cache/whitewater/e2e',
  reporter: 'list',
  workers: 1,
  // A busy machine may stop a browser for seconds. What passes only when tried again is listed as flaky.
  retries: 1,
  use: {
    baseURL: URL_BASE,
    launchOptions: { executablePath: findBrowser(), args: root ? ['--no-sandbox', ...QUIET] : QUIET },
  },
  webServer: {
    command: `node e2e/serve.mjs "${DIST}" ${PORT}`,
    cwd: ROOT,
    url: URL_BASE,
    reuseExistingServer: false,
  },
})
