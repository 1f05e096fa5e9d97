import type { CSSProperties } from 'react'
import type { ServerFrame } from '../../worker/protocol.ts'
import { serverName, termColor } from '../kit/format.ts'
import { cellId } from './places.ts'
import type { RowProps } from './Row.tsx'

/** The snapshot that a log stands on, and the one that is on its way to it (§7). */
export function SnapshotCells(props: RowProps) {
  const { server, column, left } = props
  const { snapshot, incoming, lastIndex } = server
  return (
    <>
      {snapshot !== null && snapshot.lastIncludedIndex * column > left && (
        <SnapshotCell {...props} snapshot={snapshot} />
      )}
      {incoming !== null && (
        <td
          className="logs-incoming"
          style={{ left: Math.max(left + column, lastIndex * column) + 3, width: 4 * column - 6 }}
          title={`Receives a snapshot up to entry ${incoming.lastIncludedIndex}`}
        >
          <s style={{ width: `${(100 * incoming.received) / Math.max(1, incoming.bytes)}%` }} />
          {`snapshot to ${incoming.lastIncludedIndex}: ${incoming.received}/${incoming.bytes} B`}
        </td>
      )}
    </>
  )
}

/** How many columns of a snapshot are drawn beyond the view's edge: it can be very long. */
const BEYOND = 6

/** What a compacted log stands on (§7): its last column looks like the entry that it ends with. */
function SnapshotCell({
  server,
  snapshot,
  column,
  left,
  visible,
  active,
}: RowProps & { snapshot: NonNullable<ServerFrame['snapshot']> }) {
  const { lastIncludedIndex: last, lastIncludedTerm: term, bytes } = snapshot
  const from = Math.max(0, left - BEYOND * column)
  // With its end out of view, its name stands where the view begins.
  const isCut = last * column > left + visible * column
  const about = `${serverName(server.id)}: snapshot of entries 1 to ${last}, the last of term ${term}, ${bytes} bytes`
  return (
    <td
      className={active === last ? 'logs-snapshot active' : 'logs-snapshot'}
      id={cellId(server.id, last)}
      aria-colindex={last}
      aria-label={about}
      title={about}
      data-server={server.id}
      data-index={last}
      style={
        {
          left: from,
          width: last * column - from - 3,
          '--logs-term': termColor(term),
          '--logs-inset': isCut ? `${left - from + 8}px` : undefined,
        } as CSSProperties
      }
    >
      <span className={isCut ? 'cut' : undefined}>
        {isCut ? `snapshot to ${last}, term ${term}` : last > 2 && 'snapshot'}
      </span>
      {!isCut && (
        <div>
          <i>{term}</i>
          <b>…{last}</b>
        </div>
      )}
    </td>
  )
}
