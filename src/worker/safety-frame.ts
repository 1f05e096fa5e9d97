import { FIGURE_3, isPromised, type Note, type Violation } from '../check/properties.ts'
import type { History } from '../simulation/history.ts'
import type { SafetyFrame } from './protocol.ts'

/** A history that is judged as it is made. */
export type Judged = History<Violation, Note>

/** What was broken up to the moment at which the cursor stands. */
export function safetyOf({ notes, end, world }: Judged, unjudged: boolean): SafetyFrame {
  const past = notes.filter(({ event }) => event < world.events)
  const last = end !== null && end.event < world.events ? end.verdict : null
  const all: readonly Note[] = last === null ? past : [...past, last]
  const promised = all.filter((note): note is Violation => note.kind !== 'Untold' && isPromised(note))
  const broken = promised.map(({ kind }) => kind)
  const stops = promised.map(({ event }) => event)
  const held = FIGURE_3.filter((id) => !broken.includes(id)).length
  const faulty = world.hosts.filter(({ losses }) => losses > 0).map(({ id }) => id)
  return { held, notes: all, broken, stops, faulty, unjudged }
}

/** What an event broke, the gravest first. */
export function violationIn({ notes, end }: Judged, event: number): Violation | null {
  if (end !== null && end.event === event && end.verdict !== null) return end.verdict
  const here = notes.flatMap((note) => (note.event === event && note.kind !== 'Untold' ? [note] : []))
  return here.find(isPromised) ?? here[0] ?? null
}
