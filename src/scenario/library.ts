import { fresh } from './fresh.ts'
import { figure7 } from './library/figure-7.ts'
import { figure8d, figure8e } from './library/figure-8.ts'
import { firstElection } from './library/first-election.ts'
import { leaderCrash } from './library/leader-crash.ts'
import { lossyNetwork } from './library/lossy-network.ts'
import { minorityLeader } from './library/minority-leader.ts'
import { splitVote } from './library/split-vote.ts'
import type { Scenario } from './scenario.ts'

/** A scenario that comes with the program. */
export interface LibraryEntry {
  /** Never changed: addresses and commands use it. */
  readonly id: string
  readonly title: string
  /** What to look for. */
  readonly about: string
  readonly scenario: Scenario
}

/** All of them, the easiest first. */
export const LIBRARY: readonly LibraryEntry[] = [
  {
    id: 'fresh',
    title: 'Fresh cluster',
    about: 'Five servers that have just started: wait for a leader, or interfere.',
    scenario: fresh,
  },
  {
    id: 'first-election',
    title: 'The first election',
    about: 'S4’s timer runs out first; it asks for votes and leads as soon as it has three of five.',
    scenario: firstElection,
  },
  {
    id: 'split-vote',
    title: 'A split vote',
    about:
      'Three servers stand within two milliseconds and none gets three votes; new random timeouts break the tie.',
    scenario: splitVote,
  },
  {
    id: 'leader-crash',
    title: 'The leader crashes',
    about: 'S3 goes silent, a follower notices and takes over in the next term; S3 comes back as a follower.',
    scenario: leaderCrash,
  },
  {
    id: 'minority-leader',
    title: 'A leader in the minority',
    about:
      'S1 keeps taking commands that it cannot commit; when the network heals, the majority’s leader erases them.',
    scenario: minorityLeader,
  },
  {
    id: 'figure-7',
    title: 'Log repair (Figure 7)',
    about:
      'Six followers’ logs differ from the new leader’s in six ways; watch nextIndex find where each one agrees.',
    scenario: figure7,
  },
  {
    id: 'figure-8',
    title: 'An old entry on a majority (Figure 8)',
    about:
      'S1’s entry of term 2 is on three of five servers and still not committed, until one of term 4 commits both.',
    scenario: figure8e,
  },
  {
    id: 'figure-8-overwritten',
    title: 'Why counting is not enough (Figure 8 d)',
    about: 'The same entry of term 2, on three of five servers: S5 wins term 5 and erases it everywhere.',
    scenario: figure8d,
  },
  {
    id: 'lossy-network',
    title: 'A lossy network',
    about:
      'One message in ten is lost and others arrive twice or late; retries bring the logs together all the same.',
    scenario: lossyNetwork,
  },
]
