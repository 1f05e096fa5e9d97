// Runs the browser tests against the built page; further arguments go to Playwright.
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { findBrowser } from './browser.mjs'

const playwright = createRequire(import.meta.url).resolve('@playwright/test/cli')
const config = fileURLToPath(new URL('playwright.config.ts', import.meta.url))
const env = { ...process.env, WHITEWATER_CHROMIUM: findBrowser() }
const args = [playwright, 'test', '--config', config, ...process.argv.slice(2)]
process.exit(spawnSync(process.execPath, args, { stdio: 'inherit', env }).status ?? 1)
