import { unreachable } from '../base/assert.ts'
import type { Fact } from '../simulation/facts.ts'
import type { LaterFact } from './later.ts'
import type { Sentence } from './sentence.ts'
import { tellClient } from './tell-clients.ts'
import { tellCommit } from './tell-commit.ts'
import { tellElection } from './tell-election.ts'
import { tellMessage } from './tell-messages.ts'
import { tellReplication } from './tell-replication.ts'

/** Facts of a cluster as §5 and §8 have it, and of what is done to its servers and links. */
export type FirstFact = Exclude<Fact, LaterFact>

export function tellFirst(fact: FirstFact): Sentence {
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
    case 'NoOpAppended':
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
    case 'MessageLost':
    case 'MessageHeld':
    case 'MessageDelayed':
    case 'MessageDuplicated':
    case 'MessageHurried':
      return tellMessage(fact)
    default:
      return unreachable(fact)
  }
}
