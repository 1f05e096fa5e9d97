import { countWhile } from '../../base/count-while.ts'
import type { MessageRecord } from '../../simulation/columns.ts'

const BLOCK = 64
/** How far back the request is looked for that a reply answers. */
const LOOK_BACK = 256

/** The growing records that are indexed: messages in the order of sending. */
export interface Growing {
  readonly messages: readonly MessageRecord[]
  readonly rewrites: number
}

/**
 * Finds the messages of a stretch of time among very many, however long some of them are on their way, and tells
 * what has changed since it last looked.
 */
export class MessageIndex {
  /** The records as they were last seen: one that has changed is another object. */
  private readonly seen: MessageRecord[] = []
  /** The latest end among the messages of each block. */
  private readonly ends: number[] = []
  /** Whether the message belongs to the routine: a heartbeat, or the acceptance of one. */
  private readonly routine: boolean[] = []
  private rewrites = 0

  get length(): number {
    return this.seen.length
  }

  at(i: number): MessageRecord | undefined {
    return this.seen[i]
  }

  isRoutine(i: number): boolean {
    return this.routine[i] === true
  }

  /** Takes in what is new, and calls `touch` for each stretch of time in which something looks different now. */
  update({ messages, rewrites }: Growing, touch: (from: number, to: number) => void): void {
    const { seen } = this
    let i = rewrites === this.rewrites ? seen.length : 0
    this.rewrites = rewrites
    for (; i < messages.length; i++) {
      const record = messages[i] as MessageRecord
      const old = seen[i]
      if (old === record) continue
      if (old !== undefined) touch(old.sentAt, old.endsAt)
      touch(record.sentAt, record.endsAt)
      this.put(i, record)
    }
    for (let gone = messages.length; gone < seen.length; gone++) {
      const old = seen[gone] as MessageRecord
      touch(old.sentAt, old.endsAt)
    }
    seen.length = messages.length
    this.routine.length = messages.length
    this.ends.length = Math.ceil(messages.length / BLOCK)
    if (messages.length > 0) this.measure(this.ends.length - 1)
  }

  /** Calls `visit` for every message that is on its way at some time from `from` to `to`. */
  between(from: number, to: number, visit: (record: MessageRecord, i: number) => void): void {
    const last = this.sentBy(to)
    for (let block = 0; block * BLOCK < last; block++) {
      if ((this.ends[block] ?? 0) < from) continue
      const end = Math.min(last, (block + 1) * BLOCK)
      for (let i = block * BLOCK; i < end; i++) {
        const record = this.seen[i] as MessageRecord
        if (record.endsAt >= from) visit(record, i)
      }
    }
  }

  /** How many messages are sent by a time. */
  sentBy(time: number): number {
    return countWhile(this.seen, ({ sentAt }) => sentAt <= time)
  }

  private put(i: number, record: MessageRecord): void {
    const isAtEnd = i >= this.seen.length
    this.seen[i] = record
    this.routine[i] = record.tone === 'heartbeat' || this.answersHeartbeat(record, i)
    const block = Math.floor(i / BLOCK)
    if (isAtEnd) this.ends[block] = Math.max(i % BLOCK === 0 ? 0 : (this.ends[block] ?? 0), record.endsAt)
    else this.measure(block)
  }

  private measure(block: number): void {
    let end = 0
    const to = Math.min(this.seen.length, (block + 1) * BLOCK)
    for (let i = block * BLOCK; i < to; i++) end = Math.max(end, (this.seen[i] as MessageRecord).endsAt)
    this.ends[block] = end
  }

  /** A reply is sent as its request arrives. */
  private answersHeartbeat({ kind, tone, from, to, sentAt }: MessageRecord, i: number): boolean {
    if (kind !== 'AppendEntriesReply' || tone !== 'accepted') return false
    for (let k = i - 1; k >= Math.max(0, i - LOOK_BACK); k--) {
      const request = this.seen[k] as MessageRecord
      if (request.kind !== 'AppendEntries' || request.from !== to || request.to !== from) continue
      if (request.endsAt === sentAt) return request.tone === 'heartbeat'
    }
    return false
  }
}
