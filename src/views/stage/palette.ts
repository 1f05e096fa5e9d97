import type { Look } from './flights.ts'

/** The colours of the current theme, read once per theme. */
export interface Palette {
  readonly surface: string
  readonly accent: string
  /** For the timer ring of a server that is still in term 0. */
  readonly edge: string
  readonly bad: string
  readonly looks: Readonly<Record<Look, string>>
  /** The same, let through, for trails. */
  readonly trails: Readonly<Record<Look, string>>
  readonly terms: readonly string[]
}

export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement)
  const color = (name: string) => style.getPropertyValue(name).trim()
  const looks = {
    vote: color('--msg-vote'),
    append: color('--msg-append'),
    beat: color('--msg-beat'),
    accept: color('--msg-accept'),
    refuse: color('--msg-refuse'),
    client: color('--msg-client'),
  }
  const faint = (look: Look) => `color-mix(in srgb, ${looks[look]} 38%, transparent)`
  return {
    surface: color('--surface'),
    accent: color('--accent'),
    edge: color('--edge'),
    bad: color('--bad'),
    looks,
    trails: {
      vote: faint('vote'),
      append: faint('append'),
      beat: faint('beat'),
      accept: faint('accept'),
      refuse: faint('refuse'),
      client: faint('client'),
    },
    terms: [1, 2, 3, 4, 5, 6].map((n) => color(`--term-${n}`)),
  }
}

export const colorOfTerm = (palette: Palette, term: number): string =>
  term === 0 ? palette.edge : (palette.terms[(term - 1) % 6] ?? palette.edge)
