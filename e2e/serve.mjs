// Serves a built page on a port of this machine, and tells which files were asked for. What is not there is not found, as
// with any web server: `node e2e/serve.mjs FOLDER PORT`.
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'

/** @type {Readonly<Record<string, string>>} */
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/**
 * A file that was asked for, and when: in milliseconds as of `Date.now()`.
 * @typedef {{ readonly file: string, readonly at: number }} Asked
 */

/**
 * @param {string} folder
 * @param {number} [port] a free one if none is given
 * @returns {Promise<{ url: string, asked: Asked[], close: () => void }>} `asked` grows while it is served
 */
export async function serve(folder, port = 0) {
  /** @type {Asked[]} */
  const asked = []
  const server = createServer(async ({ url = '/' }, response) => {
    // Normalizing first: no path leads out of the folder.
    const path = posix.normalize(new URL(url, 'http://localhost').pathname)
    const file = path.endsWith('/') ? `${path}index.html` : path
    const at = Date.now()
    try {
      const body = await readFile(join(folder, file))
      asked.push({ file: file.slice(1), at })
      response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' })
      response.end(body)
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(undefined)))
  const address = server.address()
  const at = typeof address === 'object' ? address?.port : undefined
  return { url: `http://127.0.0.1:${at}/`, asked, close: () => server.close() }
}

const [, program = '', folder, port] = process.argv
if (program === fileURLToPath(import.meta.url) && folder !== undefined) await serve(folder, Number(port))
