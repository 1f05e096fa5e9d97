import { type LogIndex, logIndex, type ServerId } from '../base/ids.ts'
import { type Command, isCommand } from '../raft/commands.ts'
import type { Entry } from '../raft/log.ts'
import type { Server } from '../raft/server.ts'
import type { Ledger } from './ledger.ts'
import type { Report } from './properties.ts'
import { outcome } from './reference-store.ts'

/** Judges what servers make of the entries that they apply: each command once (§8), and nothing but them (§5.3). */
export class StoreJudge {
  private readonly ledger: Ledger
  private readonly report: Report

  constructor(ledger: Ledger, report: Report) {
    this.ledger = ledger
    this.report = report
  }

  /** Looks at the keys that the newly applied entries name, all where those came in a snapshot, and at how many there are. */
  judge(server: Server, from: LogIndex): void {
    const { id, log, lastApplied, store } = server
    const last = logIndex(Math.min(lastApplied, log.length))
    if (from < log.base) for (const key of store.keys()) this.judgeKey(server, key, last)
    for (let i = Math.max(from - log.base, 0); i < last - log.base; i++) {
      const entry = log.buffer[i] as Entry
      const { command } = entry
      if (isCommand(command) && !this.judgeKey(server, command.key, last))
        this.judgeRepeat(server, entry, command)
    }
    if (store.size !== this.ledger.store.sizeAt(last))
      this.report([id], { kind: 'StoreFollowsLog', index: last, key: null, expected: null, found: null })
  }

  /** An entry applies what the one at `first` has applied before. */
  reportTwice(server: ServerId, { index, command, request }: Entry, first: LogIndex): void {
    if (request === null || !isCommand(command)) return
    const { client, session } = request
    this.report([server], { kind: 'ExactlyOnce', promised: session !== null, client, command, first, index })
  }

  /** False if it has not what it should have. */
  private judgeKey({ id, store }: Server, key: string, index: LogIndex): boolean {
    const expected = this.ledger.store.valueAt(key, index)
    const found = store.get(key) ?? null
    if (found !== expected) this.report([id], { kind: 'StoreFollowsLog', index, key, expected, found })
    return found === expected
  }

  /** What is wrong in a store can be that it did again what the session says was done (D 6.3). */
  private judgeRepeat({ id, store }: Server, entry: Entry, command: Command): void {
    const first = this.ledger.firstOf(entry)
    const before = this.ledger.store.valueAt(command.key, entry.index - 1)
    if (first !== null && outcome(command, before) === (store.get(command.key) ?? null))
      this.reportTwice(id, entry, first)
  }
}
