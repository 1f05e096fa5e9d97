import type { Fact } from './facts.ts'

/**
 * How much a fact weighs in the telling: a `beat` is something to stop at, `minor` belongs in the list of what
 * happened, and `quiet` is the routine that would drown the rest.
 */
export type Weight = 'beat' | 'minor' | 'quiet'

const BEATS: ReadonlySet<Fact['kind']> = new Set<Fact['kind']>([
  'BecameCandidate',
  'BecameLeader',
  'VoteGranted',
  'VoteRefused',
  'TermAdopted',
  'YieldedToLeader',
  'AppendRefused',
  'EntriesErased',
  'NextBackedUp',
  'CommandAppended',
  'Committed',
  'CommitHeld',
  'CommandRedirected',
  'ClientAnswered',
  'ClientGaveUp',
  'ServerCrashed',
  'ServerRestarted',
  'ServerPaused',
  'ServerResumed',
  'Partitioned',
  'Isolated',
  'LinkCut',
  'LinkMended',
  'Healed',
  'Impossible',
])

const QUIET: ReadonlySet<Fact['kind']> = new Set<Fact['kind']>([
  'HeartbeatAccepted',
  'AppendReplyIgnored',
  'EntriesKnown',
  'EntriesSent',
  'MatchAdvanced',
  'Applied',
  'VoteCounted',
  'CommandAnswered',
])

export function weightOf(fact: Fact): Weight {
  if (BEATS.has(fact.kind)) return 'beat'
  if (fact.kind === 'HeartbeatsSent') return fact.behind.length > 0 ? 'minor' : 'quiet'
  return QUIET.has(fact.kind) ? 'quiet' : 'minor'
}
