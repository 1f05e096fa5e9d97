import { unreachable } from '../base/assert.ts'
import { logIndex, nameOf } from '../base/ids.ts'
import type { RaftFact } from '../raft/facts.ts'
import type { CommitFact } from '../raft/replication-facts.ts'
import { names, range, type Sentence, say, strong } from './sentence.ts'

type Told = RaftFact & CommitFact

/** §5.3, §5.4.2: what is committed, what is not yet, and how the others learn of it. */
export function tellCommit(fact: Told): Sentence {
  const { server, rule } = fact
  switch (fact.kind) {
    case 'Committed':
      return tellCommitted(fact)
    case 'CommitHeld': {
      const { index, entryTerm, term } = fact
      const held = strong(`may not commit ${index} yet`)
      const why = `: ${whoStores(fact)}, but it is of term ${entryTerm}, not of its own term ${term}`
      return say(server, 'beat', rule, held, why)
    }
    case 'CommitLearned': {
      const { first, last, leader } = fact
      const committed = strong(`${range(first, last)} ${first === last ? 'is' : 'are'} committed`)
      return say(server, 'minor', rule, `learned from ${nameOf(leader)} that `, committed)
    }
    case 'Applied':
      return say(server, 'quiet', rule, `applied ${range(fact.first, fact.last)} to its store`)
    default:
      return unreachable(fact)
  }
}

function whoStores({ storedBy }: Told & { kind: 'CommitHeld' }): string {
  switch (storedBy) {
    case undefined:
      return 'a majority stores it'
    case 'Majorities':
      return 'majorities of the old members and of the new store it'
    case 'Minority':
      return 'a minority stores it, which it takes as enough'
    default:
      return unreachable(storedBy)
  }
}

function tellCommitted(fact: Told & { kind: 'Committed' }): Sentence {
  const { server, rule, first, last, storedOn, earlier } = fact
  const committed = strong(`committed ${range(first, last)}`)
  const it = first === last ? '' : `${last} is `
  const isOwn = first + earlier <= last
  const counted = `: ${it}stored on ${names(storedOn)}${isOwn ? ' and of its own term' : ''}`
  const lastEarlier = logIndex(first + earlier - 1)
  const were = earlier === 1 ? 'of an earlier term, comes' : 'of earlier terms, come'
  const along = earlier === 0 || !isOwn ? '' : `; ${range(first, lastEarlier)}, ${were} with it`
  return say(server, 'beat', rule, committed, counted, along)
}
