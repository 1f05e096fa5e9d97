import type { LogIndex, Micros, ServerId, Term } from '../base/ids.ts'
import type { MessageKind } from './messages.ts'
import type { Role } from './server.ts'
import type { BreakableRule } from './settings.ts'

/** A place in a log: an index and the term of the entry there. */
export interface Place {
  readonly index: LogIndex
  readonly term: Term
}

export type ElectionFact =
  | {
      readonly kind: 'BecameCandidate'
      readonly term: Term
      readonly again: boolean
      readonly waited: Micros
      readonly why: WhyCandidate
    }
  | { readonly kind: 'LeaderHasNoElectionTimer'; readonly term: Term }
  | { readonly kind: 'VoteRetried'; readonly to: ServerId; readonly term: Term }
  | {
      readonly kind: 'VoteGranted'
      readonly candidate: ServerId
      readonly term: Term
      readonly again: boolean
      /** The rules that this vote broke, if it did. */
      readonly broke?: readonly BreakableRule[]
    }
  | {
      readonly kind: 'VoteRefused'
      readonly candidate: ServerId
      readonly term: Term
      readonly why: VoteRefusal
    }
  | ({ readonly kind: 'VoteCounted'; readonly voter: ServerId; readonly term: Term } & Tally)
  /** Its own vote, which counts once it is on its disk. */
  | ({ readonly kind: 'OwnVoteWritten'; readonly term: Term } & Tally)
  | { readonly kind: 'VoteDenied'; readonly voter: ServerId; readonly term: Term }
  | {
      readonly kind: 'VoteReplyIgnored'
      readonly voter: ServerId
      readonly granted: boolean
      readonly why: 'OldElection' | 'NotCandidate' | 'CountedBefore'
    }
  | {
      readonly kind: 'BecameLeader'
      readonly term: Term
      readonly voters: readonly ServerId[]
      readonly servers: number
    }
  | {
      readonly kind: 'TermAdopted'
      readonly was: Term
      readonly term: Term
      readonly role: Role
      readonly from: ServerId
      readonly message: MessageKind
    }
  | { readonly kind: 'YieldedToLeader'; readonly leader: ServerId; readonly term: Term }

/**
 * Its election timer ran out or was made to; a majority would vote for it (D 9.6), or fewer, where they decide;
 * its leader hands over (D 3.10).
 */
export type WhyCandidate = 'TimedOut' | 'Forced' | 'PreVotes' | 'FewPreVotes' | 'Transfer'

/** Votes so far, of those needed; in joint consensus, in the new configuration as well (§6). */
export interface Tally {
  readonly votes: number
  readonly needed: number
  readonly joint: { readonly votes: number; readonly needed: number } | null
}

/** D 9.6. `term` is the one that the election would have. */
export type PreVoteFact =
  | {
      readonly kind: 'PreVoteStarted'
      readonly term: Term
      readonly again: boolean
      readonly waited: Micros
      readonly forced: boolean
    }
  | {
      readonly kind: 'PreVoteGranted'
      readonly candidate: ServerId
      readonly term: Term
      /** The rules that such a vote would break, if it would. */
      readonly broke?: readonly BreakableRule[]
    }
  | {
      readonly kind: 'PreVoteRefused'
      readonly candidate: ServerId
      readonly term: Term
      readonly why: VoteRefusal
    }
  | ({ readonly kind: 'PreVoteCounted'; readonly voter: ServerId; readonly term: Term } & Tally)
  | { readonly kind: 'PreVoteDenied'; readonly voter: ServerId; readonly term: Term }

/** Why a leader leaves office by itself, and why a server does not stand for it. */
export type StandingFact =
  | {
      readonly kind: 'SteppedDown'
      readonly term: Term
      readonly why:
        | { readonly kind: 'NoQuorum'; readonly heard: readonly ServerId[] }
        | { readonly kind: 'Removed' }
    }
  | { readonly kind: 'NotStanding'; readonly why: 'NoConfiguration' | 'NotAMember' | 'Lends' }

export type VoteRefusal =
  /** It has lately heard from a leader (D 4.2.3, D 9.6); `leader` is `null` if it no longer knows which. */
  | { readonly kind: 'HearsLeader'; readonly leader: ServerId | null }
  | { readonly kind: 'StaleTerm'; readonly mine: Term }
  | { readonly kind: 'AlreadyVoted'; readonly votedFor: ServerId }
  | { readonly kind: 'LogBehind'; readonly mine: Place; readonly theirs: Place }
