import { unreachable } from '../base/assert.ts'
import { nameOf } from '../base/ids.ts'
import type { ClientReply, Message } from '../raft/messages.ts'
import { commandWords } from './commands.ts'
import { entries } from './sentence.ts'

/** A message in a few words: what it is, and the one thing to know about it. */
export interface Gist {
  readonly what: string
  /** Begins with a space, or is empty. */
  readonly detail: string
}

export function gistOf(message: Message): Gist {
  switch (message.kind) {
    case 'RequestVote':
      return { what: 'RequestVote', detail: ` for term ${message.term}` }
    case 'RequestVoteReply':
      return message.voteGranted
        ? { what: 'Vote', detail: ` for term ${message.requestTerm}` }
        : { what: 'Refused vote', detail: ` for term ${message.requestTerm}` }
    case 'PreVote':
      return { what: 'PreVote', detail: ` for term ${message.term}` }
    case 'PreVoteReply':
      return {
        what: message.voteGranted ? 'PreVote grant' : 'PreVote refusal',
        detail: ` for term ${message.requestTerm}`,
      }
    case 'InstallSnapshot':
      return { what: 'InstallSnapshot', detail: ` up to entry ${message.lastIncludedIndex}` }
    case 'InstallSnapshotReply':
      return { what: 'Snapshot reply', detail: `: ${message.received} bytes` }
    case 'TimeoutNow':
      return { what: 'TimeoutNow', detail: ` in term ${message.term}` }
    case 'AppendEntries': {
      const first = message.entries[0]
      const last = message.entries.at(-1)
      if (first === undefined || last === undefined) return { what: 'Heartbeat', detail: '' }
      return { what: 'AppendEntries', detail: ` with ${entries(first.index, last.index)}` }
    }
    case 'AppendEntriesReply':
      return message.success
        ? { what: 'Acceptance', detail: ` up to ${message.lastVouchedIndex}` }
        : { what: 'Refusal', detail: ` of entries after ${message.prevLogIndex}` }
    case 'ClientRequest':
      return { what: 'Command', detail: ` ${commandWords(message.command)}` }
    case 'ClientReply':
      return replyGist(message)
    default:
      return unreachable(message)
  }
}

function replyGist({ from, result, leader }: ClientReply): Gist {
  if (result !== null) return { what: 'Answer', detail: '' }
  if (leader === from) return { what: 'Answer', detail: ': not now' }
  if (leader !== null) return { what: 'Redirect', detail: ` to ${nameOf(leader)}` }
  return { what: 'Redirect', detail: ': no leader known' }
}
