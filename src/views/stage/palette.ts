import { LOOKS, type Look } from './flights.ts'

/** The colours of the current theme, read once per theme. */
export interface Palette {
  readonly surface: string
  readonly accent: string
  /** For the timer ring of a server that is still in term 0. */
  readonly edge: string
  readonly bad: string
  /** For what runs on a disk. */
  readonly ink: string
  readonly looks: Readonly<Record<Look, string>>
  /** The same, let through, for trails. */
  readonly trails: Readonly<Record<Look, string>>
  readonly terms: readonly string[]
}

export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement)
  const color = (name: string) => style.getPropertyValue(name).trim()
  const [vote, append, accept, refuse] = ['vote', 'append', 'accept', 'refuse'].map((name) =>
    color(`--msg-${name}`),
  ) as [string, string, string, string]
  const looks = {
    vote,
    append,
    beat: color('--msg-beat'),
    accept,
    refuse,
    client: color('--msg-client'),
    preVote: vote,
    preAccept: accept,
    preRefuse: refuse,
    snapshot: append,
    timeoutNow: vote,
  }
  const trails = Object.fromEntries(
    LOOKS.map((look) => [look, `color-mix(in srgb, ${looks[look]} 38%, transparent)`]),
  ) as Record<Look, string>
  return {
    surface: color('--surface'),
    accent: color('--accent'),
    edge: color('--edge'),
    bad: color('--bad'),
    ink: color('--ink-2'),
    looks,
    trails,
    terms: [1, 2, 3, 4, 5, 6].map((n) => color(`--term-${n}`)),
  }
}

export const colorOfTerm = (palette: Palette, term: number): string =>
  term === 0 ? palette.edge : (palette.terms[(term - 1) % 6] ?? palette.edge)
