// Serves a built page on a free port of this machine, and tells which files were asked for.
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, posix } from 'node:path'

/** @type {Readonly<Record<string, string>>} */
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/**
 * @param {string} folder
 * @returns {Promise<{ url: string, asked: string[], close: () => void }>} `asked` grows while it is served
 */
export async function serve(folder) {
  /** @type {string[]} */
  const asked = []
  const server = createServer(async ({ url = '/' }, response) => {
    // Normalizing first: no path leads out of the folder.
    const path = posix.normalize(new URL(url, 'http://localhost').pathname)
    const file = path.endsWith('/') ? `${path}index.html` : path
    try {
      const body = await readFile(join(folder, file))
      asked.push(file.slice(1))
      response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' })
      response.end(body)
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return { url: `http://127.0.0.1:${port}/`, asked, close: () => server.close() }
}
