import { unreachable } from '../base/assert.ts'
import { nameOf, type ServerId } from '../base/ids.ts'
import type { PropertyId, Violation } from '../check/properties.ts'
import type { Rule } from '../raft/facts.ts'
import { commandWords } from './commands.ts'
import { tellEvidence } from './safety-evidence.ts'

/** A promise that Raft makes, in words. */
export interface PropertyWords {
  readonly name: string
  readonly statement: string
  readonly section: Rule
}

/** Figure 3's five properties first, then what their proofs lean on. */
export const PROPERTY_WORDS: Readonly<Record<PropertyId, PropertyWords>> = {
  ElectionSafety: {
    name: 'Election Safety',
    statement: 'No term ever has two leaders.',
    section: 'Fig. 3',
  },
  LeaderAppendOnly: {
    name: 'Leader Append-Only',
    statement: 'While a server leads, its log only grows at the end; nothing in it is replaced or removed.',
    section: 'Fig. 3',
  },
  LogMatching: {
    name: 'Log Matching',
    statement: 'Where two logs have an entry of the same term at the same index, they agree on all up to it.',
    section: 'Fig. 3',
  },
  LeaderCompleteness: {
    name: 'Leader Completeness',
    statement: 'What was committed in one term is in the log of every leader of a later term.',
    section: 'Fig. 3',
  },
  StateMachineSafety: {
    name: 'State Machine Safety',
    statement: 'Once a server has applied an entry at an index, no server applies another one there.',
    section: 'Fig. 3',
  },
  TermsRise: {
    name: 'Terms rise',
    statement: 'The term a server is in never goes back, not even over a crash.',
    section: '§5.1',
  },
  OneVote: {
    name: 'One vote',
    statement:
      'A server that has voted in a term neither changes nor forgets that vote while the term lasts.',
    section: '§5.2',
  },
  CommitRises: {
    name: 'Commit index rises',
    statement: 'A running server never takes back that an entry is committed or applied.',
    section: 'Fig. 2',
  },
  IndexOrder: {
    name: 'Indexes in order',
    statement: 'A server applies only what is committed, and commits only what is in its log.',
    section: 'Fig. 2',
  },
  LogTermsRise: {
    name: 'Terms in a log rise',
    statement: 'Along a log the terms never fall, and no entry is stored in an earlier term than its own.',
    section: '§5.3',
  },
  StoreFollowsLog: {
    name: 'Store follows log',
    statement: 'The contents of a store are what the applied commands make of an empty one.',
    section: '§5.3',
  },
  CommittedStays: {
    name: 'Committed on a majority',
    statement:
      'What is committed is on the disks of a majority of the members that counted it, and of those that follow them.',
    section: '§5.3',
  },
  ExactlyOnce: {
    name: 'Exactly once',
    statement: 'A client’s command that changes the store is applied once at most, however often it is sent.',
    section: '§8',
  },
  Linearizability: {
    name: 'Linearizability',
    statement:
      'To clients, each command seems to take effect at one moment between its first sending and its answer.',
    section: '§8',
  },
}

