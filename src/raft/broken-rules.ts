import type { Context } from './effects.ts'
import type { Rule } from './facts.ts'
import type { Server } from './server.ts'
import type { BreakableRule } from './settings.ts'

/** Where it is written that this must not be. */
export const FORBIDDEN_BY: Readonly<Record<BreakableRule, Rule>> = {
  voteWithoutComparing: '§5.4.1',
  voteTwice: '§5.2',
  forgetVote: 'Fig. 2',
  forgetTerm: '§5.1',
  commitOldTerms: '§5.4.2',
  truncateAlways: '§5.3',
  skipConsistencyCheck: '§5.3',
  countMinority: '§5.2',
  applyUncommitted: '§5.3',
  readBeforeOwnEntry: 'D 6.4',
  ignoreSnapshotBoundary: '§7',
  acceptStaleSnapshot: '§7',
  keepOldVotes: '§5.2',
  ignoreTermsInReplies: '§5.1',
}

/**
 * Whether this server breaks a rule here and now. To be asked last, where keeping the rule would make a difference: that
 * it is broken is told then.
 */
export function breaks(server: Server, broken: BreakableRule, context: Context): boolean {
  if (context.settings[broken]) tellBroken(server, broken, context)
  return context.settings[broken]
}

export function tellBroken(server: Server, broken: BreakableRule, { out }: Context): void {
  out.fact({ kind: 'RuleBroken', server: server.id, rule: FORBIDDEN_BY[broken], broken })
}
