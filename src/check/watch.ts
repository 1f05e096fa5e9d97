import { assert } from '../base/assert.ts'
import { logIndex, type ServerId, serverId, type Term, term } from '../base/ids.ts'
import type { Entry } from '../raft/log.ts'
import type { Server } from '../raft/server.ts'
import type { Host } from '../simulation/host.ts'
import type { World } from '../simulation/world.ts'
import { KnownEntries } from './known-entries.ts'
import { LeaderJudge } from './leader-judge.ts'
import { Ledger, type LedgerMark } from './ledger.ts'
import { MajorityJudge } from './majority-judge.ts'
import { type Breach, type Report, RUN_GOES_ON, type Violation } from './properties.ts'
import { sameContent, sameEntry } from './same-entry.ts'
import { durableOf, isAsSeen, note, type Seen, unchangedEntries, unseen } from './seen.ts'
import { StoreJudge } from './store-judge.ts'
import { Votes } from './votes.ts'

/** A moment of a watched run, to come back to. */
export interface Mark {
  readonly events: number
  readonly entries: number
  readonly votes: number
  readonly reigns: number
  readonly losses: number
  readonly ledger: LedgerMark
}

/**
 * Judges a run by the servers' states alone, never by what they say or send: after each event, against the states
 * before it and against everything seen since the start. The work is in proportion to what the event changed.
 */
export class Watch {
  /** What was wrong before anything happened. The first event's verdict repeats it. */
  readonly atStart: Violation | null
  private readonly firstEvents: number
  private readonly entries = new KnownEntries()
  private readonly votes = new Votes()
  private readonly ledger = new Ledger()
  private readonly leaders: LeaderJudge
  private readonly majorities: MajorityJudge
  private readonly stores: StoreJudge
  private seen: Seen[]
  private world: World
  private found: Violation | null = null
  /** What else the last event broke, for the first time in the run: nothing for which the run could not go on. */
  noted: readonly Violation[] = NONE
  /** When such a thing was first broken, by what it is. */
  private readonly firstBroken = new Map<string, number>()

  constructor(world: World) {
    this.world = world
    const voters = Array.from({ length: world.setup.servers }, (_, i) => serverId(i + 1))
    const report: Report = (servers, breach) => this.report(servers, breach)
    this.leaders = new LeaderJudge(this.ledger, report)
    this.majorities = new MajorityJudge(this.ledger, { voters, next: null }, report)
    this.stores = new StoreJudge(this.ledger, report)
    this.firstEvents = world.events
    this.seen = world.hosts.map(unseen)
    this.atStart = this.verdict(world)
  }

  /** To be called after every event. The first property found broken by it; `null` if all hold. */
  after(world: World): Violation | null {
    const found = this.verdict(world)
    if (this.atStart !== null && world.events === this.firstEvents + 1) return this.atStart
    return found
  }

  /** To be taken together with a snapshot of the world. */
  mark(): Mark {
    const { entries, votes, leaders, ledger, majorities } = this
    return {
      events: this.world.events,
      entries: entries.mark(),
      votes: votes.mark(),
      reigns: leaders.reigns.mark(),
      losses: majorities.losses.mark(),
      ledger: ledger.mark(),
    }
  }

  /** Forgets all that was seen since the mark; `world` is back at that moment already. */
  backTo(mark: Mark, world: World): void {
    assert(world.events === mark.events, 'the world is where the mark was made')
    this.world = world
    this.entries.backTo(mark.entries)
    this.votes.backTo(mark.votes)
    this.leaders.reigns.backTo(mark.reigns)
    this.majorities.losses.backTo(mark.losses)
    this.ledger.backTo(mark.ledger)
    this.noted = NONE
    for (const [what, event] of this.firstBroken) if (event >= mark.events) this.firstBroken.delete(what)
    this.seen = world.hosts.map((host) => {
      const seen = unseen()
      note(seen, host)
      seen.configurations = configurationsIn(host.server)
      return seen
    })
  }

  private verdict(world: World): Violation | null {
    this.world = world
    this.found = null
    this.noted = NONE
    const { hosts } = world
    for (let i = 0; i < hosts.length; i++) {
      const host = hosts[i] as Host
      let seen = this.seen[i]
      if (seen === undefined) {
        // A server that has been added since.
        seen = unseen()
        this.seen.push(seen)
      }
      if (isAsSeen(host, seen)) continue
      this.judge(host, seen)
      note(seen, host)
    }
    return this.found
  }

  private judge(host: Host, seen: Seen): void {
    const { server } = host
    const { hosts } = this.world
    this.majorities.judgeDisk(host, seen, hosts)
    // A disk that fails is outside Raft's assumptions: what follows from it is judged, the loss itself is not.
    if (host.losses !== seen.losses) Object.assign(seen, unseen())
    const kept = unchangedEntries(server.log, seen)
    const configuration = seen.configurations.at(-1) ?? 0
    this.judgeTerm(host, seen)
    this.leaders.judge(server, seen, kept)
    while ((seen.configurations.at(-1) ?? 0) > kept) seen.configurations.pop()
    this.judgeEntries(server, kept, seen.configurations)
    this.judgeIndexes(host, seen)
    this.majorities.judgeCommitted(server, seen.configurations, configuration, hosts)
    this.judgeSettled(server, Math.min(kept, Math.max(seen.commitIndex, seen.lastApplied)))
    this.leaders.judgeCommitted(server, Math.min(kept, seen.commitIndex), this.majorities.counted)
    if (server.lastApplied > seen.lastApplied) this.stores.judge(server, seen.lastApplied)
  }

