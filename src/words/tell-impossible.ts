import { unreachable } from '../base/assert.ts'
import { nameOf } from '../base/ids.ts'
import type { Impossibility, ImpossibleFact, RaftFact } from '../raft/facts.ts'
import { of, type Sentence, say, strong } from './sentence.ts'

/** Figure 3: what would have happened, and which of Raft's properties rules it out. */
export function tellImpossible({ server, rule, what }: RaftFact & ImpossibleFact): Sentence {
  return say(server, 'beat', rule, ...happened(what), ` Raft rules this out: ${property(what)}.`)
}

function happened(what: Impossibility) {
  switch (what.kind) {
    case 'TwoLeaders':
      return [
        strong(`heard from another leader of term ${what.term}`),
        `: ${nameOf(what.other)} leads it too.`,
      ]
    case 'LeaderOverwrites':
      return [strong(`would overwrite its own entry ${what.index}`), `, though it leads term ${what.term}.`]
    case 'CommitMovesBack':
      return [strong('would take back a commit'), `: commitIndex would go from ${what.from} to ${what.to}.`]
    case 'VouchesForMore':
      return [
        strong(`heard that ${nameOf(what.follower)} has entries up to ${what.vouched}`),
        ` from itself, but its own log ends at ${what.lastIndex}.`,
      ]
    case 'ErasesCommitted':
      return [
        strong(`would erase its committed entry ${what.index}`),
        `, as it conflicts with ${of(what.leader)}; it has committed up to ${what.commitIndex}.`,
      ]
    case 'Contradiction':
      return [strong('could not go on'), `: it took for granted that ${what.assumed}.`]
    default:
      return unreachable(what)
  }
}

function property(what: Impossibility): string {
  switch (what.kind) {
    case 'TwoLeaders':
      return 'each server has one vote in a term, so a term has at most one leader (Election Safety)'
    case 'LeaderOverwrites':
      return 'a leader only ever appends to its log (Leader Append-Only)'
    case 'CommitMovesBack':
      return 'what is committed stays committed, so commitIndex only grows'
    case 'VouchesForMore':
      return 'a leader’s entries stay on its disk, and it never removes one (Leader Append-Only)'
    case 'ErasesCommitted':
      return 'a committed entry is in the log of every later leader (Leader Completeness)'
    case 'Contradiction':
      return 'where every rule is kept, that is always so'
    default:
      return unreachable(what)
  }
}
