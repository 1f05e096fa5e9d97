import type { ClientId, LogIndex, Micros, ServerId, Term } from '../base/ids.ts'
import type { Violation } from '../check/properties.ts'
import type { Entry } from '../raft/log.ts'
import type { Role } from '../raft/server.ts'
import type { Scenario } from '../scenario/scenario.ts'
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
  /** The hashes of the determinism corpus, to be compared with those of other machines. */
  | { readonly kind: 'corpus' }

export interface Answers {
  load: { readonly epoch: number }
  frame: Frame
  /** How many events are over behind the event found; `null` if there is none as far as was looked. */
  find: { readonly events: number | null; readonly searchedTo: Micros }
  /** `null` as long as it is not worked out, be the position far or the state large: each answer brings it nearer. */
  hash: { readonly hash: number | null }
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
  readonly more: Records
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
}

export interface PeerFrame {
  readonly id: ServerId
  readonly nextIndex: LogIndex
  readonly matchIndex: LogIndex
  readonly vote: 'awaited' | 'granted' | 'refused'
  readonly heartbeatDue: Micros
  readonly retryDue: Micros
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
