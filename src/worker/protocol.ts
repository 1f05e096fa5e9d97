import type { ClientId, LogIndex, Micros, ServerId, Term } from '../base/ids.ts'
import type { Note, PropertyId, Violation } from '../check/properties.ts'
import type { Entry } from '../raft/log.ts'
import type { Role } from '../raft/server.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { Caption } from '../search/chain.ts'
import type { Operation } from '../simulation/clients.ts'
import type { Condition, FactRecord, MessageRecord } from '../simulation/columns.ts'
import type { Fact } from '../simulation/facts.ts'
import type { Flight } from '../simulation/flight.ts'
import type { Happened } from '../simulation/history.ts'
import type { LinkSettings, Settings } from '../simulation/settings.ts'

/** The whole contract between the page and the worker: the page asks, the worker answers each question once. */
export type Question =
  /** Begin with this scenario, or go on with it after an edit of its script. */
  | { readonly kind: 'load'; readonly scenario: Scenario; readonly epoch: number }
  | { readonly kind: 'frame'; readonly position: Position; readonly window: LogWindow; readonly have: Have }
  | { readonly kind: 'find'; readonly what: Landmark; readonly from: number; readonly direction: 1 | -1 }
  /** The state hash at a position. */
  | { readonly kind: 'hash'; readonly position: Position }
  /** How what was broken in an event came about. */
  | { readonly kind: 'causes'; readonly event: number }
  /** The hashes of the determinism corpus. A test asks, to compare a browser’s with those of Node. */
  | { readonly kind: 'corpus' }

export interface Answers {
  load: { readonly epoch: number }
  frame: Frame
  /** How many events are over behind the event found; `null` if there is none as far as was looked. */
  find: { readonly events: number | null; readonly searchedTo: Micros }
  /** `later` while it is worked out, be the position far or the state large; `null` if it cannot be told at all. */
  hash: { readonly hash: number | 'later' | null }
  /** In the order of events; empty if it cannot be told. */
  causes: { readonly links: readonly Caption[] }
  corpus: Readonly<Record<string, readonly number[]>>
}

export interface Ask {
  readonly id: number
  readonly question: Question
}
export type Reply =
  | { readonly id: number; readonly kind: 'answer'; readonly answer: Answers[keyof Answers] }
  /** The worker met a fault of its own: what it says is for the person, and for a report. */
  | { readonly id: number; readonly kind: 'failure'; readonly message: string }

/** A moment: behind so many events, or at a time with all its events over, or with just the first `skip` of them. */
export type Position =
  | { readonly kind: 'events'; readonly events: number }
  | { readonly kind: 'time'; readonly at: Micros; readonly skip: number | null }

export type Landmark = 'beat' | 'election' | 'commit' | 'act'

/** Which part of the logs is wanted: `columns` entries from `first` on, or up to the end of the longest. */
export interface LogWindow {
  readonly first: LogIndex | 'head'
  readonly columns: number
}

/** How much of the growing records the page has of this epoch. */
export interface Have {
  readonly epoch: number
  readonly messages: number
  readonly conditions: number
  readonly facts: number
}

/** Everything that is drawn of one moment. */
export interface Frame {
  readonly epoch: number
  /** How many events are over. */
  readonly events: number
  /** The time asked for, or as far as the history could be simulated for this answer. */
  readonly time: Micros
  /** Nothing changes before this time; Infinity if nothing ever does. */
  readonly until: Micros
  /** How many events at exactly the last event's time are over. */
  readonly eventsNow: number
  /** The highest index that any server ever took for committed. */
  readonly committed: LogIndex
  /** The time of the last event. */
  readonly at: Micros
  /** How many lines of the script are over. */
  readonly scriptDone: number
  readonly servers: readonly ServerFrame[]
  /** The messages whose ways end first, in that order: a crowd is not told whole. */
  readonly flights: readonly Flight[]
  /** How many messages are on their way altogether. */
  readonly flightCount: number
  /** Directed links that are cut. */
  readonly cuts: readonly (readonly [ServerId, ServerId])[]
  readonly links: readonly LinkFrame[]
  readonly clients: readonly ClientFrame[]
  readonly settings: Settings
  readonly firstLogIndex: LogIndex
  readonly happened: Happened | null
  readonly upcoming: readonly Upcoming[]
  /** Set if the run ends here for good. */
  readonly end: EndFrame | null
  /** The promise that was first broken in the last event; `null` if none was. */
  readonly violation: Violation | null
  readonly safety: SafetyFrame
  readonly more: Records
}

