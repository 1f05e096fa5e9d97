import { clientId, logIndex, type Micros, micros, serverId, term } from '../base/ids.ts'
import type { Command, Request } from './commands.ts'
import { type ConfigurationAt, majorityOf } from './configuration.ts'
import type { Context } from './effects.ts'
import type { RaftFact } from './facts.ts'
import { append, compactTo, type Entry, emptyLog, entriesBetween, type Log, lastIndex } from './log.ts'
import type {
  AppendEntries,
  AppendEntriesReply,
  ClientRequest,
  Message,
  PreVote,
  PreVoteReply,
  RequestVote,
  RequestVoteReply,
  ServerMessage,
  TimeoutNow,
} from './messages.ts'
import { configuration, firstConfiguration, type Server, startServer } from './server.ts'
import { type RaftSettings, section5Settings } from './settings.ts'
import type { Snapshot } from './snapshot.ts'
import { type Input, step } from './step.ts'

/** The same shape with plain numbers for the branded ones: tables of examples read better so. */
export type Loose<T> = T extends number
  ? number
  : T extends string | boolean | null | undefined
    ? T
    : { readonly [K in keyof T]: Loose<T[K]> }

/** What a server did, in order. */
export type Deed =
  | { readonly kind: 'sent'; readonly message: Message }
  | { readonly kind: 'told'; readonly fact: RaftFact }
  | { readonly kind: 'stored'; readonly term: number; readonly votedFor: number | null; readonly log: string }

/** How a server stands when a test begins. A log is written as the terms of its entries. */
export interface Start {
  readonly id?: number
  readonly servers?: number
  readonly term?: number
  readonly votedFor?: number | null
  readonly log?: string
  /** How many of its entries a snapshot stands for. */
  readonly base?: number
  /** The members, where they are not S1 to the last of `servers`; none for a server that was told nothing yet. */
  readonly voters?: readonly number[]
  /** Settings that differ from §5 alone. */
  readonly settings?: Partial<Loose<RaftSettings>>
}

/** One server on a bench: everything around it is played by the test, and everything it does is written down. */
export class Bench {
  readonly server: Server
  readonly settings: RaftSettings
  deeds: Deed[] = []
  now: Micros = micros(1_000_000)
  /** The length of every election timeout. */
  timeout = 200_000
  /** Whether writes to the disk take until the test says that they are done. */
  slowDisk = false
  readonly context: Context

  constructor({
    id = 1,
    servers = 3,
    term: currentTerm = 1,
    votedFor = null,
    log: terms = '',
    base = 0,
    voters = Array.from({ length: servers }, (_, i) => i + 1),
    settings,
  }: Start = {}) {
    const first = firstConfiguration(voters.map(serverId))
    const voted = votedFor === null ? null : serverId(votedFor)
    const log = logOf(terms)
    if (base > 0) compactTo(log, logIndex(base))
    const snapshot = base > 0 ? snapshotOf(terms.slice(0, base), first) : null
    const disk = { currentTerm: term(currentTerm), votedFor: voted, log, snapshot }
    this.server = startServer(serverId(id), first, disk)
    this.settings = { ...section5Settings, ...(settings as Partial<RaftSettings>) }
    this.context = this.contextOf(this.settings)
    this.step({ kind: 'Started' })
    this.forget()
  }

  step(input: Input): this {
    this.context.now = this.now
    step(this.server, input, this.context)
    return this
  }

  /** Lets time pass, and then the clock tick. */
  wait(time: number): this {
    this.now = micros(this.now + time)
    return this.step({ kind: 'Tick' })
  }

  receive(...messages: readonly ServerMessage[]): this {
    for (const message of messages) this.step({ kind: 'Message', message })
    return this
  }

  /** Settings are changed while the server runs. */
  change(settings: Partial<Loose<RaftSettings>>): this {
    Object.assign(this.settings, settings)
    return this
  }

  /** Whatever happened so far is not asked about. */
  forget(): this {
    this.deeds = []
    return this
  }

