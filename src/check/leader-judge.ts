import { logIndex } from '../base/ids.ts'
import type { Entry } from '../raft/log.ts'
import type { Server } from '../raft/server.ts'
import { type Commitment, isBefore, type Ledger, type Line } from './ledger.ts'
import type { Members } from './members.ts'
import type { Report } from './properties.ts'
import { type Reign, Reigns } from './reigns.ts'
import { hasEntry, sameEntry } from './same-entry.ts'
import type { Seen } from './seen.ts'

/** Judges who leads, and whether each leader has what was committed before its term (Fig. 3). */
export class LeaderJudge {
  readonly reigns = new Reigns()
  private readonly ledger: Ledger
  private readonly report: Report

  constructor(ledger: Ledger, report: Report) {
    this.ledger = ledger
    this.report = report
  }

  /** Election Safety and Leader Append-Only; Leader Completeness for a leader that is new. */
  judge(server: Server, seen: Seen, kept: number): void {
    if (server.role !== 'leader') return
    const { id, currentTerm: term, log } = server
    if (seen.role === 'leader' && seen.currentTerm === term) {
      if (kept < seen.length) this.report([id], { kind: 'LeaderAppendOnly', term, index: logIndex(kept + 1) })
      return
    }
    const other = this.reigns.of(term)
    if (other !== undefined && other.server !== id) {
      this.report([id, other.server], { kind: 'ElectionSafety', term })
      return
    }
    const reign: Reign = { term, server: id, buffer: log.buffer, length: log.length, base: log.base }
    this.reigns.add(reign)
    this.judgeNewReign(reign)
  }

  /** The last entry that has to be there vouches, by Log Matching, for those before it. */
  private judgeNewReign(reign: Reign): void {
    const last = this.ledger.lastCommittedBefore(reign.term)
    const line = this.ledger.at(last)
    if (line === undefined || hasEntry(reign, line.entry)) return
    for (let index = 1; index <= last; index++) {
      const missing = this.ledger.at(index) as Line
      if (isMissing(reign, missing)) return this.incomplete(reign, missing.entry, missing.committed)
    }
  }

  private incomplete(reign: Reign, { index, term: entryTerm }: Entry, by: Commitment): void {
    const there = index <= reign.length ? reign.buffer[index - 1 - reign.base] : undefined
    const found = there === undefined ? null : there.term
    const { term } = reign
    const committedIn = by.term
    this.report([reign.server, by.server], {
      kind: 'LeaderCompleteness',
      term,
      index,
      entryTerm,
      committedIn,
      found,
    })
  }

  /** Leader Completeness for the leaders there are already; what is committed now was `counted` among those. */
  judgeCommitted({ id, currentTerm, commitIndex, log }: Server, known: number, counted: Members): void {
    const last = Math.min(log.length, commitIndex)
    for (let index = known + 1; index <= last; index++) {
      const line = this.ledger.at(index)
      // What a snapshot stands for is judged where it is loaded.
      const entry = index <= log.base ? line?.entry : log.buffer[index - 1 - log.base]
      if (line === undefined || entry === undefined || !sameEntry(line.entry, entry)) continue
      if (line.committed === null || currentTerm < line.committed.term) {
        const members = line.committed?.members ?? counted
        this.ledger.commit(line, { server: id, term: currentTerm, members })
      }
      if (currentTerm < this.reigns.latestTerm()) this.judgeLaterReigns(line)
    }
  }

  private judgeLaterReigns(line: Line): void {
    for (const reign of this.reigns.all())
      if (isMissing(reign, line)) this.incomplete(reign, line.entry, line.committed)
  }
}

/** Whether it was committed in an earlier term than the leader's, which has it not. */
const isMissing = (reign: Reign, line: Line): line is Line & { committed: Commitment } =>
  isBefore(line.committed, reign.term) && !hasEntry(reign, line.entry)
