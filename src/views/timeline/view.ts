/** A window onto time, as something is drawn on it. */
export interface View {
  readonly start: number
  readonly perPixel: number
  readonly width: number
}

export const xIn = ({ start, perPixel }: View, time: number): number => (time - start) / perPixel
