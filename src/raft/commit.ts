import { type LogIndex, logIndex, type ServerId } from '../base/ids.ts'
import { type Context, Impossible } from './effects.ts'
import { applyCommand } from './key-value.ts'
import { entryAt, lastIndex, termAt } from './log.ts'
import type { AppendEntries } from './messages.ts'
import { majority, type Server } from './server.ts'

/**
 * Raft §5.3, §5.4.2; Figure 2, last rule for leaders: the highest index stored on a majority is committed, but only
 * if its entry is of the leader's own term. Earlier entries are committed along with it, never by counting. `before`
 * is what highestOnMajority was, so that an index that is held back is told of once.
 */
export function advanceCommit(server: Server, before: LogIndex, context: Context): void {
  const index = highestOnMajority(server)
  if (index <= server.commitIndex) return
  const entryTerm = termAt(server.log, index)
  const { id, currentTerm: term } = server
  if (entryTerm !== term) {
    if (index === before) return
    context.out.fact({ kind: 'CommitHeld', server: id, rule: '§5.4.2', index, entryTerm, term })
    return
  }
  const first = logIndex(server.commitIndex + 1)
  let earlier = 0
  for (let i = first; i <= index; i++) if (termAt(server.log, i) !== term) earlier++
  const storedOn = holdersOf(server, index)
  setCommitIndex(server, index)
  context.out.fact({ kind: 'Committed', server: id, rule: '§5.4.2', first, last: index, storedOn, earlier })
  applyCommitted(server, context)
}

/** The leader's own log counts: it holds all its entries. Asked at each reply, so it allocates nothing. */
export function highestOnMajority(server: Server): LogIndex {
  const others = majority(server) - 1
  if (others === 0) return lastIndex(server.log)
  let highest = 0
  for (const { matchIndex } of server.peers) {
    if (matchIndex <= highest) continue
    let holders = 0
    for (const peer of server.peers) if (peer.matchIndex >= matchIndex) holders++
    if (holders >= others) highest = matchIndex
  }
  return logIndex(highest)
}

function holdersOf(server: Server, index: LogIndex): ServerId[] {
  const holders: ServerId[] = [server.id]
  for (const peer of server.peers) if (peer.matchIndex >= index) holders.push(peer.id)
  return holders.sort((a, b) => a - b)
}

/**
 * Figure 2, AppendEntries 5: a follower takes min(leaderCommit, the last entry that this request vouches for). What
 * lies behind that in its log may still conflict with the leader's.
 */
export function learnCommit(
  server: Server,
  request: AppendEntries,
  vouched: LogIndex,
  context: Context,
): void {
  const last = logIndex(Math.min(request.leaderCommit, vouched))
  if (last <= server.commitIndex) return
  const first = logIndex(server.commitIndex + 1)
  setCommitIndex(server, last)
  const { id } = server
  context.out.fact({ kind: 'CommitLearned', server: id, rule: '§5.3', first, last, leader: request.leaderId })
  applyCommitted(server, context)
}

/** The only place where commitIndex changes while a server runs. */
export function setCommitIndex(server: Server, to: LogIndex): void {
  const from = server.commitIndex
  if (to < from) throw new Impossible(server, { kind: 'CommitMovesBack', from, to })
  server.commitIndex = to
}

/** Raft §5.3: committed entries go to the state machine, in order, once; the leader answers its clients then (§8). */
function applyCommitted(server: Server, context: Context): void {
  const first = logIndex(server.lastApplied + 1)
  while (server.lastApplied < server.commitIndex) {
    server.lastApplied = logIndex(server.lastApplied + 1)
    const { command, index, term, request } = entryAt(server.log, server.lastApplied)
    const result = applyCommand(server.store, command)
    if (request === null || server.role !== 'leader' || term !== server.currentTerm) continue
    const { client, serial } = request
    const { id } = server
    context.out.fact({ kind: 'CommandAnswered', server: id, rule: '§8', client, index, command, result })
    context.out.send({ kind: 'ClientReply', from: id, to: client, leader: id, serial, result })
  }
  const { id, lastApplied: last } = server
  context.out.fact({ kind: 'Applied', server: id, rule: '§5.3', first, last })
}
