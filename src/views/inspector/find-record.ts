import type { MessageRecord } from '../../simulation/columns.ts'
import type { MessageName } from '../../simulation/script.ts'

/**
 * The record of the nth message that `from` sent to `to`; `null` if it is not known. Records do not carry names, but
 * copies of one message were sent at the same time, and a link seldom carries two at once.
 */
export function findRecord(messages: readonly MessageRecord[], name: MessageName): MessageRecord | null {
  let n = 0
  let sentAt = -1
  let copy = 0
  for (const record of messages) {
    if (record.from !== name.from || record.to !== name.to) continue
    copy = record.sentAt === sentAt ? copy + 1 : 0
    if (copy === 0) n++
    sentAt = record.sentAt
    if (n === name.n && copy === name.copy) return record
    if (n > name.n) return null
  }
  return null
}
