import { unreachable } from '../../base/assert.ts'
import { nameOf, type ServerId } from '../../base/ids.ts'
import type { ClientReply, Message } from '../../raft/messages.ts'
import type { Snapshot } from '../../raft/snapshot.ts'
import { commandWords, whyNoChange } from '../../words/commands.ts'
import { cellText } from '../stage/members.ts'

/** One field of a message. Those that are not the paper's say what they are for. */
export interface Field {
  readonly name: string
  readonly value: string
  readonly note?: string
}

/** The fields of a message but for the entries, with the paper's names. */
export function fieldsOf(message: Message): readonly Field[] {
  return [...ownFields(message), leaderField(message)]
}

function leaderField({ kind, leader }: Message): Field {
  const note = kind === 'ClientReply' ? 'whom the client should ask' : 'the leader as the sender knows it'
  return { name: 'leader', value: server(leader), note }
}

function ownFields(message: Message): Field[] {
  switch (message.kind) {
    case 'RequestVote':
      return [
        field('term', message.term),
        field('candidateId', nameOf(message.candidateId)),
        field('lastLogIndex', message.lastLogIndex),
        field('lastLogTerm', message.lastLogTerm),
        ...(message.transfer ? [field('transfer', true, 'the leader asked for this election')] : []),
      ]
    case 'RequestVoteReply':
      return [
        field('term', message.term),
        field('voteGranted', message.voteGranted),
        field('requestTerm', message.requestTerm, 'the term of the request it answers'),
      ]
    case 'AppendEntries':
      return [
        field('term', message.term),
        field('leaderId', nameOf(message.leaderId)),
        field('prevLogIndex', message.prevLogIndex),
        field('prevLogTerm', message.prevLogTerm),
        field('leaderCommit', message.leaderCommit),
        field('rpcId', message.rpcId, 'pairs the answer with this request'),
      ]
    case 'AppendEntriesReply':
      return appendReplyFields(message)
    case 'PreVote':
      return [
        field('term', message.term, 'the term that the election would have'),
        field('candidateId', nameOf(message.candidateId)),
        field('lastLogIndex', message.lastLogIndex),
        field('lastLogTerm', message.lastLogTerm),
      ]
    case 'PreVoteReply':
      return [
        field('term', message.term),
        field('voteGranted', message.voteGranted),
        field('requestTerm', message.requestTerm, 'the term that the election would have'),
      ]
    case 'InstallSnapshot':
      return [
        field('term', message.term),
        field('leaderId', nameOf(message.leaderId)),
        field('lastIncludedIndex', message.lastIncludedIndex),
        field('lastIncludedTerm', message.lastIncludedTerm),
        field('offset', message.offset, `of ${message.snapshot.bytes} bytes`),
        field('data[]', `${message.bytes} bytes`),
        field('done', message.done),
        field('rpcId', message.rpcId, 'pairs the answer with this request'),
        ...snapshotFields(message.snapshot),
      ]
    case 'InstallSnapshotReply':
      return [
        field('term', message.term),
        field('lastIncludedIndex', message.lastIncludedIndex),
        field('received', message.received, 'bytes so far'),
        field('done', message.done),
        field('rpcId', message.rpcId, 'the request it answers'),
        field('requestTerm', message.requestTerm, 'the term of that request'),
      ]
    case 'TimeoutNow':
      return [field('term', message.term)]
    case 'ClientRequest':
      return [
        field('command', commandWords(message.command)),
        field('serial', message.serial, 'which of the client’s commands'),
        ...(message.session === null
          ? []
          : [
              field('session', message.session, 'the entry that opened it'),
              field('firstOpen', message.firstOpen, 'answers before it need not be kept'),
            ]),
      ]
    case 'ClientReply':
      return [
        field('result', resultWords(message)),
        field('serial', message.serial, 'the command it answers'),
        ...(message.result === null
          ? []
          : [field('upTo', message.upTo, 'the last entry it takes account of')]),
      ]
    default:
      return unreachable(message)
  }
}

function appendReplyFields(message: Message & { kind: 'AppendEntriesReply' }): Field[] {
  const { term, success, rpcId, requestTerm, prevLogIndex, lastVouchedIndex, conflict } = message
  const fields = [
    field('term', term),
    field('success', success),
    field('rpcId', rpcId, 'the request it answers'),
    field('requestTerm', requestTerm, 'the term of that request'),
    field('prevLogIndex', prevLogIndex, 'of that request'),
  ]
  if (success) fields.push(field('lastVouchedIndex', lastVouchedIndex, 'the logs agree up to here'))
  if (conflict === null) return fields
  const { conflictTerm, conflictIndex } = conflict
  const note = conflictTerm === null ? 'where its log ends, plus 1' : 'its first index of that term'
  fields.push(field('conflictTerm', conflictTerm ?? 'none', 'the term it has at prevLogIndex (end of §5.3)'))
  fields.push(field('conflictIndex', conflictIndex, note))
  return fields
}

function field(name: string, value: string | number | boolean, note?: string): Field {
  return note === undefined ? { name, value: String(value) } : { name, value: String(value), note }
}

const server = (id: ServerId | null): string => (id === null ? 'none known' : nameOf(id))

/** What the bytes of a snapshot are of. */
const snapshotFields = ({ store, sessions, configuration }: Snapshot): Field[] => [
  field(
    'store',
    store.size === 0 ? 'empty' : [...store].map(([key, value]) => `${key} = ${value}`).join(', '),
  ),
  field('sessions', sessions.size),
  field('members', cellText(configuration.configuration)),
]

function resultWords({ result, leader, from }: ClientReply): string {
  if (result === null) return leader === from ? 'none: not now, ask again' : 'none: it does not lead'
  switch (result.kind) {
    case 'Done':
      return 'done'
    case 'Found':
      return result.value === null ? 'no such key' : result.value
    case 'SessionOpened':
      return `session ${result.session}`
    case 'SessionExpired':
      return 'not done: the session is over'
    case 'ChangeRefused':
      return `not done: ${whyNoChange(result.why)}`
    case 'Mismatch':
      return result.value === null ? 'not done: no such key' : `not done: it is ${result.value}`
    default:
      return unreachable(result)
  }
}
