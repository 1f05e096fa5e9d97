import { expect, it } from 'vitest'
import type { MessageKind } from '../raft/messages.ts'
import { messageText, messageTitle } from './messages.ts'

it.each<[MessageKind, string, string]>([
  ['RequestVote', 'vote request', 'RequestVote'],
  ['RequestVoteReply', 'vote reply', 'RequestVote reply'],
  ['AppendEntries', 'AppendEntries', 'AppendEntries'],
  ['AppendEntriesReply', 'AppendEntries reply', 'AppendEntries reply'],
  ['ClientRequest', 'command', 'Client request'],
  ['ClientReply', 'answer', 'Client reply'],
])('%s in a sentence, and as a title', (kind, text, title) => {
  expect([messageText(kind), messageTitle(kind)]).toEqual([text, title])
})