/** What there is to say of all promises up to a moment. */
export interface SafetyFrame {
  /** How many of Figure 3's properties hold. */
  readonly held: number
  /** What was broken or became impossible to tell, in the order of events. */
  readonly notes: readonly Note[]
  /** Of what was broken, what was promised. */
  readonly broken: readonly PropertyId[]
  /** The events in which that was: behind each of them play stops. */
  readonly stops: readonly number[]
  /** The servers whose disks have failed them. */
  readonly faulty: readonly ServerId[]
  /** What clients see was not judged: who would have done so could not be loaded. */
  readonly unjudged: boolean
}

export interface EndFrame {
  readonly event: number
  readonly at: Micros
  readonly fact: Fact | null
  readonly violation: Violation | null
}

export interface LinkFrame {
  readonly from: ServerId
  readonly to: ServerId
  readonly settings: LinkSettings
}

/** One server as it is seen from outside; times are true times. */
export interface ServerFrame {
  readonly id: ServerId
  readonly state: 'up' | 'down' | 'paused'
  readonly role: Role
  readonly currentTerm: Term
  readonly votedFor: ServerId | null
  readonly leaderId: ServerId | null
  readonly commitIndex: LogIndex
  readonly lastApplied: LogIndex
  readonly lastIndex: LogIndex
  readonly lastTerm: Term
  /** Infinity where no election timer runs. */
  readonly electionDue: Micros
  readonly electionSetAt: Micros
  readonly clockRate: number
  readonly peers: readonly PeerFrame[]
  readonly store: readonly (readonly [string, string])[]
  /** The entries inside the wanted window. */
  readonly entries: readonly Entry[]
  /** The terms of the last entries, for the small log on the stage; the first of them has this index. */
  readonly tail: readonly Term[]
  /** The first entry that an AppendEntries on its way is going to erase; `null` if none is. */
  readonly doomedFrom: LogIndex | null
  /** The first of the messages that wait for it to resume, and how many wait altogether. */
  readonly waiting: readonly Flight[]
  readonly waitingCount: number
  /** What its log stands on (§7). */
  readonly snapshot: SnapshotFrame | null
  /** A snapshot that is being received: so many of its bytes are there. */
  readonly incoming: {
    readonly lastIncludedIndex: LogIndex
    readonly received: number
    readonly bytes: number
  } | null
  /** The members as it knows them: what counts for it now (§6). */
  readonly members: MembersFrame
  /** Client sessions (D 6.3), in the order of opening. */
  readonly sessions: readonly SessionFrame[]
  /** When it last heard from a leader; it refuses to help to depose one for an election timeout (D 4.2.3, 9.6). */
  readonly heardAt: Micros
  /** Its disk's own latency; `null` for the cluster's. */
  readonly diskLatency: Micros | null
  /** What it has in memory and not on its disk; `null` if everything is there (D 10.2.1). */
  readonly writing: WritingFrame | null
  /** Only of a leader. */
  readonly office: OfficeFrame | null
}

export interface SnapshotFrame {
  readonly lastIncludedIndex: LogIndex
  readonly lastIncludedTerm: Term
  readonly bytes: number
  readonly store: readonly (readonly [string, string])[]
  readonly sessions: number
  readonly voters: readonly ServerId[]
}

/** A configuration (§6): in joint mode `next` has the new voters, and decisions need a majority of both sets. */
export interface MembersFrame {
  /** The entry that it came with; 0 for what the cluster was set up as. */
  readonly index: LogIndex
  readonly voters: readonly ServerId[]
  readonly next: readonly ServerId[] | null
  readonly committed: boolean
}

export interface SessionFrame {
  readonly session: LogIndex
  readonly client: ClientId
  readonly usedAt: LogIndex
  /** The serial numbers of the commands whose answers it keeps. */
  readonly answers: readonly number[]
}

export interface WritingFrame {
  /** When the write under way is done; Infinity on a server that is down or paused. */
  readonly until: Micros
  /** Entries up to here are on the disk. */
  readonly durableIndex: LogIndex
  readonly durableTerm: Term
  /** Messages that wait for it. */
  readonly held: number
}

