import { fileURLToPath } from 'node:url'

const ENTRY = fileURLToPath(new URL('../app/main.tsx', import.meta.url))

interface Modules {
  getModuleInfo(id: string): ModuleInfo | null
}

interface ModuleInfo {
  readonly importedIds: readonly string[]
  readonly code: string | null
}

/**
 * Names the chunk of all that the program needs at once, so that it is one file. Left alone, the bundler cuts out what
 * parts that are loaded later share with it, and the first view has to ask for six files.
 */
export function firstChunk(): (id: string, modules: Modules) => string | null {
  const needed = new Set<string>()
  return (id, modules) => {
    if (needed.size === 0) reach(ENTRY, modules, needed)
    return needed.has(id) ? 'page' : null
  }
}

function reach(id: string, modules: Modules, reached: Set<string>): void {
  if (reached.has(id)) return
  reached.add(id)
  const info = modules.getModuleInfo(id)
  for (const next of info?.importedIds ?? []) {
    if (ALL_ICONS.test(next))
      for (const icon of iconsIn(info?.code ?? '')) reach(iconAt(next, icon), modules, reached)
    else reach(next, modules, reached)
  }
}

/** Lucide's index reaches every icon there is: a module needs those that it names. */
const ALL_ICONS = /lucide-react\.mjs$/

const iconsIn = (code: string): readonly string[] =>
  [...code.matchAll(/import \{([^}]*)\} from "lucide-react"/g)].flatMap(
    (found) => found[1]?.match(/\w+/g) ?? [],
  )

/** `MousePointer2` is in mouse-pointer-2.mjs. */
const iconAt = (index: string, name: string): string =>
  index.replace(/[^/]+$/, `icons/${name.replace(/(?<=[a-z])(?=[A-Z0-9])/g, '-').toLowerCase()}.mjs`)
