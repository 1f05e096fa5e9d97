import { unreachable } from '../base/assert.ts'
import type { LogIndex, ServerId, Term } from '../base/ids.ts'
import type { ClientOperation } from '../check/client-operation.ts'
import type { Evidence } from '../check/evidence.ts'
import type { Violation } from '../check/properties.ts'
import { isCommand, isSamePayload } from '../raft/commands.ts'
import type { Impossibility } from '../raft/facts.ts'
import type { FactRecord } from '../simulation/columns.ts'
import type { Fact } from '../simulation/facts.ts'
import type { Finding } from './finding.ts'

type Is = (fact: Fact) => boolean
type Records = readonly FactRecord[]

/**
 * The events by which the other side of a contradiction came to be, which no chain of causes leads to: who led already,
 * what was committed, what was written. `all` is what a history has on record, with the finding.
 */
export function otherSide(all: Records, finding: Finding): number[] {
  const records = all.filter(({ event }) => event <= finding.event)
  const events = [...sidesOf(records, finding), ...ruleBroken(records)]
  return [...new Set(events)].filter((event) => event < finding.event)
}

function sidesOf(records: Records, { servers, violation }: Finding): number[] {
  if (violation !== null) return sidesOfViolation(records, violation)
  const found = records.findLast(({ fact }) => fact.kind === 'Impossible')?.fact
  const [server] = servers
  if (found?.kind !== 'Impossible' || server === undefined) return []
  return sidesOfImpossible(records, server, found.what)
}

function sidesOfViolation(records: Records, violation: Violation): number[] {
  const [server, other = server] = violation.servers
  if (server === undefined || other === undefined) return []
  const latest = (...wanted: readonly Is[]) => wanted.flatMap((is) => last(records, is))
  switch (violation.kind) {
    case 'ElectionSafety':
      return [
        ...latest(leads(other, violation.term)),
        ...changeOfMembers(records, server),
        ...changeOfMembers(records, other),
        ...bothVotes(records, server, other, violation.term),
      ]
    case 'OneVote':
      return latest(votes(server, violation.was, violation.term))
    case 'TermsRise':
      return latest(enters(server, violation.was))
    case 'CommitRises':
      return latest(commits(server, violation.was))
    case 'IndexOrder': {
      const { lastApplied, commitIndex, lastLogIndex } = violation
      if (commitIndex <= lastLogIndex) return latest(appends(server, lastApplied))
      return latest(commits(server, commitIndex), shortens(server))
    }
    case 'LeaderAppendOnly':
      return latest(leads(server, violation.term), appends(server, violation.index))
    case 'LogMatching': {
      const { index, differs } = violation
      const before = differs === 'EntryBefore' ? [server, other].map((id) => appends(id, index - 1)) : []
      return latest(appends(other, index), ...before)
    }
    case 'LogTermsRise':
      return latest(appends(server, violation.index - 1))
    case 'StateMachineSafety': {
      const settled = latest(commits(other, violation.index))
      // One that applies what is not committed has only stored it.
      return settled.length > 0 ? settled : latest(appends(other, violation.index))
    }
    case 'LeaderCompleteness': {
      const { index, entryTerm, found } = violation
      const instead = found === null || found === entryTerm ? [] : appendedIn(records, index, found)
      return [...committedIn(records, index, entryTerm), ...instead, ...changeOfMembers(records, server)]
    }
    case 'CommittedStays':
      return committedIn(records, violation.index, violation.term)
    case 'StoreFollowsLog':
      return latest(commits(server, violation.index))
    case 'ExactlyOnce':
      return latest((fact) => fact.kind === 'CommandAppended' && fact.index === violation.first)
    case 'Linearizability':
      return [...latest(leads(server)), ...operationsOf(records, violation.evidence)]
    default:
      return unreachable(violation)
  }
}

