import type { Finding, FoundKind } from './finding.ts'

const ENDINGS: Readonly<Record<FoundKind, string>> = {
  ElectionSafety: 'two leaders in one term',
  LeaderAppendOnly: 'a leader loses its own entry',
  LogMatching: 'logs that do not match',
  LeaderCompleteness: 'a committed entry is lost',
  StateMachineSafety: 'two entries for one place',
  TermsRise: 'a term that goes back',
  OneVote: 'two votes in one term',
  CommitRises: 'a commit is taken back',
  IndexOrder: 'applied before committed',
  LogTermsRise: 'terms that fall along a log',
  StoreFollowsLog: 'a store that is not its log’s',
  CommittedStays: 'a committed entry on too few disks',
  ExactlyOnce: 'a command applied twice',
  TwoLeaders: 'two leaders in one term',
  LeaderOverwrites: 'a leader is to overwrite its log',
  CommitMovesBack: 'a commit is to be taken back',
  VouchesForMore: 'entries vouched for are not there',
  ErasesCommitted: 'a committed entry is to be erased',
  Contradiction: 'a server that cannot go on',
  Linearizability: 'an answer that cannot be',
}

/** How a scenario ends, in a few words for its name. */
export function endingOf({ kind, violation }: Finding): string {
  if (violation?.kind === 'IndexOrder' && violation.commitIndex > violation.lastLogIndex)
    return 'a committed entry is lost'
  return ENDINGS[kind]
}

/** Everything that can be looked for. */
export const FOUND_KINDS = Object.keys(ENDINGS) as FoundKind[]
