import type { RaftFact, RuleBrokenFact } from '../raft/facts.ts'
import type { BreakableRule } from '../raft/settings.ts'
import { type Sentence, say, strong } from './sentence.ts'

/** What a server did where it broke a rule. What the rule would have had it do is told with the section. */
const DEEDS: Readonly<Record<BreakableRule, string>> = {
  voteWithoutComparing: 'votes for a log that is behind its own',
  voteTwice: 'votes a second time in this term',
  forgetVote: 'has forgotten its vote',
  forgetTerm: 'has forgotten its term',
  commitOldTerms: 'counts an entry of an earlier term as committed',
  truncateAlways: 'erases entries without a conflict',
  skipConsistencyCheck: 'takes entries after one of another term',
  countMinority: 'takes a minority for a majority',
  applyUncommitted: 'applies what is not committed',
  readBeforeOwnEntry: 'starts a read without an entry of its own term',
  ignoreSnapshotBoundary: 'does not compare the last entry in a snapshot',
  acceptStaleSnapshot: 'takes a snapshot of what it has committed long since',
  keepOldVotes: 'keeps the votes of an earlier term',
  ignoreTermsInReplies: 'ignores a later term in a reply',
}

export const tellBroken = ({ server, rule, broken }: RaftFact & RuleBrokenFact): Sentence =>
  say(server, 'beat', rule, 'breaks a rule: it ', strong(DEEDS[broken]))
