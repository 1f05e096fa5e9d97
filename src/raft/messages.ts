import type { Address, ClientId, LogIndex, ServerId, Term } from '../base/ids.ts'
import type { Command, Result } from './commands.ts'
import type { Entry } from './log.ts'

/** Names one client command, whichever try brought it. */
export interface RequestId {
  readonly client: ClientId
  /** Which of the client's commands. */
  readonly serial: number
}

/** What every message carries. */
interface Envelope {
  readonly from: Address
  readonly to: Address
  /** The leader of the current term as the sender knows it; `null` if it knows none. */
  readonly leader: ServerId | null
}

/** Figure 2, "RequestVote RPC". */
export interface RequestVote extends Envelope {
  readonly kind: 'RequestVote'
  readonly from: ServerId
  readonly to: ServerId
  readonly term: Term
  readonly candidateId: ServerId
  readonly lastLogIndex: LogIndex
  readonly lastLogTerm: Term
}

export interface RequestVoteReply extends Envelope {
  readonly kind: 'RequestVoteReply'
  readonly from: ServerId
  readonly to: ServerId
  readonly term: Term
  readonly voteGranted: boolean
  /** The term of the request that this answers: the election the vote is for. */
  readonly requestTerm: Term
}

/** Figure 2, "AppendEntries RPC"; with no entries, a heartbeat. */
export interface AppendEntries extends Envelope {
  readonly kind: 'AppendEntries'
  readonly from: ServerId
  readonly to: ServerId
  readonly term: Term
  readonly leaderId: ServerId
  readonly prevLogIndex: LogIndex
  readonly prevLogTerm: Term
  readonly entries: readonly Entry[]
  readonly leaderCommit: LogIndex
  /** Pairs the reply with its request, as an RPC does. Counts from 1 in each leader's term. */
  readonly rpcId: number
}

export interface AppendEntriesReply extends Envelope {
  readonly kind: 'AppendEntriesReply'
  readonly from: ServerId
  readonly to: ServerId
  readonly term: Term
  readonly success: boolean
  /** Which request this answers. */
  readonly rpcId: number
  readonly requestTerm: Term
  /** prevLogIndex of the request. */
  readonly prevLogIndex: LogIndex
  /** The last entry the request vouched for: prevLogIndex + its number of entries. */
  readonly lastVouchedIndex: LogIndex
  /** On a refusal by the consistency check (§5.3): where the leader should try next; else `null`. */
  readonly conflict: Conflict | null
}

/** The last paragraph of §5.3: enough for the leader to pass a whole term at a time. */
export interface Conflict {
  /** The term of the conflicting entry; `null` where the log is too short to have one. */
  readonly conflictTerm: Term | null
  /** The first index the follower has of that term, or its log's end + 1. */
  readonly conflictIndex: LogIndex
}

/** A client's command to a server (§8). */
export interface ClientRequest extends Envelope {
  readonly kind: 'ClientRequest'
  readonly from: ClientId
  readonly to: ServerId
  readonly serial: number
  readonly command: Command
}

/** The answer: applied with a result, or not the leader, with the leader that the server knows of. */
export interface ClientReply extends Envelope {
  readonly kind: 'ClientReply'
  readonly from: ServerId
  readonly to: ClientId
  readonly serial: number
  readonly result: Result | null
}

/** Between servers. */
export type PeerMessage = RequestVote | RequestVoteReply | AppendEntries | AppendEntriesReply
/** Everything a server can receive. */
export type ServerMessage = PeerMessage | ClientRequest
export type Message = ServerMessage | ClientReply
export type MessageKind = Message['kind']