  /** Only the first breach of an event is kept: what follows it may be no more than a consequence. */
  private report(servers: readonly ServerId[], breach: Breach): void {
    const { now, event } = this.world
    if (!RUN_GOES_ON.includes(breach.kind)) {
      this.found ??= { at: now, event, servers, ...breach }
      return
    }
    const what = whatOf(breach)
    if (!this.firstBroken.has(what)) {
      this.firstBroken.set(what, event)
      this.noted = [...this.noted, { at: now, event, servers, ...breach }]
    }
  }

  /** §5.1, §5.2: both are durable, so a crash is no excuse, unless it came before they could be written. */
  private judgeTerm(host: Host, seen: Seen): void {
    const { server, up } = host
    const { id, currentTerm, votedFor } = server
    const crashed = seen.up && !up
    const least = crashed ? seen.durableTerm : seen.currentTerm
    const was = crashed ? seen.durableVote : seen.votedFor
    if (currentTerm < least) this.report([id], { kind: 'TermsRise', was: least, term: currentTerm })
    // A term that it enters it may have voted in before.
    const given = currentTerm === least ? was : this.votes.of(host, currentTerm)
    if (given !== null && votedFor !== given)
      this.report([id], { kind: 'OneVote', term: currentTerm, was: given, votedFor })
    const { currentTerm: term, votedFor: vote } = durableOf(host)
    if (vote !== null && (vote !== seen.durableVote || term !== seen.durableTerm))
      this.votes.add(host, term, vote)
  }

  /** Log Matching, for the entries that are new here or come after a new one. */
  private judgeEntries(server: Server, kept: number, configurations: number[]): void {
    const { id, log, currentTerm } = server
    let before = termBefore(server, kept)
    for (let i = Math.max(kept, log.base); i < log.length; i++) {
      const entry = log.buffer[i - log.base] as Entry
      const { index } = entry
      assert(index === i + 1, 'an entry lies at its index')
      const known = this.entries.find(entry)
      if (known === null) this.entries.add({ entry, before, server: id })
      else if (known.before !== before || !sameContent(known.entry, entry)) {
        const differs = known.before === before ? 'Command' : 'EntryBefore'
        this.report([id, known.server], { kind: 'LogMatching', term: entry.term, index, differs })
      }
      if (entry.term < before || entry.term > currentTerm)
        this.report([id], { kind: 'LogTermsRise', index, term: entry.term, before, currentTerm })
      before = entry.term
      if (entry.command.kind === 'Configuration') configurations.push(index)
    }
  }

  private judgeIndexes(host: Host, seen: Seen): void {
    const { id, commitIndex, lastApplied, log } = host.server
    // Both are volatile (Figure 2), so a server that is down has lost them.
    if (host.up && commitIndex < seen.commitIndex)
      this.report([id], { kind: 'CommitRises', was: seen.commitIndex, index: commitIndex })
    if (host.up && lastApplied < seen.lastApplied)
      this.report([id], { kind: 'CommitRises', was: seen.lastApplied, index: lastApplied })
    if (lastApplied <= commitIndex && commitIndex <= log.length) return
    const lastLogIndex = logIndex(log.length)
    this.report([id], { kind: 'IndexOrder', lastApplied, commitIndex, lastLogIndex })
  }

  /** State Machine Safety; what is merely applied counts for it, too. */
  private judgeSettled(server: Server, known: number): void {
    const { id, currentTerm, commitIndex, log } = server
    const last = Math.min(log.length, Math.max(commitIndex, server.lastApplied))
    this.judgeBoundary(server)
    for (let index = Math.max(known, log.base) + 1; index <= last; index++) {
      const entry = log.buffer[index - 1 - log.base] as Entry
      const line = this.ledger.at(index)
      if (line === undefined) {
        const { counted: members } = this.majorities
        const committed = index <= commitIndex ? { server: id, term: currentTerm, members } : null
        const first = this.ledger.add({ entry, server: id, committed })
        if (first !== null) this.stores.reportTwice(id, entry, first)
      } else if (!sameEntry(line.entry, entry)) {
        const theirs = line.entry.term
        const at = logIndex(index)
        this.report([id, line.server], { kind: 'StateMachineSafety', index: at, mine: entry.term, theirs })
      }
    }
  }

  /** §7: the snapshot that a server has loaded ends with the entry that was settled there. */
  private judgeBoundary({ id, snapshot }: Server): void {
    if (snapshot === null) return
    const { lastIncludedIndex: index, lastIncludedTerm: mine } = snapshot
    const line = this.ledger.at(index)
    if (line === undefined || line.entry.term === mine) return
    this.report([id, line.server], { kind: 'StateMachineSafety', index, mine, theirs: line.entry.term })
  }
}

const NONE: readonly Violation[] = []

/** Where in a log the members change. */
function configurationsIn({ log }: Server): number[] {
  const found: number[] = []
  for (let i = 0; i < log.length - log.base; i++)
    if (log.buffer[i]?.command.kind === 'Configuration') found.push(log.base + i + 1)
  return found
}

/** What it is noted down under, so that each is told of once. */
function whatOf(breach: Breach): string {
  switch (breach.kind) {
    case 'ExactlyOnce':
      return `${breach.kind} ${breach.promised}`
    case 'CommittedStays':
      return `${breach.kind} ${breach.outside}`
    default:
      return breach.kind
  }
}

/** The term of the entry that comes before those to be looked at. */
function termBefore({ log }: Server, kept: number): Term {
  if (kept === 0 && log.base === 0) return term(0)
  return kept <= log.base ? log.baseTerm : (log.buffer[kept - 1 - log.base] as Entry).term
}