/** Two sentences about a broken promise: what was seen, with names, and why that must not be. */
export function tellViolation(violation: Violation): readonly [string, string] {
  const { servers } = violation
  const who = nameIn(servers, 0)
  const other = nameIn(servers, 1)
  switch (violation.kind) {
    case 'ElectionSafety':
      return [
        `${who} and ${other} both led in term ${violation.term}.`,
        'Two leaders of one term can put different entries in the same place, and each may count a majority.',
      ]
    case 'LeaderAppendOnly':
      return [
        `${who} led in term ${violation.term} when its own entry ${violation.index} was removed or replaced.`,
        'A leader’s log is what all others copy: what it takes back may be stored, or committed, elsewhere.',
      ]
    case 'LogMatching': {
      const { term, index, differs } = violation
      const how = differs === 'Command' ? 'with different commands' : 'after different entries'
      return [
        `${who} and ${other} both have an entry ${index} of term ${term}, but ${how}.`,
        'The consistency check of AppendEntries takes it for granted that equal terms at an index mean equal logs.',
      ]
    }
    case 'LeaderCompleteness': {
      const { term, index, entryTerm, committedIn, found } = violation
      const instead = found === null || found === entryTerm ? '' : ` (it has one of term ${found} there)`
      return [
        `${who} leads in term ${term} without entry ${index} of term ${entryTerm}${instead}, though ${other} took that for committed in term ${committedIn}.`,
        'A leader’s log is what all others copy: what was committed is erased there.',
      ]
    }
    case 'StateMachineSafety': {
      const { index, mine, theirs } = violation
      const and = who === other ? ', and before it' : ` and ${other}`
      return [
        `At index ${index}, ${who} applied an entry of term ${mine}${and} one of term ${theirs}.`,
        'From there on their stores can give different answers to the same question.',
      ]
    }
    case 'TermsRise':
      return [
        `${who} went from term ${violation.was} back to term ${violation.term}.`,
        'currentTerm is on disk so that a server can never take part in a term twice.',
      ]
    case 'OneVote': {
      const { term, was, votedFor } = violation
      const named = (id: ServerId) => (id === servers[0] ? 'itself' : nameOf(id))
      const now = votedFor === null ? 'forgot it' : `then for ${named(votedFor)}`
      return [
        `${who} voted for ${named(was)} in term ${term} and ${now}.`,
        'A server with two votes in a term can help to elect two leaders.',
      ]
    }
    case 'CommitRises':
      return [
        `${who} went back from index ${violation.was} to ${violation.index} in what it holds committed or applied.`,
        'Commitment is for good: a client may have been told already.',
      ]
    case 'IndexOrder': {
      const { lastApplied, commitIndex, lastLogIndex } = violation
      return [
        `${who} has applied up to ${lastApplied} and committed up to ${commitIndex}, with a log that ends at ${lastLogIndex}.`,
        'lastApplied may not pass commitIndex, nor commitIndex the end of the log.',
      ]
    }
    case 'LogTermsRise': {
      const { index, term, before, currentTerm } = violation
      return [
        `${who} is in term ${currentTerm} and has an entry ${index} of term ${term} after one of term ${before}.`,
        'Leaders append in their own term only, and terms rise: a log that falls back was not made by leaders.',
      ]
    }
    case 'StoreFollowsLog': {
      const { index, key, expected, found } = violation
      const differs =
        key === null
          ? 'keys that the log does not account for'
          : `${key} = ${shown(found)} instead of ${shown(expected)}`
      return [
        `After entry ${index}, ${who} has ${differs}.`,
        'Replicas agree only if each store is made by the log and by nothing else.',
      ]
    }
    case 'CommittedStays': {
      return [
        tellHolders(violation),
        violation.outside
          ? 'A disk lost what it had stored, which Raft assumes never happens: a leader without the entry can be elected now.'
          : 'A leader without it can be elected, and what was committed would be erased.',
      ]
    }
    case 'ExactlyOnce': {
      const { client, command, first, index, promised } = violation
      return [
        `${nameOf(client)}’s ${commandWords(command)} was applied at index ${first} and again at ${index}.`,
        promised
          ? 'It carries its client’s session, so every server has to recognize the second as the first, and to answer it without applying it again.'
          : 'The client sent it again, or the network duplicated it. Without a session no server can tell that it is the same command, so it can overwrite what was written in between.',
      ]
    }
    case 'Linearizability':
      return tellEvidence(violation.evidence, who)
    default:
      return unreachable(violation)
  }
}

function tellHolders({ index, term, voters, holders }: Violation & { kind: 'CommittedStays' }): string {
  const entry = `the committed entry ${index} of term ${term}`
  if (voters.length === 1) return `${namesOf(voters)}, the only member, has ${entry} no more on its disk.`
  if (holders.length === 0) return `None of ${namesOf(voters)} has ${entry} on its disk.`
  const have = holders.length === 1 ? 'has' : 'have'
  const disks = holders.length === 1 ? 'its disk' : 'their disks'
  return `Of ${namesOf(voters)}, only ${namesOf(holders)} ${have} ${entry} on ${disks}: no majority.`
}

/** “S1, S2 and S3”. */
function namesOf(servers: readonly ServerId[]): string {
  const names = servers.map(nameOf)
  const last = names.pop() ?? ''
  return names.length === 0 ? last : `${names.join(', ')} and ${last}`
}

const nameIn = (servers: readonly ServerId[], i: number): string => {
  const server = servers[i]
  return server === undefined ? 'another server' : nameOf(server)
}

const shown = (value: string | null): string => value ?? 'nothing'
