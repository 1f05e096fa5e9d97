import { parseAst } from 'rolldown/parseAst'

/** What the files of one folder of src may import, apart from each other. */
interface Layer {
  /** Folders it may import anything from. */
  readonly values: readonly string[]
  /** Folders it may only `import type` from. */
  readonly types?: readonly string[]
  /** Single files it may import anything from. */
  readonly files?: readonly string[]
  readonly packages?: readonly string[]
  /** The same seed must give the same run on every machine: no clock, no chance, no inexact arithmetic. */
  readonly deterministic?: true
}

const CORE = ['base', 'raft', 'simulation', 'check', 'search', 'scenario', 'words']
const PAGE = ['store', 'views', 'app']
const EVERYTHING = [...CORE, ...PAGE, 'worker', 'cli', 'bench']
const NOT_PAGE = EVERYTHING.filter((name) => !PAGE.includes(name))
const DRAWING = ['react', 'react-dom', 'd3', 'lucide-react', '@base-ui/react']

const LAYERS: Readonly<Record<string, Layer>> = {
  base: { deterministic: true, values: [] },
  raft: { deterministic: true, values: ['base'] },
  simulation: { deterministic: true, values: ['base', 'raft'] },
  check: { deterministic: true, values: ['base', 'raft', 'simulation'] },
  scenario: {
    deterministic: true,
    values: ['base'],
    types: ['raft', 'simulation'],
    files: ['raft/settings.ts', 'raft/broken-rules.ts', 'simulation/settings.ts'],
    packages: ['valibot'],
  },
  words: {
    deterministic: true,
    values: ['base'],
    types: ['raft', 'simulation', 'check', 'search', 'scenario'],
    // What Raft promises, and under which settings, is said in one place.
    files: ['check/properties.ts'],
  },
  search: { deterministic: true, values: ['base', 'raft', 'simulation', 'check', 'scenario', 'words'] },
  worker: { values: ['base', 'raft', 'simulation', 'check', 'search', 'scenario'] },
  store: {
    values: ['base', 'scenario', 'words'],
    types: ['worker', 'simulation', 'raft', 'check', 'search'],
    // What is planned on the page and tried in workers.
    files: ['search/curve.ts', 'search/turn.ts'],
    packages: ['zustand', 'immer'],
  },
  views: {
    values: ['base', 'store', 'words'],
    types: ['raft', 'simulation', 'check', 'search', 'scenario', 'worker'],
    // What makes a majority, and what a scenario may hold, is said in one place.
    files: ['raft/configuration.ts', 'scenario/scenario.ts'],
    packages: DRAWING,
  },
  app: { values: ['base', 'store', 'views', 'worker'], packages: DRAWING },
  prerender: {
    values: ['scenario', 'store', 'views', 'app'],
    packages: ['react-dom', 'rolldown', 'vite', 'node:'],
  },
  cli: { values: NOT_PAGE, packages: ['node:'] },
  bench: { values: NOT_PAGE, packages: ['node:'] },
}

const FORBIDDEN_NAMES =
  /^(Date|Math|performance|crypto|globalThis|window|document|setTimeout|setInterval|queueMicrotask)$/
const FORBIDDEN_MATH = /^(random|log|exp|pow|sqrt|cbrt|hypot|a?(sin|cos|tan))/

/** The little of a syntax tree's node that is read here. */
interface Node {
  readonly type: string
  readonly name?: string
  readonly value?: unknown
  readonly computed?: boolean
  readonly importKind?: string
  readonly exportKind?: string
  readonly source?: Node | null
  readonly callee?: Node
  readonly arguments?: readonly Node[]
  readonly object?: Node
  readonly property?: Node
}

interface Import {
  /** undefined where it is not a plain string, so nobody can tell what it names */
  readonly target: string | undefined
  readonly typeOnly: boolean
}

/** Checks files, given as path below src → text, and returns one line for each broken rule. */
export function brokenRules(files: ReadonlyMap<string, string>): string[] {
  return [...files].flatMap(([path, text]) => brokenRulesIn(path, text).map((rule) => `${path}: ${rule}`))
}

