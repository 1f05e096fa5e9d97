import type { ServerId } from '../base/ids.ts'
import { tellBroken } from './broken-rules.ts'
import type { Context } from './effects.ts'
import type { VoteRefusal } from './election-facts.ts'
import { lastIndex, lastTerm } from './log.ts'
import type { PreVote, RequestVote } from './messages.ts'
import type { Server } from './server.ts'
import type { BreakableRule } from './settings.ts'

/** What a candidate can be answered: why it gets no vote; or which rules its vote breaks. */
export interface Ballot {
  readonly why: VoteRefusal | null
  readonly broke: readonly BreakableRule[]
}

export const refuse = (why: VoteRefusal): Ballot => ({ why, broke: [] })

/**
 * §5.2, §5.4.1: whether a candidate may have the vote of a term. `taken` is the other one that has it already. Which
 * rules are broken is told only where the vote is granted.
 */
export function weigh(
  server: Server,
  request: RequestVote | PreVote,
  taken: ServerId | null,
  context: Context,
): Ballot {
  if (taken !== null && !context.settings.voteTwice) return refuse({ kind: 'AlreadyVoted', votedFor: taken })
  const compared = compareLogs(server, request, context)
  if (compared.why !== null) return compared
  const broke: readonly BreakableRule[] = taken === null ? compared.broke : ['voteTwice', ...compared.broke]
  for (const rule of broke) tellBroken(server, rule, context)
  return { why: null, broke }
}

/** §5.4.1: the later last term is the more up-to-date; on equal terms, the longer log. */
function compareLogs(server: Server, request: RequestVote | PreVote, { settings }: Context): Ballot {
  const mine = { index: lastIndex(server.log), term: lastTerm(server.log) }
  const theirs = { index: request.lastLogIndex, term: request.lastLogTerm }
  const behind = theirs.term < mine.term || (theirs.term === mine.term && theirs.index < mine.index)
  if (!behind) return { why: null, broke: [] }
  if (settings.voteWithoutComparing) return { why: null, broke: ['voteWithoutComparing'] }
  // §7: where nothing follows the snapshot, the last place in the log is that of the entry it ends with.
  const isBoundary = mine.index > 0 && mine.index === server.log.base
  if (isBoundary && settings.ignoreSnapshotBoundary) return { why: null, broke: ['ignoreSnapshotBoundary'] }
  return refuse({ kind: 'LogBehind', mine, theirs })
}

/** For the fact of a vote: the rules it broke, if any. */
export const asTold = ({ broke }: Ballot): { readonly broke?: readonly BreakableRule[] } =>
  broke.length === 0 ? {} : { broke }
