import { fresh } from './fresh.ts'
import { checkQuorum, oneWayCut } from './library/check-quorum.ts'
import { reads, sessions } from './library/clients.ts'
import type { LibraryEntry } from './library/entry.ts'
import { lostDisk, lostVote } from './library/faulty-disks.ts'
import { figure7 } from './library/figure-7.ts'
import { figure8d, figure8e } from './library/figure-8.ts'
import { firstElection } from './library/first-election.ts'
import { leaderCrash } from './library/leader-crash.ts'
import { lossyNetwork } from './library/lossy-network.ts'
import {
  addServer,
  bugOf2015,
  disjointMajorities,
  jointConsensus,
  removedServer,
  removeLeader,
} from './library/members.ts'
import { minorityLeader } from './library/minority-leader.ts'
import { noOp } from './library/no-op.ts'
import { batching, parallelWrite, pipelining, unwritten } from './library/performance.ts'
import { preVote } from './library/pre-vote.ts'
import { snapshots } from './library/snapshots.ts'
import { splitVote } from './library/split-vote.ts'
import { transfer } from './library/transfer.ts'

export type { LibraryEntry }

const alone = { pair: null, breaks: false } as const

/** All of them, by chapter, the easiest first. */
export const LIBRARY: readonly LibraryEntry[] = [
  {
    id: 'fresh',
    title: 'Fresh cluster',
    about: 'Five servers that have just started: wait for a leader, or interfere.',
    chapter: 'Leader election',
    ...alone,
    scenario: fresh,
  },
  {
    id: 'first-election',
    title: 'The first election',
    about: 'S4’s timer runs out first; it asks for votes and leads as soon as it has three of five.',
    chapter: 'Leader election',
    ...alone,
    scenario: firstElection,
  },
  {
    id: 'split-vote',
    title: 'A split vote',
    about:
      'Three servers stand within two milliseconds and none gets three votes; new random timeouts break the tie.',
    chapter: 'Leader election',
    ...alone,
    scenario: splitVote,
  },
  {
    id: 'leader-crash',
    title: 'The leader crashes',
    about: 'S3 goes silent, a follower notices and takes over in the next term; S3 comes back as a follower.',
    chapter: 'Leader election',
    ...alone,
    scenario: leaderCrash,
  },
  {
    id: 'minority-leader',
    title: 'A leader in the minority',
    about:
      'S1 keeps taking commands that it cannot commit; when the network heals, the majority’s leader erases them.',
    chapter: 'Log replication',
    ...alone,
    scenario: minorityLeader,
  },
  {
    id: 'figure-7',
    title: 'Log repair (Figure 7)',
    about:
      'Six followers’ logs differ from the new leader’s in six ways; watch nextIndex find where each one agrees.',
    chapter: 'Log replication',
    ...alone,
    scenario: figure7,
  },
  {
    id: 'figure-8',
    title: 'An old entry on a majority (Figure 8)',
    about:
      'S1’s entry of term 2 is on three of five servers and still not committed, until one of term 4 commits both.',
    chapter: 'Log replication',
    ...alone,
    scenario: figure8e,
  },
  {
    id: 'figure-8-overwritten',
    title: 'Why counting is not enough (Figure 8 d)',
    about: 'The same entry of term 2, on three of five servers: S5 wins term 5 and erases it everywhere.',
    chapter: 'Log replication',
    ...alone,
    scenario: figure8d,
  },
  ...noOp,
  {
    id: 'lossy-network',
    title: 'A lossy network',
    about:
      'One message in ten is lost and others arrive twice or late; retries bring the logs together all the same.',
    chapter: 'Unreliable networks',
    ...alone,
    scenario: lossyNetwork,
  },
  ...preVote,
  ...checkQuorum,
  ...oneWayCut,
  ...snapshots,
  ...addServer,
  removeLeader,
  ...jointConsensus,
  ...disjointMajorities,
  ...bugOf2015,
  ...removedServer,
  ...transfer,
  ...sessions,
  ...reads,
  ...batching,
  ...pipelining,
  ...parallelWrite,
  unwritten,
  ...lostVote,
  ...lostDisk,
]