function brokenRulesIn(path: string, text: string): string[] {
  const folder = folderOf(path)
  const layer = Object.hasOwn(LAYERS, folder) ? LAYERS[folder] : undefined
  if (layer === undefined) return ['is in no layer']
  const broken: string[] = []
  visit(parseAst(text, { lang: path.endsWith('x') ? 'tsx' : 'ts' }, path) as unknown as Node, (node) => {
    const found = importIn(node)
    if (found !== undefined) broken.push(...brokenByImport(found, path, layer))
    if (isNew(node, 'Worker') && folder !== 'app') broken.push('starts a worker')
    const name = layer.deterministic && forbiddenName(node)
    if (name) broken.push(`mentions ${name}`)
  })
  return broken
}

function brokenByImport({ target, typeOnly }: Import, path: string, layer: Layer): string[] {
  if (target === undefined) return ['imports something computed']
  if (!target.startsWith('.')) {
    return (layer.packages ?? []).includes(packageOf(target)) ? [] : [`imports the package ${target}`]
  }
  const bare = target.replace(/\?.*$/, '')
  const file = resolve(path, bare)
  if (!/[^./]\.[a-z0-9]+$/.test(bare)) return [`imports ${file} without its extension`]
  const folder = folderOf(file)
  const allowed =
    folder === folderOf(path) ||
    layer.values.includes(folder) ||
    layer.files?.includes(file) ||
    (typeOnly && layer.types?.includes(folder))
  return allowed ? [] : [`imports ${typeOnly ? 'types of ' : ''}${file}`]
}

function importIn(node: Node): Import | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      if (!node.source) return undefined
      return { target: textOf(node.source), typeOnly: (node.importKind ?? node.exportKind) === 'type' }
    case 'TSImportType':
      return { target: textOf(node.source), typeOnly: true }
    case 'ImportExpression':
      return { target: textOf(node.source), typeOnly: false }
    default: {
      // Vite bundles what `new URL('…', import.meta.url)` names, so it is an import too.
      const [address, base] = (isNew(node, 'URL') && node.arguments) || []
      const ofModule = base?.object?.type === 'MetaProperty' && base.property?.name === 'url'
      return ofModule ? { target: textOf(address), typeOnly: false } : undefined
    }
  }
}

function forbiddenName(node: Node): string | undefined {
  if (isMathMember(node)) {
    const name = node.property?.name ?? ''
    return FORBIDDEN_MATH.test(name) ? `Math.${name}` : undefined
  }
  return node.type === 'Identifier' && FORBIDDEN_NAMES.test(node.name ?? '') ? node.name : undefined
}

function isMathMember(node: Node): boolean {
  return node.type === 'MemberExpression' && node.object?.name === 'Math' && node.computed === false
}

function isNew(node: Node, name: string): boolean {
  return node.type === 'NewExpression' && node.callee?.name === name
}

/** Visits every node but the names of properties, which mean nothing by themselves. */
function visit(node: Node, see: (node: Node) => void): void {
  see(node)
  for (const [key, child] of Object.entries(node)) {
    if ((key === 'property' || key === 'key') && node.computed === false) continue
    if (key === 'object' && isMathMember(node)) continue
    for (const part of Array.isArray(child) ? child : [child]) {
      if (typeof part?.type === 'string') visit(part, see)
    }
  }
}

function textOf(node: Node | null | undefined): string | undefined {
  return typeof node?.value === 'string' ? node.value : undefined
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.indexOf('/')))
}

/** `@scope/name/part` → `@scope/name`, `node:fs` → `node:` */
function packageOf(target: string): string {
  return /^(node:|@[^/]+\/[^/]+|[^/]+)/.exec(target)?.[0] ?? target
}

function resolve(from: string, target: string): string {
  return new URL(target, `file:///src/${from}`).pathname.replace(/^\/src\//, '')
}
