import type { Tried } from '../../store/find.ts'
import { grouped } from '../kit/format.ts'

export const counted = (n: number, what: string): string =>
  n === 1 ? `one ${what}` : `${grouped(n)} ${what}s`

/** `412,000 scenarios (39,200,000 events, 43.2 s)` */
export const triedText = ({ scenarios, events, seconds }: Tried): string =>
  `${counted(scenarios, 'scenario')} (${counted(events, 'event')}, ${seconds.toFixed(1)} s)`
