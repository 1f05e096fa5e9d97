import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

let built: string | undefined

/** The folder of the built page: the one given, or one that is built aside once and removed at the end. */
export function builtPage(dist: string | undefined): string {
  if (dist !== undefined) return dist
  built ??= build()
  return built
}

function build(): string {
  const folder = mkdtempSync(join(tmpdir(), 'whitewater-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const args = [
    'node_modules/vite/bin/vite.js',
    'build',
    '--outDir',
    folder,
    '--emptyOutDir',
    '--logLevel',
    'warn',
  ]
  const { status } = spawnSync(process.execPath, args, { stdio: ['ignore', 2, 2] })
  if (status !== 0) throw new Error('the page could not be built')
  return folder
}
