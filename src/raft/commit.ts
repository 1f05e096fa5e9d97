import { type LogIndex, logIndex, type ServerId } from '../base/ids.ts'
import { breaks, tellBroken } from './broken-rules.ts'
import { isCommand } from './commands.ts'
import { isVoter, quorumValue } from './configuration.ts'
import { type Context, Impossible } from './effects.ts'
import { type Entry, entryAt, lastIndex, termAt } from './log.ts'
import { afterCommit } from './membership.ts'
import type { AppendEntries } from './messages.ts'
import { shortOf } from './quorum.ts'
import { startHeldReads } from './reads.ts'
import type { OtherQuorum } from './replication-facts.ts'
import { configuration, peerOf, type Server } from './server.ts'
import { applyEntry, type Outcome } from './sessions.ts'
import { compactSoonIfLong } from './snapshot.ts'

/**
 * Raft §5.3, §5.4.2; Figure 2, last rule for leaders: the highest index stored on a majority is committed, but only
 * if its entry is of the leader's own term. Earlier entries are committed along with it, never by counting. `before`
 * is what highestOnQuorum was, so that an index that is held back is told of once.
 */
export function advanceCommit(server: Server, before: LogIndex, context: Context): void {
  applyEarly(server, context)
  const index = highestOnQuorum(server, context)
  if (index <= server.commitIndex) return
  const entryTerm = termAt(server.log, index)
  const { id, currentTerm: term } = server
  if (entryTerm !== term && !breaks(server, 'commitOldTerms', context)) {
    if (index === before) return
    const by = storedBy(server, index, context)
    context.out.fact({ kind: 'CommitHeld', server: id, rule: '§5.4.2', index, entryTerm, term, ...by })
    return
  }
  const first = logIndex(server.commitIndex + 1)
  let earlier = 0
  for (let i = first; i <= index; i++) if (termAt(server.log, i) !== term) earlier++
  const storedOn = holdersOf(server, index)
  if (isOnMinority(server, index, context)) tellBroken(server, 'countMinority', context)
  setCommitIndex(server, index)
  context.out.fact({ kind: 'Committed', server: id, rule: '§5.4.2', first, last: index, storedOn, earlier })
  applyCommitted(server, context)
  if (entryTerm === term) startHeldReads(server, context)
  afterCommit(server, context)
}

/**
 * The highest index that is stored on a majority of the voters (§5.3); in joint consensus, of both sets (§6). Its own
 * log counts as far as it is on the leader's disk, if the leader has a vote.
 */
export const highestOnQuorum = (server: Server, { settings }: Context): LogIndex =>
  highestOn(server, shortOf(settings))

function highestOn(server: Server, short: number): LogIndex {
  const { id, durableIndex } = server
  const stored = (one: ServerId) => (one === id ? durableIndex : (peerOf(server, one)?.matchIndex ?? 0))
  return logIndex(quorumValue(configuration(server), stored, short))
}

const isOnMinority = (server: Server, index: LogIndex, { settings }: Context): boolean =>
  settings.countMinority && index > highestOn(server, 0)

function storedBy(server: Server, index: LogIndex, context: Context): { readonly storedBy?: OtherQuorum } {
  if (isOnMinority(server, index, context)) return { storedBy: 'Minority' }
  return configuration(server).next === null ? {} : { storedBy: 'Majorities' }
}

function holdersOf(server: Server, index: LogIndex): ServerId[] {
  const members = configuration(server)
  const holders: ServerId[] = []
  if (server.durableIndex >= index && isVoter(members, server.id)) holders.push(server.id)
  for (const { id, matchIndex } of server.peers)
    if (matchIndex >= index && isVoter(members, id)) holders.push(id)
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
  applyEarly(server, context)
  const last = logIndex(Math.min(request.leaderCommit, vouched))
  if (last <= server.commitIndex) return
  const first = logIndex(server.commitIndex + 1)
  setCommitIndex(server, last)
  const { id } = server
  context.out.fact({ kind: 'CommitLearned', server: id, rule: '§5.3', first, last, leader: request.leaderId })
  applyCommitted(server, context)
}

/** The only place where commitIndex changes while a server runs, but for a snapshot that is loaded. */
export function setCommitIndex(server: Server, to: LogIndex): void {
  const from = server.commitIndex
  if (to < from) throw new Impossible(server, { kind: 'CommitMovesBack', from, to })
  server.commitIndex = to
  if (server.incoming !== null && server.incoming.snapshot.lastIncludedIndex <= to) server.incoming = null
}

/** Raft §5.3: committed entries go to the state machine, in order, once; the leader answers its clients then (§8). */
const applyCommitted = (server: Server, context: Context): void =>
  applyUpTo(server, server.commitIndex, context)

/** §5.3: what is stored may yet be replaced, so it waits for its commitment, unless that rule is broken. */
function applyEarly(server: Server, context: Context): void {
  const last = lastIndex(server.log)
  const isEarly = last > server.lastApplied && last > server.commitIndex
  if (isEarly && breaks(server, 'applyUncommitted', context)) applyUpTo(server, last, context)
}

function applyUpTo(server: Server, index: LogIndex, context: Context): void {
  if (index <= server.lastApplied) return
  const first = logIndex(server.lastApplied + 1)
  while (server.lastApplied < index) {
    server.lastApplied = logIndex(server.lastApplied + 1)
    const entry = entryAt(server.log, server.lastApplied)
    const outcome = applyEntry(server, entry)
    tellOutcome(server, entry, outcome, context)
    answerClient(server, entry, outcome, context)
  }
  const { id, lastApplied: last } = server
  context.out.fact({ kind: 'Applied', server: id, rule: '§5.3', first, last })
  compactSoonIfLong(server, context)
}

/** Only what applying did out of the ordinary; every server does it, and the leader tells of it. */
function tellOutcome(
  server: Server,
  { index, request, command }: Entry,
  { skipped, ended }: Outcome,
  { out }: Context,
): void {
  if (request === null || server.role !== 'leader') return
  const { id } = server
  const { client, serial } = request
  if (skipped !== null)
    out.fact({ kind: 'CommandSkipped', server: id, rule: 'D 6.3', client, index, serial, why: skipped })
  for (const one of ended) out.fact({ kind: 'SessionEnded', server: id, rule: 'D 6.3', ...one })
  if (command.kind === 'OpenSession')
    out.fact({ kind: 'SessionOpened', server: id, rule: 'D 6.3', client, session: index })
}

/** The leader that took a command answers it; a change of members is over when its last configuration is committed. */
function answerClient(
  server: Server,
  { command, index, term, request }: Entry,
  { result, skipped }: Outcome,
  context: Context,
): void {
  if (request === null || result === null || server.role !== 'leader' || term !== server.currentTerm) return
  if (command.kind === 'Configuration' && command.configuration.next !== null) return
  const { client, serial } = request
  const { id } = server
  if (isCommand(command))
    context.out.fact({
      kind: 'CommandAnswered',
      server: id,
      rule: '§8',
      client,
      index,
      command,
      result,
      skipped,
    })
  context.out.send({ kind: 'ClientReply', from: id, to: client, leader: id, serial, result, upTo: index })
}
