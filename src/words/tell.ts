import { unreachable } from '../base/assert.ts'
import type { Fact } from '../simulation/facts.ts'
import type { Weight } from '../simulation/notable.ts'
import { tellBroken } from './tell-broken.ts'
import { tellClient } from './tell-clients.ts'
import { tellCommit } from './tell-commit.ts'
import { tellElection } from './tell-election.ts'
import { tellImpossible } from './tell-impossible.ts'
import { tellMembership, tellTransfer } from './tell-members.ts'
import { tellMessage } from './tell-messages.ts'
import { tellPreVote } from './tell-pre-vote.ts'
import { tellRead } from './tell-reads.ts'
import { tellReplication } from './tell-replication.ts'
import { tellSnapshot } from './tell-snapshots.ts'
import { tellWorld } from './tell-world.ts'

/** A piece of a sentence; what happened is strong, the rest says why. */
export interface Part {
  readonly text: string
  readonly strong?: boolean
}

/** One thing that happened, as a sentence. */
export interface Sentence {
  /** `S3` or `C1`; empty for what happens to the network or the whole cluster. The subject of the parts. */
  readonly who: string
  readonly parts: readonly Part[]
  /** Where the paper says so. */
  readonly rule: string | null
  /** A `beat` is what a lecture stops at, `minor` what a list of events shows too, `quiet` the rest. */
  readonly weight: Weight
}

/** The sentence as one line of text: `S1 stepped down: … . §5.1` */
export function plain({ who, parts, rule }: Sentence): string {
  const text = parts.map((part) => part.text).join('')
  const ended = /[.!?]$/.test(text) ? text : `${text}.`
  return [who, ended, rule].filter(Boolean).join(' ')
}

/** The sentence for any fact: what happened, why, and where the paper says so. */
export function tell(fact: Fact): Sentence {
  switch (fact.kind) {
    case 'BecameCandidate':
    case 'LeaderHasNoElectionTimer':
    case 'VoteRetried':
    case 'VoteGranted':
    case 'VoteRefused':
    case 'VoteCounted':
    case 'OwnVoteWritten':
    case 'VoteDenied':
    case 'VoteReplyIgnored':
    case 'BecameLeader':
    case 'TermAdopted':
    case 'YieldedToLeader':
      return tellElection(fact)
    case 'PreVoteStarted':
    case 'PreVoteGranted':
    case 'PreVoteRefused':
    case 'PreVoteCounted':
    case 'PreVoteDenied':
    case 'SteppedDown':
    case 'NotStanding':
      return tellPreVote(fact)
    case 'SnapshotTaken':
    case 'SnapshotSent':
    case 'ChunkReceived':
    case 'SnapshotRefused':
    case 'SnapshotIgnored':
    case 'SnapshotInstalled':
    case 'SnapshotAcknowledged':
    case 'SnapshotReplyIgnored':
      return tellSnapshot(fact)
    case 'ConfigurationAppended':
    case 'ConfigurationAdopted':
    case 'ConfigurationRolledBack':
    case 'ChangeHeld':
    case 'ChangeRefused':
    case 'ChangeNeedless':
    case 'CatchUpStarted':
    case 'CatchUpRoundDone':
    case 'CatchUpGivenUp':
      return tellMembership(fact)
    case 'TransferStarted':
    case 'TransferRefused':
    case 'TimeoutNowSent':
    case 'TimeoutNowTaken':
    case 'TimeoutNowIgnored':
    case 'TransferAbandoned':
      return tellTransfer(fact)
    case 'ReadStarted':
    case 'ReadHeld':
    case 'LeaseOver':
    case 'ReadAnswered':
    case 'ReadsDropped':
      return tellRead(fact)
    case 'BatchStarted':
    case 'BatchSent':
    case 'PipelineFull':
    case 'ModeChanged':
    case 'NoOpAppended':
    case 'WriteDone':
    case 'HeartbeatsSent':
    case 'EntriesSent':
    case 'AppendRefused':
    case 'HeartbeatAccepted':
    case 'EntriesErased':
    case 'EntriesAppended':
    case 'EntriesKnown':
    case 'MatchAdvanced':
    case 'NextBackedUp':
    case 'AppendReplyIgnored':
      return tellReplication(fact)
    case 'Committed':
    case 'CommitHeld':
    case 'CommitLearned':
    case 'Applied':
      return tellCommit(fact)
    case 'CommandAppended':
    case 'CommandRedirected':
    case 'CommandAnswered':
    case 'CommandHeldOff':
    case 'CommandSkipped':
    case 'SessionOpened':
    case 'SessionEnded':
    case 'ClientToldToWait':
    case 'ClientNeedsSession':
    case 'ClientLostSession':
    case 'ClientSent':
    case 'ClientSentOn':
    case 'ClientToldNoLeader':
    case 'ClientTimedOut':
    case 'ClientGaveUp':
    case 'ClientAnswered':
    case 'ClientReplyIgnored':
      return tellClient(fact)
    case 'ServerCrashed':
    case 'ServerRestarted':
    case 'StorageLost':
    case 'ServerAdded':
    case 'DiskChanged':
    case 'ServerPaused':
    case 'ServerResumed':
    case 'ClockChanged':
    case 'Partitioned':
    case 'Isolated':
    case 'LinkCut':
    case 'LinkMended':
    case 'Healed':
    case 'SettingsChanged':
    case 'LinkChanged':
    case 'NothingToDo':
    case 'TooManyMessages':
      return tellWorld(fact)
    case 'MessageLost':
    case 'MessageHeld':
    case 'MessageDelayed':
    case 'MessageDuplicated':
    case 'MessageHurried':
      return tellMessage(fact)
    case 'RuleBroken':
      return tellBroken(fact)
    case 'Impossible':
      return tellImpossible(fact)
    default:
      return unreachable(fact)
  }
}
