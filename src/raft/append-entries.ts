import { unreachable } from '../base/assert.ts'
import { type LogIndex, logIndex } from '../base/ids.ts'
import { breaks } from './broken-rules.ts'
import { learnCommit } from './commit.ts'
import { type Context, Impossible } from './effects.ts'
import { append, firstIndexOfTerm, lastIndex, termAt, truncateFrom } from './log.ts'
import { adoptConfiguration, rollBackConfigurations } from './membership.ts'
import type { AppendEntries, Conflict } from './messages.ts'
import type { AppendRefusal } from './replication-facts.ts'
import type { Server } from './server.ts'
import { acknowledgeLeader } from './terms.ts'

/**
 * Raft §5.3; Figure 2, "AppendEntries RPC", the receiver's side, in the figure's order. Any higher term has been
 * adopted already.
 */
export function onAppendEntries(server: Server, request: AppendEntries, context: Context): void {
  if (request.term < server.currentTerm) {
    const why: AppendRefusal = { kind: 'StaleTerm', mine: server.currentTerm, theirs: request.term }
    refuse(server, request, why, null, context)
    return
  }
  acknowledgeLeader(server, request, context)
  const why = inconsistency(server, request, context)
  if (why !== null) {
    refuse(server, request, why, conflictOf(server, why), context)
    return
  }
  const vouched = logIndex(request.prevLogIndex + request.entries.length)
  takeEntries(server, request, vouched, context)
  learnCommit(server, request, vouched, context)
  reply(server, request, true, null, context)
}

/**
 * §5.3, the consistency check: `null` if this log holds the entry that the request builds on. What a snapshot stands for
 * is committed, so it is in every leader's log just so (§7). No rule that is broken makes a log with holes.
 */
function inconsistency(server: Server, request: AppendEntries, context: Context): AppendRefusal | null {
  const { prevLogIndex, prevLogTerm } = request
  if (prevLogIndex < server.log.base) return null
  const lastLogIndex = lastIndex(server.log)
  if (prevLogIndex > lastLogIndex) return { kind: 'LogTooShort', prevLogIndex, lastLogIndex }
  const mine = termAt(server.log, prevLogIndex)
  if (mine === prevLogTerm || breaks(server, 'skipConsistencyCheck', context)) return null
  if (prevLogIndex === server.log.base && breaks(server, 'ignoreSnapshotBoundary', context)) return null
  return { kind: 'TermDiffers', index: prevLogIndex, mine, theirs: prevLogTerm }
}

function conflictOf(server: Server, why: AppendRefusal): Conflict | null {
  switch (why.kind) {
    case 'StaleTerm':
      return null
    case 'LogTooShort':
      return { conflictTerm: null, conflictIndex: logIndex(why.lastLogIndex + 1) }
    case 'TermDiffers':
      return { conflictTerm: why.mine, conflictIndex: firstIndexOfTerm(server.log, why.index) }
    default:
      return unreachable(why)
  }
}

/**
 * §5.3; Figure 2, AppendEntries 3 and 4: entries go only from a real conflict of terms on. A request that is late,
 * doubled or overtaken agrees with what is here, so it removes nothing.
 */
function takeEntries(server: Server, request: AppendEntries, vouched: LogIndex, context: Context): void {
  const { out } = context
  const { entries, leaderId: leader } = request
  const first = logIndex(request.prevLogIndex + 1)
  const known = knownOf(server, request)
  const erasedRest = known === entries.length && eraseRest(server, request, vouched, context)
  if (entries.length === 0) {
    out.fact({ kind: 'HeartbeatAccepted', server: server.id, rule: '§5.2', leader, upTo: vouched })
    return
  }
  if (known === entries.length) {
    const also = erasedRest ? { erasedRest } : {}
    out.fact({ kind: 'EntriesKnown', server: server.id, rule: '§5.3', leader, first, last: vouched, ...also })
    return
  }
  const from = logIndex(first + known)
  if (from <= server.log.length) eraseFrom(server, request, from, context)
  for (let i = known; i < entries.length; i++) {
    const entry = entries[i]
    if (entry !== undefined) append(server.log, entry)
  }
  out.persist(server)
  out.fact({ kind: 'EntriesAppended', server: server.id, rule: '§5.3', leader, first: from, last: vouched })
  for (const { index, command } of entries)
    if (index >= from && command.kind === 'Configuration')
      adoptConfiguration(server, index, command.configuration, context)
}

/** How many of the entries are here already. Those that a snapshot stands for are (§7). */
function knownOf({ log }: Server, { entries }: AppendEntries): number {
  let known = 0
  for (const { index, term } of entries) {
    if (index > log.length || (index >= log.base && termAt(log, index) !== term)) break
    known++
  }
  return known
}

/**
 * §5.3: what follows the last entry of a request that agrees stays: the leader may have sent it before. Returns
 * whether that rule was broken.
 */
function eraseRest(server: Server, request: AppendEntries, vouched: LogIndex, context: Context): boolean {
  const last = Math.max(vouched, server.log.base)
  if (last === server.log.length || !breaks(server, 'truncateAlways', context)) return false
  erase(server, request, logIndex(last + 1), context)
  context.out.persist(server)
  return true
}

/** Removes entries from a conflict on. What a leader holds, and what is committed, never goes (Figure 3). */
export function eraseFrom(server: Server, request: AppendEntries, index: LogIndex, context: Context): void {
  const { leaderId: leader, term } = request
  const { commitIndex } = server
  if (server.role === 'leader') throw new Impossible(server, { kind: 'LeaderOverwrites', term, index })
  if (index <= commitIndex)
    throw new Impossible(server, { kind: 'ErasesCommitted', index, commitIndex, leader })
  erase(server, request, index, context)
}

function erase(server: Server, request: AppendEntries, index: LogIndex, context: Context): void {
  const { leaderId: leader } = request
  const last = lastIndex(server.log)
  const mine = termAt(server.log, index)
  const theirs = request.entries[index - request.prevLogIndex - 1]?.term ?? null
  truncateFrom(server.log, index)
  server.logVersion++
  server.durableIndex = logIndex(Math.min(server.durableIndex, index - 1))
  const rule = '§5.3'
  context.out.fact({
    kind: 'EntriesErased',
    server: server.id,
    rule,
    leader,
    first: index,
    last,
    mine,
    theirs,
  })
  rollBackConfigurations(server, index, context)
}

function refuse(
  server: Server,
  request: AppendEntries,
  why: AppendRefusal,
  conflict: Conflict | null,
  context: Context,
): void {
  const rule = why.kind === 'StaleTerm' ? '§5.1' : '§5.3'
  context.out.fact({ kind: 'AppendRefused', server: server.id, rule, leader: request.leaderId, why })
  reply(server, request, false, conflict, context)
}

function reply(
  server: Server,
  request: AppendEntries,
  success: boolean,
  conflict: Conflict | null,
  context: Context,
): void {
  context.out.send({
    kind: 'AppendEntriesReply',
    from: server.id,
    to: request.from,
    leader: server.leaderId,
    term: server.currentTerm,
    success,
    rpcId: request.rpcId,
    requestTerm: request.term,
    prevLogIndex: request.prevLogIndex,
    lastVouchedIndex: logIndex(request.prevLogIndex + request.entries.length),
    conflict,
  })
}