  /** Everything sent, of one kind. */
  sent<Kind extends Message['kind']>(kind: Kind): (Message & { kind: Kind })[] {
    return this.deeds.flatMap((deed) =>
      deed.kind === 'sent' && isOf(deed.message, kind) ? [deed.message] : [],
    )
  }

  /** The facts of one kind. */
  told<Kind extends RaftFact['kind']>(kind: Kind): (RaftFact & { kind: Kind })[] {
    return this.deeds.flatMap((deed) => (deed.kind === 'told' && isOf(deed.fact, kind) ? [deed.fact] : []))
  }

  /** The log as the terms of its entries, without those that a snapshot stands for. */
  get log(): string {
    return termsOf(this.server.log)
  }

  peer(id: number) {
    const peer = this.server.peers.find((other) => other.id === id)
    if (peer === undefined) throw new Error(`no S${id}`)
    return peer
  }

  private contextOf(settings: RaftSettings): Context {
    return {
      now: this.now,
      settings,
      out: {
        send: (message) => this.deeds.push({ kind: 'sent', message }),
        fact: (fact) => this.deeds.push({ kind: 'told', fact }),
        persist: (server) => {
          const { currentTerm, votedFor, log } = server
          if (!this.slowDisk) {
            server.durableIndex = lastIndex(log)
            server.durableTerm = currentTerm
          }
          this.deeds.push({ kind: 'stored', term: currentTerm, votedFor, log: termsOf(log) })
        },
      },
      electionTimeout: () => micros(this.timeout),
    }
  }
}

function isOf<T extends { kind: string }, Kind extends T['kind']>(
  item: T,
  kind: Kind,
): item is T & { kind: Kind } {
  return item.kind === kind
}

export const follower = (start: Start = {}): Bench => new Bench(start)

/** A candidate of `start.term`, which must be 1 or more. */
export function candidate(start: Start = {}): Bench {
  const bench = new Bench({ ...start, term: (start.term ?? 1) - 1 })
  const { preVote, reads } = bench.settings
  bench.change({ preVote: false, reads: 'log' }).step({ kind: 'ElectionTimeout' })
  return bench.change({ preVote, reads }).forget()
}

/** A server of `start.term` that asks whether it could win the next. */
export function preCandidate(start: Start = {}): Bench {
  const bench = new Bench({ ...start, settings: { preVote: true, ...start.settings } })
  return bench.step({ kind: 'ElectionTimeout' }).forget()
}

/** The leader of `start.term`, with the votes of the first servers that make a majority. */
export function leader(start: Start = {}): Bench {
  const bench = candidate(start)
  const { server } = bench
  for (const peer of server.peers.slice(0, majorityOf(configuration(server).voters) - 1)) {
    bench.receive(voteReply({ from: peer.id, to: server.id, term: server.currentTerm }))
  }
  return bench.forget()
}

export function logOf(terms: string): Log {
  const log = emptyLog()
  for (const entry of entriesOf(terms)) append(log, entry)
  return log
}

/** Entries with these terms, the first at index `from`. An index and a term decide a command, as in any real run. */
export function entriesOf(terms: string, from = 1): Entry[] {
  return [...terms].map((digit, i) => {
    const command: Command = { kind: 'Put', key: 'x', value: `${digit}.${from + i}` }
    return { index: logIndex(from + i), term: term(Number(digit)), command, request: null }
  })
}

/** What a log with these terms comes to: a snapshot of 100 bytes. */
export function snapshotOf(
  terms: string,
  configuration: ConfigurationAt = firstConfiguration([1, 2, 3].map(serverId)),
): Snapshot {
  const last = entriesOf(terms).at(-1)
  if (last?.command.kind !== 'Put') throw new Error('a snapshot stands for some entries')
  const { index: lastIncludedIndex, term: lastIncludedTerm, command } = last
  const store = new Map([[command.key, command.value]])
  return { lastIncludedIndex, lastIncludedTerm, store, sessions: new Map(), configuration, bytes: 100 }
}

export const termsOf = (log: Log): string =>
  entriesBetween(log, logIndex(1), logIndex(log.length))
    .map((entry) => entry.term)
    .join('')

