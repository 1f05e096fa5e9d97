/** How large the parts of the log matrix are, in CSS pixels. */
export interface Sizes {
  /** The width of one entry's column. */
  readonly column: number
  /** The width of the servers' names. */
  readonly names: number
  /** From row to row, and the part of it that a cell takes: between rows stand the leader's marks. */
  readonly pitch: number
  readonly cell: number
}

const NARROW = 460
/** More servers share this height. */
const HEIGHT = 252
const LARGE = 1.2

export function sizesFor(width: number, servers: number, large: boolean): Sizes {
  const pitch = Math.max(28, Math.min(39, Math.floor(HEIGHT / servers)))
  const cell = pitch - 8
  if (large)
    return { column: 56, names: 66, pitch: Math.round(pitch * LARGE), cell: Math.round(cell * LARGE) }
  return width < NARROW ? { column: 40, names: 46, pitch, cell } : { column: 47, names: 52, pitch, cell }
}

/** Columns drawn beyond the edges, so that scrolling does not uncover emptiness. */
export const SPARE = 3

/** How many columns it takes to fill a width; the last one may be cut off. */
export const columnsIn = (width: number, { column, names }: Sizes): number =>
  Math.max(1, Math.ceil((width - names) / column))

/** How many columns there are: one for each entry of the longest log and a free one, or as many as there is room for. */
export const columnsOf = (longest: number, width: number, { column, names }: Sizes): number =>
  Math.max(longest + 1, Math.floor((width - names) / column))
