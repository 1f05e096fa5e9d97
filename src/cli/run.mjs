// Runs one of the command-line tools, which are TypeScript: `node src/cli/run.mjs NAME [args…]` bundles
// src/cli/NAME.ts, or src/NAME.ts where NAME has a folder (`bench/bench`), and imports the result.
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { rolldown } from 'rolldown'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const CACHE = join(ROOT, 'node_modules/.cache/whitewater')

/**
 * @param {string} name such as `cli/sim`
 * @returns {Promise<string>} the bundle's path
 */
async function bundle(name) {
  const path = join(CACHE, `${name}.mjs`)
  const build = await rolldown({
    cwd: ROOT,
    input: join(ROOT, 'src', `${name}.ts`),
    platform: 'node',
    external: (id) => !/^[./]/.test(id) && !/^[A-Za-z]:\\/.test(id), // builtins and packages
  })
  const { output } = await build.generate({
    file: path,
    format: 'esm',
    sourcemap: 'inline',
    codeSplitting: false,
  })
  await build.close()
  return save(path, output[0].code)
}

/**
 * Written aside and renamed, so that two runs at once never read half a file.
 * @param {string} path
 * @param {string} code
 */
async function save(path, code) {
  const aside = `${path}.${process.pid}`
  await mkdir(dirname(path), { recursive: true })
  await writeFile(aside, code)
  await rename(aside, path)
  return path
}

const [node = '', , name, ...args] = process.argv
if (name === undefined) {
  console.error('Usage: node src/cli/run.mjs NAME [args…], where NAME is a file in src/cli, or FOLDER/FILE')
  process.exit(1)
}
const path = await bundle(name.includes('/') ? name : `cli/${name}`)
process.argv = [node, path, ...args]
process.setSourceMapsEnabled(true)
await import(pathToFileURL(path).href)
