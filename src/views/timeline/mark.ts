import type { Layout } from './layout.ts'
import type { Palette } from './palette.ts'

/** An intervention's mark: a line through the lanes and a label at its foot, or none where there is no room. */
export interface Mark {
  readonly at: number
  readonly text: string
  readonly width: number
  /** Only clients' commands, nothing done to the cluster. */
  readonly isCommand: boolean
  /** Which row its label stands in; −1 for no label. */
  readonly row: number
}

export const INSET = 5

export const labelFont = ({ text }: Layout, palette: Palette): string => `600 ${text}px ${palette['font-ui']}`
