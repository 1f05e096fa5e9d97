import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { brokenRules } from './layers.ts'

const SRC = fileURLToPath(new URL('.', import.meta.url))

function sources(): Map<string, string> {
  const paths = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.tsx?$/.test(path) && !/\.(test|long)\.tsx?$/.test(path) && path !== 'layers.ts')
  return new Map(paths.map((path) => [path, readFileSync(SRC + path, 'utf8')]))
}

describe('the layers of src', () => {
  it('are kept', () => {
    expect(brokenRules(sources())).toEqual([])
  })

  it('were looked at, every folder of them', () => {
    const seen = new Set([...sources().keys()].map((path) => path.split('/')[0]))
    const folders = readdirSync(SRC, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    expect(folders.length).toBeGreaterThan(0)
    for (const { name } of folders) {
      const hasCode = readdirSync(SRC + name, { recursive: true }).some((file) =>
        /(?<!\.test|\.long)\.tsx?$/.test(`${file}`),
      )
      expect([name, seen.has(name)]).toEqual([name, hasCode])
    }
  })
})

/** What the checker says of one line, in a file at `path`. */
const check = (path: string, line: string) =>
  brokenRules(new Map([[path, line]])).map((rule) => rule.replace(`${path}: `, ''))

describe('a broken rule is reported', () => {
  it.each([
    ['raft/a.ts', `import { b } from '../simulation/b.ts'`, 'imports simulation/b.ts'],
    ['raft/a.ts', `import '../simulation/b.ts'`, 'imports simulation/b.ts'],
    ['raft/a.ts', `import type { B } from '../simulation/b.ts'`, 'imports types of simulation/b.ts'],
    ['raft/a.ts', `type B = import('../simulation/b.ts').B`, 'imports types of simulation/b.ts'],
    ['raft/a.ts', `export { b } from '../simulation/b.ts'`, 'imports simulation/b.ts'],
    ['raft/a.ts', `export * from '../simulation/b.ts'`, 'imports simulation/b.ts'],
    ['raft/a.ts', `const b = await import('../simulation/b.ts')`, 'imports simulation/b.ts'],
    ['raft/a.ts', 'const b = await import(name)', 'imports something computed'],
    ['raft/deep/a.ts', `import { b } from '../../check/b.ts'`, 'imports check/b.ts'],
    ['base/a.ts', `import { b } from '../raft/b.ts'`, 'imports raft/b.ts'],
    ['store/a.ts', `const at = new URL('../worker/b.ts', import.meta.url)`, 'imports worker/b.ts'],
    ['words/a.ts', `import { b } from '../raft/b.ts'`, 'imports raft/b.ts'],
    ['words/a.ts', `import { type B } from '../raft/b.ts'`, 'imports raft/b.ts'],
    ['scenario/a.ts', `import { b } from '../raft/log.ts'`, 'imports raft/log.ts'],
    ['search/a.ts', `import { b } from '../worker/b.ts'`, 'imports worker/b.ts'],
    ['check/a.ts', `import { b } from '../search/b.ts'`, 'imports search/b.ts'],
    ['views/a.tsx', `import { b } from '../search/b.ts'`, 'imports search/b.ts'],
    ['views/a.tsx', `import { b } from '../worker/b.ts'`, 'imports worker/b.ts'],
    ['views/a.tsx', `import { b } from '../raft/log.ts'`, 'imports raft/log.ts'],
    ['app/a.ts', `import { b } from '../search/b.ts'`, 'imports search/b.ts'],
    ['cli/a.ts', `import { b } from '../store/b.ts'`, 'imports store/b.ts'],
    ['raft/a.ts', `import { b } from './b'`, 'imports raft/b without its extension'],
    ['raft/a.ts', `import { b } from '.'`, 'imports raft/ without its extension'],
    ['raft/a.ts', `import { b } from '../../e2e/b.ts'`, 'imports /e2e/b.ts'],
    ['raft/a.ts', `import { b } from 'src/base/b.ts'`, 'imports the package src/base/b.ts'],
    ['search/a.ts', `import * as v from 'valibot'`, 'imports the package valibot'],
    ['base/a.ts', `import fs from 'node:fs'`, 'imports the package node:fs'],
    ['store/a.ts', `import { useState } from 'react'`, 'imports the package react'],
    ['views/a.tsx', `import { create } from 'zustand'`, 'imports the package zustand'],
    ['app/a.tsx', `import { produce } from 'immer'`, 'imports the package immer'],
    [
      'bench/a.ts',
      `import { Dialog } from '@base-ui/react/dialog'`,
      'imports the package @base-ui/react/dialog',
    ],
    ['base/a.ts', 'const now = Date.now()', 'mentions Date'],
    ['raft/a.ts', 'const now = new Date()', 'mentions Date'],
    ['simulation/a.ts', 'const now = performance.now()', 'mentions performance'],
    ['simulation/a.ts', 'setTimeout(step, 1)', 'mentions setTimeout'],
    ['check/a.ts', 'const r = Math.random()', 'mentions Math.random'],
    ['search/a.ts', 'const { random } = Math', 'mentions Math'],
    ...['log', 'log2', 'exp', 'sin', 'cos', 'pow', 'sqrt'].map((f) => [
      'scenario/a.ts',
      `const x = Math.${f}(2)`,
      `mentions Math.${f}`,
    ]),
    ['words/a.ts', 'const w = window.innerWidth', 'mentions window'],
    ['words/a.ts', 'const d = { document }', 'mentions document'],
    ['worker/a.ts', `new Worker('a')`, 'starts a worker'],
    ['elsewhere/a.ts', '', 'is in no layer'],
    ['a.ts', '', 'is in no layer'],
  ])('%s: %s', (path, line, rule) => {
    expect(check(path ?? '', line ?? '')).toEqual([rule])
  })
})

describe('a kept rule is not', () => {
  it.each([
    ['raft/a.ts', `import { b } from './b.ts'`],
    ['raft/a.ts', `import { b } from '../base/b.ts'`],
    ['words/a.ts', `import type { B } from '../raft/b.ts'`],
    ['words/a.ts', `// import { b } from '../views/b.ts'\nconst text = 'Date.now() in the window'`],
    ['scenario/a.ts', `import { defaults } from '../raft/settings.ts'\nimport * as v from 'valibot'`],
    ['views/a.tsx', `import { majorityOf } from '../raft/configuration.ts'`],
    ['scenario/a.ts', `export type { B } from '../simulation/b.ts'`],
    ['simulation/a.ts', 'const x = Math.floor(a.window) + Math.max(1, b.Date)'],
    ['store/a.ts', `import { create } from 'zustand'\nimport { immer } from 'zustand/middleware/immer'`],
    [
      'views/a.tsx',
      `import { Dialog } from '@base-ui/react/dialog'\nimport './a.css'\nconst a = <p>window</p>`,
    ],
    ['app/a.ts', `new Worker(new URL('../worker/b.ts', import.meta.url), { type: 'module' })`],
    ['cli/a.ts', `import { readFileSync } from 'node:fs'\nconst now = Date.now()`],
  ])('%s: %s', (path, line) => {
    expect(check(path, line)).toEqual([])
  })
})