function sidesOfImpossible(records: Records, server: ServerId, what: Impossibility): number[] {
  const latest = (...wanted: readonly Is[]) => wanted.flatMap((is) => last(records, is))
  switch (what.kind) {
    case 'TwoLeaders':
      return [...latest(leads(what.other, what.term)), ...bothVotes(records, server, what.other, what.term)]
    case 'LeaderOverwrites':
      return latest(leads(server, what.term), appends(server, what.index))
    case 'CommitMovesBack':
      return latest(commits(server, what.from))
    case 'VouchesForMore':
      return latest(leads(server), appends(what.follower, what.vouched))
    case 'ErasesCommitted':
      return latest(commits(server, what.index), leads(what.leader))
    case 'Contradiction':
      return []
    default:
      return unreachable(what)
  }
}

/** The latest such event; none if there is none. */
function last(records: Records, is: Is): number[] {
  const record = records.findLast(({ fact }) => is(fact))
  return record === undefined ? [] : [record.event]
}

/** The latest time that a rule was broken; where it was for a snapshot’s end, how that server came to its snapshot. */
function ruleBroken(records: Records): number[] {
  const record = records.findLast(({ fact }) => fact.kind === 'RuleBroken')
  if (record?.fact.kind !== 'RuleBroken') return []
  const { server, broken } = record.fact
  if (broken !== 'ignoreSnapshotBoundary') return [record.event]
  const before = records.filter(({ event }) => event <= record.event)
  return [...last(before, takesSnapshot(server)), record.event]
}

/** How a server came to its present members, if it did: who led and put them into its log. */
function changeOfMembers(records: Records, server: ServerId): number[] {
  const record = records.findLast(({ fact }) => changesMembers(server)(fact))
  if (record === undefined) return []
  const own = records.findLast(
    ({ event, fact }) => event <= record.event && fact.kind === 'ConfigurationAppended',
  )
  if (own?.fact.kind !== 'ConfigurationAppended') return [record.event]
  return [...electionOf(records, own.fact.server, own.event), own.event, record.event]
}

/** How an entry came to be and was committed: by whom, and that this server led. */
function committedIn(records: Records, index: LogIndex, term: Term): number[] {
  const record = records.findLast(({ fact }) => fact.kind === 'Committed' && covers(fact, index))
  if (record?.fact.kind !== 'Committed') return appendedIn(records, index, term)
  return [
    ...appendedIn(records, index, term),
    ...electionOf(records, record.fact.server, record.event),
    record.event,
  ]
}

/** How a leader came to append an entry of its term: its election, and that. */
function appendedIn(records: Records, index: LogIndex, term: Term): number[] {
  for (const { event, fact } of records) {
    if (!isOwn(fact) || fact.index !== index) continue
    const election = records.findLast((one) => one.event <= event && leads(fact.server, term)(one.fact))
    if (election !== undefined) return [election.event, event]
  }
  return []
}

const OWN = ['CommandAppended', 'NoOpAppended', 'ConfigurationAppended'] as const
const isOwn = (fact: Fact): fact is Extract<Fact, { kind: (typeof OWN)[number] }> =>
  OWN.some((kind) => kind === fact.kind)

/** The latest election of a server before an event. */
const electionOf = (records: Records, server: ServerId, before: number): number[] =>
  last(
    records.filter(({ event }) => event <= before),
    leads(server),
  )

const covers = (fact: { readonly first: LogIndex; readonly last: LogIndex }, index: number): boolean =>
  fact.first <= index && index <= fact.last

const leads =
  (server: ServerId, term?: Term): Is =>
  (fact) =>
    fact.kind === 'BecameLeader' && fact.server === server && (term === undefined || fact.term === term)

const enters =
  (server: ServerId, term: Term): Is =>
  (fact) =>
    (fact.kind === 'TermAdopted' || fact.kind === 'BecameCandidate') &&
    fact.server === server &&
    fact.term === term

/** A candidate votes for itself as it becomes one. */
const votes =
  (voter: ServerId, candidate: ServerId, term: Term): Is =>
  (fact) =>
    voter === candidate
      ? fact.kind === 'BecameCandidate' && fact.server === voter && fact.term === term
      : fact.kind === 'VoteGranted' &&
        fact.server === voter &&
        fact.candidate === candidate &&
        fact.term === term

