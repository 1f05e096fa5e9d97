import type { ServerFrame } from '../../worker/protocol.ts'

/** What is held back at a server, what matters most first: commands, gets, a batch, messages. */
export function waitsAt({
  lastIndex,
  office,
  writing,
}: Pick<ServerFrame, 'lastIndex' | 'office' | 'writing'>): string[] {
  const waits: string[] = []
  if (office !== null) {
    const { transfer, reads, batchDue, batchFrom } = office
    if (transfer !== null) waits.push('commands held')
    if (reads.length > 0) waits.push(reads.length === 1 ? '1 read waits' : `${reads.length} reads wait`)
    if (batchDue < Infinity) waits.push(`batch of ${lastIndex - batchFrom + 1}`)
  }
  if (writing !== null && writing.held > 0) waits.push(`${writing.held} held`)
  return waits
}
