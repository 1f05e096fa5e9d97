import type { MessageKind } from '../raft/messages.ts'

const TEXTS: Readonly<Record<MessageKind, string>> = {
  RequestVote: 'vote request',
  RequestVoteReply: 'vote reply',
  AppendEntries: 'AppendEntries',
  AppendEntriesReply: 'AppendEntries reply',
  PreVote: 'PreVote request',
  PreVoteReply: 'PreVote reply',
  InstallSnapshot: 'snapshot',
  InstallSnapshotReply: 'snapshot reply',
  TimeoutNow: 'TimeoutNow',
  ClientRequest: 'command',
  ClientReply: 'answer',
}

/** What a message of this kind is called in a sentence. */
export const messageText = (kind: MessageKind): string => TEXTS[kind]

const TITLES: Readonly<Record<MessageKind, string>> = {
  RequestVote: 'RequestVote',
  RequestVoteReply: 'RequestVote reply',
  AppendEntries: 'AppendEntries',
  AppendEntriesReply: 'AppendEntries reply',
  PreVote: 'PreVote',
  PreVoteReply: 'PreVote reply',
  InstallSnapshot: 'InstallSnapshot',
  InstallSnapshotReply: 'InstallSnapshot reply',
  TimeoutNow: 'TimeoutNow',
  ClientRequest: 'Client request',
  ClientReply: 'Client reply',
}

/** What a message of this kind is called over its fields: the paper's name. */
export const messageTitle = (kind: MessageKind): string => TITLES[kind]
