import { readdirSync, readFileSync } from 'node:fs'
import { extname, posix } from 'node:path'
import { gzipSync } from 'node:zlib'
import { builtPage } from './build.ts'
import { atMost, type Figure } from './figures.ts'

const KB = 1000

/** What has to be loaded before anything is seen, as the built files tell it, gzipped. */
export function measureSize(given: string | undefined): Figure[] {
  const dist = builtPage(given)
  const first = loadedAtOnce(dist)
  const later = allFiles(dist).filter((file) => !first.has(file))
  const sum = (files: Iterable<string>) => [...files].reduce((bytes, file) => bytes + gzipped(dist, file), 0)
  const scripts = [...first].filter((file) => extname(file) === '.js')
  const figure = (name: string, files: readonly string[], note: string): Figure => {
    const measured = sum(files) / KB
    return { section: 'size', name, measured, unit: 'kB', target: null, note }
  }
  const count = (files: readonly string[]) => `gzipped, ${files.length} files`
  return [
    {
      ...figure('scripts and worker at once', scripts, `${count(scripts)} and what is in the page`),
      measured: (sum(scripts) + inlineScripts(dist)) / KB,
      target: atMost(150),
    },
    { ...figure('everything at once', [...first], count([...first])), target: atMost(200) },
    ...[...first].map((file) => figure(`  ${file}`, [file], '')),
    figure('what is loaded when it is needed', later, count(later)),
    ...later.map((file) => figure(`  ${file}`, [file], '')),
  ]
}

/** Bytes of a built file as a server sends it. */
export const gzipped = (dist: string, file: string): number =>
  gzipSync(readFileSync(posix.join(dist, file)), { level: 9 }).length

/** Bytes of the scripts that are in the page itself, gzipped. */
export function inlineScripts(dist: string): number {
  const page = readFileSync(posix.join(dist, 'index.html'), 'utf8')
  const scripts = [...page.matchAll(/<script[^>]*>(.*?)<\/script>/gs)].map((match) => match[1])
  return gzipSync(scripts.join('\n'), { level: 9 }).length
}

/** The page, what it names, and what those import without waiting to be asked; the worker among it. */
function loadedAtOnce(dist: string): Set<string> {
  const files = new Set<string>()
  const take = (file: string) => {
    if (files.has(file)) return
    files.add(file)
    const text = readFileSync(posix.join(dist, file), 'utf8')
    for (const named of namedIn(text, extname(file))) take(posix.join(posix.dirname(file), named))
  }
  take('index.html')
  return files
}

function namedIn(text: string, extension: string): string[] {
  const all = (pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] ?? '')
  switch (extension) {
    case '.html':
      // Its styles are in it.
      return [...all(/(?:src|href)="(\.\/[^"]+)"/g), ...namedIn(text, '.css')]
    case '.css':
      return all(/url\(["']?(?!data:)([^"')]+)["']?\)/g)
    case '.js':
      // Static imports, and the worker; `import(…)` waits.
      return [
        ...all(/(?:^|[;\n}])\s*(?:import|export)\s*(?:[\w*${}\s,]+?\bfrom\s*)?["'`](\.[^"'`]+)["'`]/g),
        ...all(/new Worker\([^"'`]*["'`]([^"'`]+)["'`]/g),
      ]
    default:
      return []
  }
}

function allFiles(dist: string): string[] {
  return readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => posix.relative(dist, posix.join(entry.parentPath, entry.name)))
    .sort()
}