const appends =
  (server: ServerId, index: number): Is =>
  (fact) => {
    switch (fact.kind) {
      case 'EntriesAppended':
        return fact.server === server && covers(fact, index)
      case 'CommandAppended':
      case 'NoOpAppended':
      case 'ConfigurationAppended':
        return fact.server === server && fact.index === index
      case 'SnapshotInstalled':
        return fact.server === server && fact.lastIncludedIndex >= index
      default:
        return false
    }
  }

const commits =
  (server: ServerId, index: number): Is =>
  (fact) => {
    switch (fact.kind) {
      case 'Committed':
      case 'CommitLearned':
        return fact.server === server && covers(fact, index)
      case 'SnapshotInstalled':
        return fact.server === server && fact.lastIncludedIndex >= index
      default:
        return false
    }
  }

const changesMembers =
  (server: ServerId): Is =>
  (fact) =>
    (fact.kind === 'ConfigurationAppended' || fact.kind === 'ConfigurationAdopted') && fact.server === server

const takesSnapshot =
  (server: ServerId): Is =>
  (fact) =>
    (fact.kind === 'SnapshotTaken' || fact.kind === 'SnapshotInstalled') && fact.server === server

const shortens =
  (server: ServerId): Is =>
  (fact) =>
    (fact.kind === 'EntriesErased' || fact.kind === 'SnapshotInstalled') && fact.server === server

/** Of whoever voted for both of two leaders of a term, both votes. */
function bothVotes(records: Records, one: ServerId, other: ServerId, term: Term): number[] {
  const votesFor = (candidate: ServerId): Map<ServerId, number> => {
    const found = new Map<ServerId, number>()
    for (const { event, fact } of records) {
      if (fact.kind === 'BecameCandidate' && fact.server === candidate && fact.term === term)
        found.set(candidate, event)
      // One of an earlier term can have been kept.
      if (fact.kind === 'VoteGranted' && fact.candidate === candidate && fact.term <= term)
        found.set(fact.server, event)
    }
    return found
  }
  const theirs = votesFor(other)
  return [...votesFor(one)].flatMap(([voter, event]) => {
    const twin = theirs.get(voter)
    return twin === undefined ? [] : [twin, event]
  })
}

/** So many answers, and so many writes, are enough to see what an answer contradicts. */
const MOST = 4

/** What an answer that cannot be contradicts: other answers, and how what they should have seen was written. */
function operationsOf(records: Records, { operations, source }: Evidence): number[] {
  const answers = operations.filter(({ answered }) => answered !== null).slice(-MOST)
  const writes = [...operations, ...(source === null ? [] : [source])].filter(isWrite).slice(-MOST)
  return [
    ...answers.flatMap((operation) => answeredBy(records, operation)),
    ...writes.flatMap((write) => written(records, write)),
  ]
}

/** That the client got the answer, and how whoever gave it had come to lead. */
function answeredBy(records: Records, { client, answered }: ClientOperation): number[] {
  if (answered === null) return []
  const given = records.findLast(
    ({ event, fact }) => event <= answered.event && isAnswer(fact) && fact.client === client,
  )
  const election =
    given !== undefined && isAnswer(given.fact) ? electionOf(records, given.fact.server, given.event) : []
  return [...election, answered.event]
}

const isAnswer = (fact: Fact): fact is Extract<Fact, { kind: 'CommandAnswered' | 'ReadAnswered' }> =>
  fact.kind === 'CommandAnswered' || fact.kind === 'ReadAnswered'

const isWrite = ({ command }: ClientOperation): boolean => command.kind !== 'Get'

/** A leader took it into its log. */
function written(records: Records, { client, command, invoked }: ClientOperation): number[] {
  const record = records.find(
    ({ event, fact }) =>
      event >= invoked.event &&
      fact.kind === 'CommandAppended' &&
      fact.client === client &&
      isCommand(fact.command) &&
      isSamePayload(fact.command, command),
  )
  if (record === undefined || !isOwn(record.fact)) return []
  return [...electionOf(records, record.fact.server, record.event), record.event]
}
