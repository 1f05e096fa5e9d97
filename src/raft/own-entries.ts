import { logIndex } from '../base/ids.ts'
import type { Payload } from './commands.ts'
import type { Context } from './effects.ts'
import { append, type Entry, lastIndex } from './log.ts'
import type { RequestId } from './messages.ts'
import type { Server } from './server.ts'

/** §5.3: a leader puts an entry of its own term at the end of its log. Sending it out and counting it is the caller's. */
export function appendOwn(
  server: Server,
  command: Payload,
  request: RequestId | null,
  context: Context,
): Entry {
  const entry = { index: logIndex(lastIndex(server.log) + 1), term: server.currentTerm, command, request }
  append(server.log, entry)
  context.out.persist(server)
  return entry
}
