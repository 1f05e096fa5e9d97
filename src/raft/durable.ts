import { type LogIndex, logIndex, type Term } from '../base/ids.ts'
import { advanceCommit, highestOnQuorum } from './commit.ts'
import type { Context } from './effects.ts'
import { countOwnVote } from './election.ts'
import type { Server } from './server.ts'

/** What a disk has when a write is done: the term, with the vote in it, and the log as it was at `logVersion`. */
export interface Written {
  readonly term: Term
  readonly upTo: LogIndex
  readonly logVersion: number
}

/** D 10.2.1: a candidate's vote and a leader's entries count for itself once its own disk has them. */
export function onWriteDone(server: Server, { term, upTo, logVersion }: Written, context: Context): void {
  if (term > server.durableTerm) {
    server.durableTerm = term
    countOwnVote(server, context)
  }
  // What was written before entries were erased says nothing about what is there now.
  if (logVersion !== server.logVersion || upTo <= server.durableIndex) return
  const before = highestOnQuorum(server, context)
  server.durableIndex = logIndex(upTo)
  const { id } = server
  context.out.fact({ kind: 'WriteDone', server: id, rule: 'D 10.2.1', upTo })
  if (server.role === 'leader') advanceCommit(server, before, context)
}
