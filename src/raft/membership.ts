import { type LogIndex, logIndex, type Micros, NEVER, type ServerId } from '../base/ids.ts'
import type { ChangeMembers, Result } from './commands.ts'
import { advanceCommit, highestOnQuorum } from './commit.ts'
import { type Configuration, configurationOf, isSameSet, isVoter, votersOf } from './configuration.ts'
import type { Context } from './effects.ts'
import type { StandingFact } from './election-facts.ts'
import { lastIndex, termAt } from './log.ts'
import type { MembershipFact } from './membership-facts.ts'
import type { ClientRequest, RequestId } from './messages.ts'
import { appendOwn } from './own-entries.ts'
import { confirmReads } from './reads.ts'
import { sendEntries, sendHeartbeats } from './replication.ts'
import { configuration, isMember, matchPeers, peerOf, type Server } from './server.ts'
import type { RaftSettings } from './settings.ts'
import { becomeFollower, setElectionTimer } from './terms.ts'
import { turnAway } from './turn-away.ts'

/** New members that receive the log before they get a vote (D 4.2.1). Never changed: each round makes another. */
export interface PendingChange {
  readonly request: RequestId
  /** How it was allowed. */
  readonly way: RaftSettings['membership']
  /** The voters that there shall be. */
  readonly target: readonly ServerId[]
  readonly learners: readonly ServerId[]
  readonly round: number
  /** The round is over when the learners have the log up to here. */
  readonly upTo: LogIndex
  readonly startedAt: Micros
  /** When the leader gives the change up. */
  readonly due: Micros
}

/** D 4.2.1: after so many rounds the newcomers are too slow. */
const MOST_ROUNDS = 10

/**
 * Why a server does not stand for election; `null` if it may. One that is left out of its latest configuration still
 * stands until it knows that configuration to be committed: before that, its vote may be needed (D 4.2.2).
 */
export function whyNotStanding(server: Server): (StandingFact & { kind: 'NotStanding' })['why'] | null {
  const latest = server.configurations[server.configurations.length - 1]
  if (latest === undefined || votersOf(latest.configuration).length === 0) return 'NoConfiguration'
  return isMember(server) || latest.index > server.commitIndex ? null : 'NotAMember'
}

export const mayStand = (server: Server): boolean => whyNotStanding(server) === null

/** §6, D 4.1: the leader is asked to change the members. */
export function onChangeRequest(
  server: Server,
  request: ClientRequest,
  { add, remove }: ChangeMembers,
  context: Context,
): void {
  const { voters } = configuration(server)
  const joining = [...new Set(add)].filter((id) => !voters.includes(id))
  const leaving = [...new Set(remove)].filter((id) => voters.includes(id))
  const target = [...voters.filter((id) => !leaving.includes(id)), ...joining].sort((a, b) => a - b)
  const held = reasonToHold(server, context)
  const refused = reasonToRefuse(target, joining.length + leaving.length, context)
  const fact = (told: MembershipFact) => context.out.fact({ server: server.id, rule: 'D 4.1', ...told })
  if (held !== null) {
    fact({ kind: 'ChangeHeld', why: held })
    turnAway(server, { client: request.from, serial: request.serial }, server.id, context)
  } else if (isSameSet(target, voters)) {
    fact({ kind: 'ChangeNeedless' })
    answer(server, request, { kind: 'Done' }, context)
  } else if (refused !== null) {
    fact({ kind: 'ChangeRefused', why: refused })
    answer(server, request, { kind: 'ChangeRefused', why: refused }, context)
  } else if (joining.length > 0 && context.settings.catchUp) {
    startCatchUp(server, requestIdOf(request), target, joining, context)
  } else changeTo(server, target, requestIdOf(request), context.settings.membership, context)
}

const requestIdOf = ({ from: client, serial, session, firstOpen }: ClientRequest): RequestId => ({
  client,
  serial,
  session,
  firstOpen,
})

/** Why the change cannot be made yet; the client asks again. */
function reasonToHold(server: Server, { settings }: Context): 'AnotherChange' | 'NoOwnEntry' | null {
  const latest = server.configurations[server.configurations.length - 1]
  const open = server.change !== null || (latest !== undefined && latest.index > server.commitIndex)
  if (open || configuration(server).next !== null) return 'AnotherChange'
  return settings.changeAfterOwnEntry && !hasCommittedOwn(server) ? 'NoOwnEntry' : null
}

/** Whether it has committed an entry of its own term, and so knows all that is committed (§5.4.2, §8). */
export const hasCommittedOwn = ({ log, commitIndex, currentTerm }: Server): boolean =>
  termAt(log, commitIndex) === currentTerm

/** Why it can never be made as it is asked for. */
function reasonToRefuse(
  target: readonly ServerId[],
  differences: number,
  { settings }: Context,
): 'NotOneAtATime' | 'NobodyLeft' | null {
  if (target.length === 0) return 'NobodyLeft'
  return settings.membership === 'single' && differences > 1 ? 'NotOneAtATime' : null
}

function answer(server: Server, request: RequestId | ClientRequest, result: Result, { out }: Context): void {
  const to = 'client' in request ? request.client : request.from
  const { id, commitIndex: upTo } = server
  out.send({ kind: 'ClientReply', from: id, to, leader: id, serial: request.serial, result, upTo })
}

