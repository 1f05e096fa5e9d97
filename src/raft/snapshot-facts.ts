import type { LogIndex, ServerId, Term } from '../base/ids.ts'

/** §7. Sizes and places are in bytes of the snapshot. */
export type SnapshotFact =
  | {
      readonly kind: 'SnapshotTaken'
      readonly first: LogIndex
      readonly last: LogIndex
      readonly bytes: number
    }
  | {
      readonly kind: 'SnapshotSent'
      readonly to: ServerId
      readonly lastIncludedIndex: LogIndex
      readonly offset: number
      readonly bytes: number
      readonly total: number
      readonly why: 'TooFarBehind' | 'NextChunk' | 'Unanswered'
    }
  | {
      readonly kind: 'ChunkReceived'
      readonly leader: ServerId
      readonly lastIncludedIndex: LogIndex
      readonly received: number
      readonly total: number
    }
  | {
      readonly kind: 'SnapshotRefused'
      readonly leader: ServerId
      readonly why:
        | { readonly kind: 'StaleTerm'; readonly mine: Term; readonly theirs: Term }
        | { readonly kind: 'ChunkMissing'; readonly received: number; readonly offset: number }
    }
  | {
      readonly kind: 'SnapshotIgnored'
      readonly leader: ServerId
      readonly lastIncludedIndex: LogIndex
      readonly commitIndex: LogIndex
    }
  | {
      readonly kind: 'SnapshotInstalled'
      readonly leader: ServerId
      readonly lastIncludedIndex: LogIndex
      readonly lastIncludedTerm: Term
      /** Entries after it that agree and stay, and entries that had to go. */
      readonly kept: number
      readonly dropped: number
    }
  | {
      readonly kind: 'SnapshotAcknowledged'
      readonly follower: ServerId
      readonly lastIncludedIndex: LogIndex
    }
  /** `laterTerm`: it is of a later term, which did not end this one, against the rule. */
  | { readonly kind: 'SnapshotReplyIgnored'; readonly follower: ServerId; readonly laterTerm?: true }
