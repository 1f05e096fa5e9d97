import { fileURLToPath } from 'node:url'

const ENTRY = fileURLToPath(new URL('../app/main.tsx', import.meta.url))

interface Modules {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null
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
  for (const next of modules.getModuleInfo(id)?.importedIds ?? []) reach(next, modules, reached)
}
