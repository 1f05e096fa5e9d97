import { unreachable } from '../../base/assert.ts'
import type { Violation } from '../../check/properties.ts'

/** The entries, by index, that a broken promise is about. */
export function indexesOf(violation: Violation): readonly number[] {
  switch (violation.kind) {
    case 'ElectionSafety':
    case 'TermsRise':
    case 'OneVote':
    case 'Linearizability':
      return []
    case 'LeaderAppendOnly':
    case 'LeaderCompleteness':
    case 'StateMachineSafety':
    case 'StoreFollowsLog':
    case 'CommittedStays':
      return [violation.index]
    case 'LogMatching':
      return violation.differs === 'Command' ? [violation.index] : [violation.index - 1, violation.index]
    case 'CommitRises':
      return [violation.was]
    case 'IndexOrder':
      return [Math.max(violation.lastApplied, violation.commitIndex)]
    case 'LogTermsRise':
      return [violation.index - 1, violation.index]
    case 'ExactlyOnce':
      return [violation.first, violation.index]
    default:
      return unreachable(violation)
  }
}

/** The servers that it names, each once: those that still have what too few have, too. */
export function serversIn(violation: Violation): readonly number[] {
  const more = violation.kind === 'CommittedStays' ? violation.holders : []
  return [...new Set([...violation.servers, ...more])]
}
