import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type InputOptions, type OutputOptions, type Plugin as RolldownPlugin, rolldown } from 'rolldown'
import type { Plugin } from 'vite'

const SHELL = fileURLToPath(new URL('./shell.tsx', import.meta.url))
const PICTURE = fileURLToPath(new URL('./picture.tsx', import.meta.url))
const RUNTIME = fileURLToPath(new URL('./jsx-runtime.ts', import.meta.url))
/** Inside the project, where packages are found. */
const SHELL_BUILT = 'node_modules/.cache/whitewater/shell.mjs'

/** What Vite has written into the page. The program is the last of the scripts, and imports the others. */
const SCRIPTS = /<script type="module" crossorigin src="([^"]+)"><\/script>/g
const STYLES = /<link rel="stylesheet" crossorigin href="\.\/([^"]+)">/
const ROOT = '<div id="root"></div>'
/** The font of all words on the picture. */
const FONT = /assets\/inter-[^"')]+\.woff2/

/**
 * The cluster is on the screen with the first paint of the page: the built page holds the shell as React renders it, and
 * a script of a few kB that draws the cluster into it by the same components. The program is fetched meanwhile, starts
 * when that is painted, and takes over what is there. The styles are in the page too: it is not painted without them.
 */
export function prerender(): Plugin {
  return {
    name: 'whitewater-prerender',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      async handler(html, { bundle = {} }) {
        const entry = [...html.matchAll(SCRIPTS)].at(-1)?.[1]
        const sheet = bundle[STYLES.exec(html)?.[1] ?? '']
        if (entry === undefined || sheet?.type !== 'asset' || !html.includes(ROOT))
          throw new Error('the page has another shape than expected')
        const [shell, script] = await Promise.all([shellMarkup(), pictureScript()])
        const styles = fromPage(String(sheet.source), posix.dirname(sheet.fileName))
        // Parts that are loaded later ask for it all the same, and would fail if it were not there.
        sheet.source = ''
        const font = `<link rel="preload" href="./${FONT.exec(styles)?.[0]}" as="font" type="font/woff2" crossorigin>`
        const body = `<div id="root">${shell}</div>\n    <script data-entry="${entry}">${script}</script>`
        return html
          .replace(SCRIPTS, '<link rel="modulepreload" crossorigin href="$1">')
          .replace('<link rel="modulepreload"', `${font}\n    $&`)
          .replace(STYLES, () => `<style>${styles}</style>`)
          .replace(ROOT, () => body)
      },
    },
  }
}

/** A style sheet of a folder, as it reads in the page. */
const fromPage = (styles: string, folder: string): string =>
  styles.trim().replace(/url\((["']?)\.\//g, `url($1./${folder}/`)

/** They are in the page already. */
const noStyles: RolldownPlugin = {
  name: 'no-styles',
  load: (id) => (id.endsWith('.css') ? { code: '', moduleType: 'js' } : null),
}

async function shellMarkup(): Promise<string> {
  const code = await bundled(
    {
      input: SHELL,
      platform: 'node',
      external: /^[^./]/,
      transform: { jsx: { runtime: 'automatic', development: false } },
      plugins: [noStyles],
    },
    { format: 'esm', codeSplitting: false },
  )
  mkdirSync(dirname(SHELL_BUILT), { recursive: true })
  writeFileSync(SHELL_BUILT, code)
  const env = { ...process.env, NODE_ENV: 'production' }
  return execFileSync(process.execPath, [SHELL_BUILT], { encoding: 'utf8', env })
}

async function pictureScript(): Promise<string> {
  const code = await bundled(
    {
      input: PICTURE,
      platform: 'browser',
      resolve: { alias: { react: RUNTIME, 'jsx/jsx-runtime': RUNTIME } },
      transform: { jsx: { runtime: 'automatic', importSource: 'jsx', development: false }, target: 'es2022' },
      plugins: [noStyles],
    },
    { format: 'iife', minify: true, codeSplitting: false },
  )
  // Nothing in a script may look like its end.
  return code.trim().replaceAll('</', '<\\/')
}

async function bundled(input: InputOptions, output: OutputOptions): Promise<string> {
  const bundle = await rolldown(input)
  try {
    const { output: files } = await bundle.generate(output)
    return files[0].code
  } finally {
    await bundle.close()
  }
}
