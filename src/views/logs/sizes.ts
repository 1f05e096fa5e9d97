/** How large the parts of the log matrix are, in CSS pixels. */
export interface Sizes {
  /** The width of one entry's column. */
  readonly column: number
  /** The width of the servers' names. */
  readonly names: number
  /** From row to row, and the part of it that a cell takes: between rows stand the leader's marks. */
  readonly pitch: number
  readonly cell: number
  /** How much larger than usual words and marks are. */
  readonly scale: number
}

const NARROW = 460
/** More servers share a height, between a least and a most for each. */
const ROWS = { height: 252, least: 28, most: 39 } as const
/** On a low screen there must be room for what stands below. */
const LOW_ROWS = { height: 200, least: 26, most: 33 } as const
/** For a projector the width is twelve columns, as Figure 7 has. */
const LARGE = { width: 510, column: 38, names: 48, least: 1.2, most: 3.4 } as const

export function sizesFor(width: number, servers: number, large: boolean, low = false): Sizes {
  const { height, least, most } = low && !large ? LOW_ROWS : ROWS
  const pitch = Math.max(least, Math.min(most, Math.floor(height / servers)))
  const cell = pitch - 8
  if (!large) {
    const narrow = width < NARROW
    return { column: narrow ? 40 : 47, names: narrow ? 46 : 52, pitch, cell, scale: 1 }
  }
  const scale = Math.max(LARGE.least, Math.min(LARGE.most, width / LARGE.width))
  const times = (size: number) => Math.round(size * scale)
  return {
    column: times(LARGE.column),
    names: times(LARGE.names),
    pitch: times(pitch),
    cell: times(cell),
    scale,
  }
}

/** Columns drawn beyond the edges, so that scrolling does not uncover emptiness. */
export const SPARE = 3

/** How many columns it takes to fill a width; the last one may be cut off. */
export const columnsIn = (width: number, { column, names }: Sizes): number =>
  Math.max(1, Math.ceil((width - names) / column))

/** How many columns there are: one for each entry of the longest log and a free one, or as many as there is room for. */
export const columnsOf = (longest: number, width: number, { column, names }: Sizes): number =>
  Math.max(longest + 1, Math.floor((width - names) / column))