/** What a leader does beside replication. */
export interface OfficeFrame {
  /** The handing over of its office (D 3.10). `told`: TimeoutNow is out. */
  readonly transfer: { readonly to: ServerId; readonly due: Micros; readonly told: boolean } | null
  /** New members that are being brought up to date (D 4.2.1). */
  readonly change: {
    readonly target: readonly ServerId[]
    readonly learners: readonly ServerId[]
    readonly round: number
    readonly upTo: LogIndex
    readonly due: Micros
  } | null
  /** Gets that wait: `index` is the readIndex, `null` until an entry of its own term is committed (D 6.4). */
  readonly reads: readonly {
    readonly client: ClientId
    readonly serial: number
    readonly key: string
    readonly index: LogIndex | null
  }[]
  /** Until when it may answer gets by its lease (D 6.4.1), by true time; `null` where reads go another way. */
  readonly leaseUntil: Micros | null
  /** When it next looks whether it hears a majority (D 6.2); Infinity without CheckQuorum. */
  readonly quorumDue: Micros
  /** When it sends the commands that it has collected (D 10.2.2); Infinity if it has none. */
  readonly batchDue: Micros
  /** The first of them. */
  readonly batchFrom: LogIndex
}

export interface PeerFrame {
  readonly id: ServerId
  readonly nextIndex: LogIndex
  readonly matchIndex: LogIndex
  readonly vote: 'awaited' | 'granted' | 'refused'
  readonly heartbeatDue: Micros
  readonly retryDue: Micros
  /** Leaders: what it sends to it (D 10.2.2, §7). */
  readonly mode: 'probe' | 'replicate' | 'snapshot'
  /** AppendEntries with entries on their way to it, where they are told apart. */
  readonly inFlight: number
  /** When the leader last heard from it in this term; −1 if never. */
  readonly heardAt: Micros
  /** The snapshot that is on its way to it. */
  readonly sending: { readonly offset: number; readonly bytes: number } | null
}

export interface ClientFrame {
  readonly id: ClientId
  readonly leader: ServerId | null
  readonly open: readonly Operation[]
  readonly done: readonly Operation[]
  readonly nextAt: Micros
}

/** What comes next, in order; what can be made to happen now names how. */
export type Upcoming = { readonly at: Micros; readonly cause: number } & (
  | { readonly kind: 'Arrival'; readonly flight: Flight }
  | { readonly kind: 'Loss'; readonly flight: Flight }
  | { readonly kind: 'Election'; readonly server: ServerId }
  | { readonly kind: 'Heartbeat'; readonly server: ServerId; readonly to: readonly ServerId[] }
  | { readonly kind: 'Retry'; readonly server: ServerId; readonly peer: ServerId }
  /** A write that is under way will be on its disk. */
  | { readonly kind: 'Written'; readonly server: ServerId }
  /** It takes a snapshot of a log that has grown long (§7). */
  | { readonly kind: 'Snapshot'; readonly server: ServerId }
  /** A leader looks whether it still hears a majority (D 6.2). */
  | { readonly kind: 'QuorumCheck'; readonly server: ServerId }
  /** A leader sends out the commands that it has collected (D 10.2.2). */
  | { readonly kind: 'Batch'; readonly server: ServerId }
  /** A leader gives up handing its office over (D 3.10), or bringing newcomers up to date (D 4.2.1). */
  | { readonly kind: 'TransferEnd'; readonly server: ServerId; readonly to: ServerId }
  | { readonly kind: 'CatchUpEnd'; readonly server: ServerId; readonly learners: readonly ServerId[] }
  | { readonly kind: 'ClientWait'; readonly client: ClientId; readonly operation: Operation }
  | { readonly kind: 'ClientCommand'; readonly client: ClientId }
  | { readonly kind: 'Act'; readonly index: number }
)

/** What the page lacks of the growing records. `from` counts say where the parts belong: what is behind them is void. */
export interface Records {
  readonly messagesFrom: number
  readonly messages: readonly MessageRecord[]
  readonly changed: readonly (readonly [number, MessageRecord])[]
  readonly conditionsFrom: number
  readonly conditions: readonly Condition[]
  readonly factsFrom: number
  readonly facts: readonly FactRecord[]
  /** Up to where the history is known. */
  readonly knownTo: Micros
  /** There is more to fetch. */
  readonly unfinished: boolean
}
