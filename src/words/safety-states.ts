import type { Micros, ServerId } from '../base/ids.ts'
import { isPromised, type Note, type PropertyId, type Violation } from '../check/properties.ts'
import { names } from './sentence.ts'

/** How a promise stands at a moment; `note` says what was not judged, and why. */
export type PropertyState = { readonly note: string | null } & (
  | { readonly kind: 'holds' }
  | {
      readonly kind: 'broken'
      readonly at: Micros
      readonly event: number
      /** It was not, if Raft as it is set up promises nothing of the kind. */
      readonly promised: boolean
    }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'not judged' }
)

/** What was found up to a moment, and whose disks had failed by then. */
interface Found {
  readonly notes: readonly Note[]
  readonly faulty: readonly ServerId[]
  /** Who judges what clients see was not there. */
  readonly unjudged: boolean
}

export function stateOf(id: PropertyId, { notes, faulty, unjudged }: Found): PropertyState {
  const all = notes.filter((note): note is Violation => note.kind === id)
  const broken = all.find(isPromised) ?? all[0]
  const note = faulty.length === 0 ? null : notJudged(id, faulty)
  if (broken !== undefined) {
    const { at, event } = broken
    const promised = isPromised(broken)
    return { kind: 'broken', at, event, promised, note: promised ? note : NO_SESSIONS }
  }
  const keys = notes.flatMap((it) => (it.kind === 'Untold' ? [it.key] : []))
  if (id === 'Linearizability' && unjudged)
    return {
      kind: 'not judged',
      note: 'The part of this page that judges it could not be loaded. Reload it to try again.',
    }
  if (id !== 'Linearizability' || keys.length === 0) return { kind: 'holds', note }
  const which = `Nobody can tell for ${keys.join(', ')}: too much was going on at once. For all other keys it holds.`
  return { kind: 'unknown', note: which }
}

const NO_SESSIONS =
  'Client sessions are off: nothing keeps a command that is sent again from being applied again.'

/** A disk that fails is outside Raft's assumptions. */
function notJudged(id: PropertyId, faulty: readonly ServerId[]): string | null {
  const disks = faulty.length === 1 ? `the disk of ${names(faulty)}` : `the disks of ${names(faulty)}`
  switch (id) {
    case 'TermsRise':
    case 'OneVote':
    case 'LeaderAppendOnly':
    case 'CommitRises':
      return `Not judged: the loss on ${disks} itself, since Raft assumes that disks keep what is written. What follows from it is.`
    case 'CommittedStays':
      return `Judged all the same, though it is outside Raft’s assumptions that ${disks} did not keep what was written.`
    default:
      return null
  }
}
