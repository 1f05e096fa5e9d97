/** Where things stand between the timeline's upper and lower edge, in CSS pixels. */
export interface Layout {
  /** The first lane, and the distance from lane to lane. */
  readonly top: number
  readonly gap: number
  readonly servers: number
  /** The bottom line of each row of labels of interventions. */
  readonly labelRows: readonly number[]
  readonly bandTop: number
  readonly bandHeight: number
  /** The bottom line of the axis' numbers. */
  readonly axis: number
  /** The size of labels and numbers. */
  readonly text: number
}

const WIDEST_GAP = 30
/** Below this height one row of labels has to do. */
const LOW = 170
/** The height that is enlarged for a projector, as Timeline.css has it for a small one. */
const PRESENTED = 150
/** The usual size of labels and numbers. */
export const TEXT = 10.5

/** For a projector all of it grows with the height. */
export function layoutOf(height: number, servers: number, presenting = false): Layout {
  const times = presenting ? Math.max(1, height / PRESENTED) : 1
  const { top, gap, labelRows, bandTop, bandHeight, axis, text } = usualLayout(height / times, servers)
  return {
    top: top * times,
    gap: gap * times,
    servers,
    labelRows: labelRows.map((row) => row * times),
    bandTop: bandTop * times,
    bandHeight: bandHeight * times,
    axis: axis * times,
    text: text * times,
  }
}

function usualLayout(height: number, servers: number): Layout {
  const low = height < LOW
  const axis = height - 5
  const bandHeight = low ? 12 : 14
  const bandTop = axis - 14 - bandHeight
  const labelRows = low ? [bandTop - 5] : [bandTop - 18, bandTop - 5]
  const top = low ? 15 : 18
  const bottom = (labelRows[0] ?? bandTop) - 18
  const gap = servers > 1 ? Math.min(WIDEST_GAP, (bottom - top) / (servers - 1)) : 0
  // A cluster too small to fill the room stands in its middle.
  const free = Math.max(0, bottom - top - gap * (servers - 1))
  return { top: top + free / 2, gap, servers, labelRows, bandTop, bandHeight, axis, text: TEXT }
}

/** The height of a server's lane. */
export const laneY = ({ top, gap }: Layout, server: number): number => top + (server - 1) * gap

export const sameLayout = (a: Layout, b: Layout): boolean =>
  a.top === b.top && a.gap === b.gap && a.servers === b.servers && a.bandTop === b.bandTop