/** D 4.2.1: a new server with an empty log would hold up every decision, so it gets the log first, without a vote. */
function startCatchUp(
  server: Server,
  request: RequestId,
  target: readonly ServerId[],
  learners: readonly ServerId[],
  context: Context,
): void {
  const { now, settings, out } = context
  const due = (now + MOST_ROUNDS * settings.electionTimeoutMax) as Micros
  const upTo = lastIndex(server.log)
  server.change = { request, way: settings.membership, target, learners, round: 1, upTo, startedAt: now, due }
  matchPeers(server, now)
  out.fact({ kind: 'CatchUpStarted', server: server.id, rule: 'D 4.2.1', learners, upTo })
  const peers = server.peers.filter(({ id }) => learners.includes(id))
  sendHeartbeats(server, peers, context)
}

/** Each time a follower has acknowledged: a round ends when all learners have what there was when it began. */
export function onProgress(server: Server, context: Context): void {
  const { change } = server
  // While leadership is handed over, a new entry would only delay that (D 3.10).
  if (change === null || server.transfer !== null) return
  const { learners, upTo, round, startedAt } = change
  if (!learners.every((id) => (peerOf(server, id)?.matchIndex ?? 0) >= upTo)) return
  const { now, settings, out } = context
  const took = (now - startedAt) as Micros
  const fast = took < settings.electionTimeoutMin
  const { id } = server
  out.fact({ kind: 'CatchUpRoundDone', server: id, rule: 'D 4.2.1', learners, round, took, fast })
  if (fast) {
    server.change = null
    changeTo(server, change.target, change.request, change.way, context)
  } else if (round === MOST_ROUNDS) giveUpChange(server, context)
  else {
    server.change = { ...change, round: round + 1, upTo: lastIndex(server.log), startedAt: now }
    onProgress(server, context) // if nothing was added meanwhile, the next round is over as it begins
  }
}

/** The newcomers are too slow, or do not answer. */
export function giveUpChange(server: Server, context: Context): void {
  const { change } = server
  if (change === null) return
  const { learners, round: rounds, request } = change
  server.change = null
  matchPeers(server, context.now)
  context.out.fact({ kind: 'CatchUpGivenUp', server: server.id, rule: 'D 4.2.1', learners, rounds })
  answer(server, request, { kind: 'ChangeRefused', why: 'NotCaughtUp' }, context)
}

/** A leader that is one no more brings nobody up to date: the client asks elsewhere. */
export function dropChange(server: Server, context: Context): void {
  const { change } = server
  if (change === null) return
  server.change = null
  matchPeers(server, context.now)
  turnAway(server, change.request, null, context)
}

function changeTo(
  server: Server,
  target: readonly ServerId[],
  request: RequestId,
  way: RaftSettings['membership'],
  context: Context,
): void {
  const { voters } = configuration(server)
  const isJoint = way === 'joint'
  appendConfiguration(server, isJoint ? { voters, next: target } : configurationOf(target), request, context)
}

/** §6: a configuration counts from the moment it is in the log, for its own commitment too. */
function appendConfiguration(
  server: Server,
  members: Configuration,
  request: RequestId | null,
  context: Context,
): void {
  const was = configuration(server)
  const before = highestOnQuorum(server, context)
  const { index } = appendOwn(server, { kind: 'Configuration', configuration: members }, request, context)
  enter(server, index, members, context)
  const { id } = server
  context.out.fact({
    kind: 'ConfigurationAppended',
    server: id,
    rule: '§6',
    index,
    was,
    configuration: members,
  })
  const { peers } = server
  for (const peer of peers) sendEntries(server, peer, 'NewCommand', context)
  advanceCommit(server, before, context)
  confirmReads(server, context) // it may be its own majority now, with nobody left to answer
}

function enter(server: Server, index: LogIndex, members: Configuration, { now }: Context): void {
  server.configurations = [...server.configurations, { index, configuration: members }]
  matchPeers(server, now, logIndex(index - 1))
}

/** §6: a follower uses a configuration as soon as it is in its log. */
export function adoptConfiguration(
  server: Server,
  index: LogIndex,
  members: Configuration,
  context: Context,
): void {
  const was = configuration(server)
  enter(server, index, members, context)
  const { id } = server
  context.out.fact({
    kind: 'ConfigurationAdopted',
    server: id,
    rule: '§6',
    index,
    was,
    configuration: members,
  })
  if (server.electionDue === NEVER) setElectionTimer(server, context)
}

/** §6: with the entries from `index` on, their configurations go, and the one before holds again. */
export function rollBackConfigurations(server: Server, from: LogIndex, context: Context): void {
  const latest = server.configurations[server.configurations.length - 1]
  if (latest === undefined || latest.index < from) return
  server.configurations = server.configurations.filter(({ index }) => index < from)
  matchPeers(server, context.now)
  const { id } = server
  const { index, configuration: was } = latest
  const now = configuration(server)
  context.out.fact({
    kind: 'ConfigurationRolledBack',
    server: id,
    rule: '§6',
    index,
    was,
    configuration: now,
  })
}

/** What follows when a configuration is committed: C-new after C-old,new; and a leader that is left out steps down (§6). */
export function afterCommit(server: Server, context: Context): void {
  const latest = server.configurations[server.configurations.length - 1]
  if (server.role !== 'leader' || latest === undefined || latest.index > server.commitIndex) return
  const { next } = latest.configuration
  if (next !== null) {
    appendConfiguration(server, configurationOf(next), requestOf(server, latest.index), context)
  } else if (!isVoter(latest.configuration, server.id)) {
    becomeFollower(server, context)
    server.leaderId = null
    const { id, currentTerm: term } = server
    context.out.fact({ kind: 'SteppedDown', server: id, rule: '§6', term, why: { kind: 'Removed' } })
  }
}

/** Whose wish an entry was, if the log still has it. */
function requestOf({ log }: Server, index: LogIndex): RequestId | null {
  return index > log.base ? (log.buffer[index - 1 - log.base]?.request ?? null) : null
}
