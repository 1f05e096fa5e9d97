import type { Message } from '../../raft/messages.ts'

/** The most entries that a capsule shows as cells; then a plus says that there are more. */
export const MOST_CELLS = 6
/** The layers of a snapshot's block. */
export const LAYERS = 4

/**
 * The entries that a capsule shows, as one number: an octal digit each, the first one last, for the colour of its term
 * (1 to 6); a digit more than there is room for says that there are more.
 */
export function cellsOf(message: Message): number {
  if (message.kind === 'InstallSnapshot') return fillOf(message)
  if (message.kind !== 'AppendEntries') return 0
  let cells = 0
  for (let i = Math.min(MOST_CELLS, message.entries.length - 1); i >= 0; i--)
    cells = cells * 8 + 1 + (((message.entries[i]?.term ?? 1) - 1) % 6)
  return cells
}

/** How many layers of the block are there when this chunk is, and the colour of the snapshot's last term. */
const fillOf = ({
  offset,
  bytes,
  snapshot,
  lastIncludedTerm,
}: Message & { kind: 'InstallSnapshot' }): number =>
  8 * Math.floor((LAYERS * (offset + bytes)) / Math.max(1, snapshot.bytes)) + ((lastIncludedTerm + 5) % 6)
