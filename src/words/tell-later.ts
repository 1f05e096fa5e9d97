import { unreachable } from '../base/assert.ts'
import type { LaterFact } from './later.ts'
import type { Sentence } from './sentence.ts'
import { tellBroken } from './tell-broken.ts'
import { tellImpossible } from './tell-impossible.ts'
import { tellMembership, tellTransfer } from './tell-members.ts'
import { tellPerformance } from './tell-performance.ts'
import { tellPreVote } from './tell-pre-vote.ts'
import { tellRead } from './tell-reads.ts'
import { tellSettings } from './tell-settings.ts'
import { tellSnapshot } from './tell-snapshots.ts'
import { tellWorld } from './tell-world.ts'

export function tellLater(fact: LaterFact): Sentence {
  switch (fact.kind) {
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
    case 'WriteDone':
      return tellPerformance(fact)
    case 'StorageLost':
    case 'ServerAdded':
    case 'DiskChanged':
    case 'ClockChanged':
    case 'SettingsChanged':
    case 'LinkChanged':
      return tellSettings(fact)
    case 'RuleBroken':
      return tellBroken(fact)
    case 'Impossible':
      return tellImpossible(fact)
    case 'ServerCrashed':
    case 'ServerRestarted':
    case 'ServerPaused':
    case 'ServerResumed':
    case 'Partitioned':
    case 'Isolated':
    case 'LinkCut':
    case 'LinkMended':
    case 'Healed':
    case 'NothingToDo':
    case 'TooManyMessages':
      return tellWorld(fact)
    default:
      return unreachable(fact)
  }
}
