const NAMES = [
  'surface',
  'line',
  'line-strong',
  'edge',
  'ink',
  'ink-2',
  'ink-3',
  'accent',
  'bad',
  'warn',
  'term-1',
  'term-2',
  'term-3',
  'term-4',
  'term-5',
  'term-6',
  'msg-vote',
  'msg-append',
  'msg-accept',
  'msg-refuse',
  'msg-beat',
  'msg-client',
  'font-ui',
] as const

/** The page's colours and font as a canvas needs them: resolved. */
export type Palette = Readonly<Record<(typeof NAMES)[number], string>>

export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement)
  const entries = NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()] as const)
  return Object.fromEntries(entries) as Palette
}

/** Calls back when the theme changes. Returns how to stop. */
export function onThemeChange(changed: () => void): () => void {
  const observer = new MutationObserver(changed)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  return () => observer.disconnect()
}

const TERMS = ['term-1', 'term-2', 'term-3', 'term-4', 'term-5', 'term-6'] as const

export const colorOfTerm = (palette: Palette, term: number): string =>
  term === 0 ? palette.edge : palette[TERMS[(term - 1) % TERMS.length] ?? 'term-1']
