import { term } from '../base/ids.ts'
import { breaks } from './broken-rules.ts'
import type { Context } from './effects.ts'
import type { Server } from './server.ts'

/** Figure 2, "Persistent state on all servers": a server starts again with its term and its vote, unless it forgets. */
export function recallTermAndVote(server: Server, context: Context): void {
  if (server.currentTerm > 0 && breaks(server, 'forgetTerm', context)) {
    server.currentTerm = term(0)
    server.durableTerm = term(0)
    server.votedFor = null // a vote is of a term
  }
  if (server.votedFor !== null && breaks(server, 'forgetVote', context)) server.votedFor = null
}