/** The last term of a log written as terms; 0 if it is empty. */
const lastOf = (terms: string): number => Number(terms.at(-1) ?? 0)

interface Ends {
  readonly from?: number
  readonly to?: number
  readonly term?: number
}

/** A vote request of a candidate with that log. */
export function requestVote({
  from = 2,
  to = 1,
  term: of = 2,
  log = '',
}: Ends & { log?: string }): RequestVote {
  return {
    kind: 'RequestVote',
    from: serverId(from),
    to: serverId(to),
    leader: null,
    term: term(of),
    candidateId: serverId(from),
    lastLogIndex: logIndex(log.length),
    lastLogTerm: term(lastOf(log)),
    transfer: false,
  }
}

type Vote = Ends & { voteGranted?: boolean; requestTerm?: number }

export function voteReply({ from = 2, to = 1, term: of = 2, voteGranted = true, requestTerm = of }: Vote) {
  const reply: RequestVoteReply = {
    kind: 'RequestVoteReply',
    from: serverId(from),
    to: serverId(to),
    leader: null,
    term: term(of),
    voteGranted,
    requestTerm: term(requestTerm),
  }
  return reply
}

/** A question of a server with that log; `term` is the one that its election would have. */
export function preVote(given: Ends & { log?: string }): PreVote {
  const { transfer: _, ...request } = requestVote(given)
  return { ...request, kind: 'PreVote' }
}

/** The answer to it; `term` is the answering server's own. */
export function preVoteReply({ term: of = 1, requestTerm = of + 1, ...rest }: Vote): PreVoteReply {
  return { ...voteReply({ ...rest, term: of, requestTerm }), kind: 'PreVoteReply' }
}

/** A leader asks a server to stand at once. */
export function timeoutNow({ from = 2, to = 1, term: of = 1 }: Ends): TimeoutNow {
  const leader = serverId(from)
  return { kind: 'TimeoutNow', from: leader, to: serverId(to), leader, term: term(of) }
}

type Append = Ends & { log?: string; prev?: number; count?: number; leaderCommit?: number; rpcId?: number }

/** What a leader with that log sends: `count` entries after `prev`, by default all of them. */
export function appendEntries(given: Append): AppendEntries {
  const { from = 2, to = 1, term: of = 2, log = '', prev = 0, leaderCommit = 0, rpcId = 1 } = given
  const { count = log.length - prev } = given
  return {
    kind: 'AppendEntries',
    from: serverId(from),
    to: serverId(to),
    leader: serverId(from),
    term: term(of),
    leaderId: serverId(from),
    prevLogIndex: logIndex(prev),
    prevLogTerm: term(lastOf(log.slice(0, prev))),
    entries: entriesOf(log.slice(prev, prev + count), prev + 1),
    leaderCommit: logIndex(leaderCommit),
    rpcId,
  }
}

/** The answer to a request: by default that it was accepted. */
export function appendReply(
  request: AppendEntries,
  { term: of = request.term, conflict = null }: Partial<Loose<AppendEntriesReply>> = {},
): AppendEntriesReply {
  return {
    kind: 'AppendEntriesReply',
    from: request.to,
    to: request.from,
    leader: request.from,
    term: term(of),
    success: conflict === null,
    rpcId: request.rpcId,
    requestTerm: request.term,
    prevLogIndex: request.prevLogIndex,
    lastVouchedIndex: logIndex(request.prevLogIndex + request.entries.length),
    conflict: conflict as AppendEntriesReply['conflict'],
  }
}

/** C1 asks for `put x …`. */
export function clientRequest(
  serial = 1,
  command: Request = { kind: 'Put', key: 'x', value: '1' },
  { session = null, firstOpen = serial }: { session?: number | null; firstOpen?: number } = {},
): ClientRequest {
  return {
    kind: 'ClientRequest',
    from: clientId(11),
    to: serverId(1),
    leader: null,
    serial,
    session: session === null ? null : logIndex(session),
    firstOpen,
    command,
  }
}
