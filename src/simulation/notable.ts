import type { Fact } from './facts.ts'

/**
 * How much a fact weighs in the telling: a `beat` is something to stop at, `minor` belongs in the list of what
 * happened, and `quiet` is the routine that would drown the rest.
 */
export type Weight = 'beat' | 'minor' | 'quiet'

/** Those that weigh the same whatever they say; all others are beats, or are decided one by one. */
const MINOR: ReadonlySet<Fact['kind']> = new Set<Fact['kind']>([
  'VoteCounted',
  'OwnVoteWritten',
  'VoteDenied',
  'PreVoteGranted',
  'PreVoteCounted',
  'PreVoteDenied',
  'NotStanding',
  'EntriesAppended',
  'EntriesKnown',
  'MatchAdvanced',
  'BatchStarted',
  'BatchSent',
  'ModeChanged',
  'WriteDone',
  'ChunkReceived',
  'SnapshotRefused',
  'SnapshotAcknowledged',
  'ChangeNeedless',
  'CatchUpRoundDone',
  'TimeoutNowIgnored',
  'CommitLearned',
  'CommandAnswered',
  'CommandHeldOff',
  'SessionOpened',
  'ReadStarted',
  'LeaseOver',
  'ReadAnswered',
  'ReadsDropped',
  'ClientSent',
  'ClientSentOn',
  'ClientToldNoLeader',
  'ClientToldToWait',
  'ClientNeedsSession',
])

const QUIET: ReadonlySet<Fact['kind']> = new Set<Fact['kind']>([
  'VoteRetried',
  'VoteReplyIgnored',
  'HeartbeatsSent',
  'HeartbeatAccepted',
  'AppendReplyIgnored',
  'PipelineFull',
  'SnapshotReplyIgnored',
  'Applied',
  'ClientReplyIgnored',
  'MessageHeld',
])

export function weightOf(fact: Fact): Weight {
  if (MINOR.has(fact.kind)) return 'minor'
  if (QUIET.has(fact.kind)) return 'quiet'
  switch (fact.kind) {
    case 'VoteGranted':
      return fact.again ? 'quiet' : 'beat'
    case 'TermAdopted':
      return fact.role === 'leader' || fact.role === 'candidate' ? 'beat' : 'minor'
    case 'EntriesSent':
      return fact.why === 'Unanswered' ? 'quiet' : 'minor'
    case 'SnapshotSent':
      if (fact.why === 'Unanswered') return 'quiet'
      return fact.why === 'NextChunk' ? 'minor' : 'beat'
    case 'MessageDuplicated':
      return fact.byHand ? 'beat' : 'minor'
    case 'MessageLost':
      if (fact.why === 'Dropped') return 'beat'
      return fact.why === 'Cut' || fact.why === 'ServerDown' ? 'quiet' : 'minor'
    default:
      return 'beat'
  }
}
