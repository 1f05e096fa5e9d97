import type { LogIndex, Micros, ServerId } from '../base/ids.ts'
import type { Configuration } from './configuration.ts'

/** §6, D ch. 4. */
export type MembershipFact =
  | {
      readonly kind: 'ConfigurationAppended'
      readonly index: LogIndex
      readonly was: Configuration
      readonly configuration: Configuration
    }
  | {
      readonly kind: 'ConfigurationAdopted'
      readonly index: LogIndex
      readonly was: Configuration
      readonly configuration: Configuration
    }
  | {
      readonly kind: 'ConfigurationRolledBack'
      readonly index: LogIndex
      readonly was: Configuration
      readonly configuration: Configuration
    }
  | {
      readonly kind: 'ChangeHeld'
      readonly why: 'AnotherChange' | 'NoOwnEntry'
    }
  | { readonly kind: 'ChangeRefused'; readonly why: 'NotOneAtATime' | 'NobodyLeft' }
  | { readonly kind: 'ChangeNeedless' }
  | { readonly kind: 'CatchUpStarted'; readonly learners: readonly ServerId[]; readonly upTo: LogIndex }
  | {
      readonly kind: 'CatchUpRoundDone'
      readonly learners: readonly ServerId[]
      readonly round: number
      readonly took: Micros
      readonly fast: boolean
    }
  | { readonly kind: 'CatchUpGivenUp'; readonly learners: readonly ServerId[]; readonly rounds: number }

/** D 3.10. */
export type TransferFact =
  | { readonly kind: 'TransferStarted'; readonly to: ServerId; readonly behind: boolean }
  | {
      readonly kind: 'TransferRefused'
      readonly to: ServerId
      readonly why: 'NotLeader' | 'NotAVoter' | 'Itself' | 'UnderWay'
    }
  | { readonly kind: 'TimeoutNowSent'; readonly to: ServerId }
  | { readonly kind: 'TimeoutNowTaken'; readonly leader: ServerId }
  | {
      readonly kind: 'TimeoutNowIgnored'
      readonly leader: ServerId
      readonly why: 'StaleTerm' | 'Leader' | 'NotAMember'
    }
  | { readonly kind: 'TransferAbandoned'; readonly to: ServerId }
