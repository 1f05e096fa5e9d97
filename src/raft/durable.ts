import { type LogIndex, logIndex } from '../base/ids.ts'
import { advanceCommit, highestOnQuorum } from './commit.ts'
import type { Context } from './effects.ts'
import type { Server } from './server.ts'

/** D 10.2.1: an entry counts for the leader itself once its own disk has it. */
export function onWriteDone(server: Server, upTo: LogIndex, logVersion: number, context: Context): void {
  // What was written before entries were erased says nothing about what is there now.
  if (logVersion !== server.logVersion || upTo <= server.durableIndex) return
  const before = highestOnQuorum(server)
  server.durableIndex = logIndex(upTo)
  const { id } = server
  context.out.fact({ kind: 'WriteDone', server: id, rule: 'D 10.2.1', upTo })
  if (server.role === 'leader') advanceCommit(server, before, context)
}
