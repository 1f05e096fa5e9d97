import type { Address, ClientId, LogIndex, ServerId, Term } from '../base/ids.ts'
import type { Request, Result } from './commands.ts'
import type { Entry } from './log.ts'
import type { Snapshot } from './snapshot.ts'

/** Names a client's request, whichever try brought it. */
export interface RequestId {
  readonly client: ClientId
  /** Which of the client's requests. */
  readonly serial: number
  /** The session that it belongs to, by the index of the entry that opened it (D 6.3); `null` outside sessions. */
  readonly session: LogIndex | null
  /** The client's first request without an answer: what came before need not be remembered any more (D 6.3). */
  readonly firstOpen: number
}

/** What every message carries. */
interface Envelope {
  readonly from: Address
  readonly to: Address
  /** The leader of the current term as the sender knows it; `null` if it knows none. */
  readonly leader: ServerId | null
}

/** What a message between servers carries besides (Figure 2). */
interface PeerEnvelope extends Envelope {
  readonly from: ServerId
  readonly to: ServerId
  readonly term: Term
}

/** Figure 2, "RequestVote RPC". */
export interface RequestVote extends PeerEnvelope {
  readonly kind: 'RequestVote'
  readonly candidateId: ServerId
  readonly lastLogIndex: LogIndex
  readonly lastLogTerm: Term
  /** The leader itself asked for this election, so nobody need protect it (D 4.2.3). */
  readonly transfer: boolean
}

export interface RequestVoteReply extends PeerEnvelope {
  readonly kind: 'RequestVoteReply'
  readonly voteGranted: boolean
  /** The term of the request that this answers: the election the vote is for. */
  readonly requestTerm: Term
}

/** D 9.6: asks whether a RequestVote would be granted. `term` is the term that the election would have. */
export interface PreVote extends PeerEnvelope {
  readonly kind: 'PreVote'
  readonly candidateId: ServerId
  readonly lastLogIndex: LogIndex
  readonly lastLogTerm: Term
}

export interface PreVoteReply extends PeerEnvelope {
  readonly kind: 'PreVoteReply'
  readonly voteGranted: boolean
  readonly requestTerm: Term
}

/** Figure 2, "AppendEntries RPC"; with no entries, a heartbeat. */
export interface AppendEntries extends PeerEnvelope {
  readonly kind: 'AppendEntries'
  readonly leaderId: ServerId
  readonly prevLogIndex: LogIndex
  readonly prevLogTerm: Term
  readonly entries: readonly Entry[]
  readonly leaderCommit: LogIndex
  /** Pairs the reply with its request, as an RPC does. Counts from 1 in each leader's term. */
  readonly rpcId: number
}

export interface AppendEntriesReply extends PeerEnvelope {
  readonly kind: 'AppendEntriesReply'
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

/** Figure 13, "InstallSnapshot RPC". */
export interface InstallSnapshot extends PeerEnvelope {
  readonly kind: 'InstallSnapshot'
  readonly leaderId: ServerId
  readonly lastIncludedIndex: LogIndex
  readonly lastIncludedTerm: Term
  /** Where in the snapshot this chunk begins, in bytes. */
  readonly offset: number
  /** How many bytes of it this chunk carries. */
  readonly bytes: number
  readonly done: boolean
  /** What the bytes are of. The receiver uses it only when it has them all. */
  readonly snapshot: Snapshot
  readonly rpcId: number
}

export interface InstallSnapshotReply extends PeerEnvelope {
  readonly kind: 'InstallSnapshotReply'
  readonly lastIncludedIndex: LogIndex
  /** How many bytes of that snapshot the server has, from the first on. */
  readonly received: number
  /** It has all of it, or something newer. */
  readonly done: boolean
  readonly rpcId: number
  readonly requestTerm: Term
}

/** D 3.10: the leader asks a server that has its whole log to stand for election at once. */
export interface TimeoutNow extends PeerEnvelope {
  readonly kind: 'TimeoutNow'
}

/** A client's request to a server (§8). */
export interface ClientRequest extends Envelope {
  readonly kind: 'ClientRequest'
  readonly from: ClientId
  readonly to: ServerId
  readonly serial: number
  readonly session: LogIndex | null
  readonly firstOpen: number
  readonly command: Request
}

/** The answer: applied with a result, or not now, with the leader that the server knows of. */
export interface ClientReply extends Envelope {
  readonly kind: 'ClientReply'
  readonly from: ServerId
  readonly to: ClientId
  readonly serial: number
  readonly result: Result | null
  /** The last entry that the answer takes account of; 0 without a result. */
  readonly upTo: LogIndex
}

/** Between servers. */
export type PeerMessage =
  | RequestVote
  | RequestVoteReply
  | PreVote
  | PreVoteReply
  | AppendEntries
  | AppendEntriesReply
  | InstallSnapshot
  | InstallSnapshotReply
  | TimeoutNow
/** Everything a server can receive. */
export type ServerMessage = PeerMessage | ClientRequest
export type Message = ServerMessage | ClientReply
export type MessageKind = Message['kind']
