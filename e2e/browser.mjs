// Finds a Chromium for the browser tests, and installs one if there is none. Run directly, it prints the path.
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const MAC_APPS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]
const ROOT = fileURLToPath(new URL('..', import.meta.url))
const INSTALL_LIMIT = 5 * 60_000

/** @returns {string} the path of a browser that starts; where there is none, the process ends. */
export function findBrowser() {
  const found = chosen() ?? installed() ?? playwrights() ?? debians()
  if (found !== undefined) return found
  console.error(
    'No Chromium was found, and none could be installed. Install Chromium or Chrome, or set WHITEWATER_CHROMIUM to the path of one.',
  )
  process.exit(1)
}

function chosen() {
  const path = process.env['WHITEWATER_CHROMIUM']
  if (!path) return undefined
  if (!starts(path))
    console.error(`WHITEWATER_CHROMIUM is set, but ${path} does not start; looking elsewhere.`)
  return firstThatStarts([path])
}

function installed() {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean)
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
  return firstThatStarts([...onPath, ...MAC_APPS])
}

function playwrights() {
  const path = chromium.executablePath()
  if (starts(path)) return path
  run('npx', ['--no-install', 'playwright', 'install', 'chromium'])
  return firstThatStarts([path])
}

function debians() {
  if (!existsSync('/etc/debian_version')) return undefined
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  /** @param {string[]} args */
  const apt = (...args) => {
    const [command = '', ...rest] = [...sudo, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args]
    return run(command, rest)
  }
  return apt('update') && apt('install', '-y', 'chromium') ? installed() : undefined
}

/** @param {string[]} paths */
function firstThatStarts(paths) {
  return paths.find(starts)
}

/**
 * A file that exists may still not run: a stub that asks for a snap, or missing libraries.
 * @param {string} path
 */
function starts(path) {
  return executable(path) && spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0
}

/** @param {string} path */
function executable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * What the command says goes to stderr, since our stdout is for the path.
 * @param {string} command
 * @param {string[]} args
 */
function run(command, args) {
  console.error(`> ${command} ${args.join(' ')}`)
  return spawnSync(command, args, { cwd: ROOT, stdio: ['ignore', 2, 2], timeout: INSTALL_LIMIT }).status === 0
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(findBrowser())
