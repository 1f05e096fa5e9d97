import { Crown } from 'lucide-react'
import { type CSSProperties, memo } from 'react'
import type { Entry } from '../../raft/log.ts'
import { app } from '../../store/state.ts'
import { commandText } from '../../words/commands.ts'
import type { PeerFrame, ServerFrame } from '../../worker/protocol.ts'
import { serverName, termColor } from '../kit/format.ts'
import './cells.css'

export interface RowProps {
  readonly server: ServerFrame
  /** What the leader knows of it; `null` for the leader itself, and without one. */
  readonly peer: PeerFrame | null
  /** From column to column, and from row to row, in CSS pixels. */
  readonly column: number
  readonly pitch: number
  /** How far the matrix is scrolled, in whole columns, in CSS pixels. */
  readonly left: number
  /** The entry that the keyboard is at. */
  readonly active: number | null
}

/** One server's log, aligned with the others by index. */
export const Row = memo(function Row(props: RowProps) {
  const { server, peer, column, pitch, left, active } = props
  const { id, state, commitIndex, doomedFrom, entries, lastIndex } = server
  return (
    <tr
      className={`logs-row ${state}`}
      aria-rowindex={id + 1}
      aria-label={serverName(id)}
      style={{ height: pitch }}
    >
      {isBehind(props) && (
        <td
          className="logs-behind"
          style={{ left: left + column + 4 }}
        >{`← ends with entry ${lastIndex}`}</td>
      )}
      {entries.map((entry) => (
        <Cell
          key={entry.index}
          server={id}
          index={entry.index}
          term={entry.term}
          text={commandText(entry.command)}
          fate={entry.index <= commitIndex ? 'committed' : isDoomed(entry, doomedFrom) ? 'doomed' : 'open'}
          column={column}
          isActive={active === entry.index}
        />
      ))}
      {commitIndex > 0 && <Mark kind="commit" x={commitIndex * column} />}
      {peer !== null && <Mark kind="next" x={(peer.nextIndex - 0.5) * column} />}
      {peer !== null && peer.matchIndex > 0 && <Mark kind="match" x={(peer.matchIndex - 0.5) * column} />}
    </tr>
  )
}, isSame)

/** Each frame brings new objects: what is drawn of them decides. */
function isSame(a: RowProps, b: RowProps): boolean {
  return (
    a.column === b.column &&
    a.pitch === b.pitch &&
    a.active === b.active &&
    (a.left === b.left || (!isBehind(a) && !isBehind(b))) &&
    a.server.state === b.server.state &&
    a.server.commitIndex === b.server.commitIndex &&
    a.server.doomedFrom === b.server.doomedFrom &&
    a.server.lastIndex === b.server.lastIndex &&
    a.peer?.nextIndex === b.peer?.nextIndex &&
    a.peer?.matchIndex === b.peer?.matchIndex &&
    hasSame(a.server.entries, b.server.entries)
  )
}

const hasSame = (a: readonly Entry[], b: readonly Entry[]): boolean =>
  a.length === b.length && a.every((entry, i) => isSameEntry(entry, b[i]))

const isSameEntry = (a: Entry, b: Entry | undefined): boolean =>
  a.index === b?.index && a.term === b.term && commandText(a.command) === commandText(b.command)

/** Whether none of a log is in view. */
const isBehind = ({
  server: { lastIndex },
  column,
  left,
}: Pick<RowProps, 'server' | 'column' | 'left'>): boolean => lastIndex > 0 && lastIndex * column <= left

const isDoomed = ({ index }: Entry, doomedFrom: number | null): boolean =>
  doomedFrom !== null && index >= doomedFrom

/** A server's log in words. */
export function aboutOf(
  { id, state, lastIndex, commitIndex }: ServerFrame,
  leads: boolean,
  peer: PeerFrame | null,
) {
  const role =
    state === 'down' ? ', crashed' : `${state === 'paused' ? ', paused' : ''}${leads ? ', leader' : ''}`
  const length = lastIndex === 0 ? 'no entries' : `entries 1 to ${lastIndex}, committed up to ${commitIndex}`
  const known = peer === null ? '' : `, nextIndex ${peer.nextIndex}, matchIndex ${peer.matchIndex}`
  return `${serverName(id)}${role}: ${length}${known}`
}

interface RowNameProps {
  readonly id: ServerFrame['id']
  readonly state: ServerFrame['state']
  /** The term it leads; 0 if it is no leader. */
  readonly term: number
  readonly isSelected: boolean
  readonly about: string
}

/** The name before a row, which selects its server. */
export const RowName = memo(function RowName({ id, state, term, isSelected, about }: RowNameProps) {
  return (
    <button
      type="button"
      className={`logs-name ${state}`}
      aria-label={about}
      aria-pressed={isSelected}
      title={about}
      style={term > 0 ? { color: termColor(term) } : undefined}
      onClick={() => app.setState({ selection: { kind: 'server', server: id }, panel: 'server' })}
    >
      {serverName(id)}
      {term > 0 && <Crown fill="currentColor" />}
      {state === 'paused' && <span className="logs-paused" />}
    </button>
  )
})

type Fate = 'committed' | 'open' | 'doomed'

const FATES: Readonly<Record<Fate, string>> = {
  committed: 'committed',
  open: 'not committed here',
  doomed: 'about to be erased',
}

/** How many characters of a command there is always room for. */
const ROOM = 3

interface CellProps {
  readonly server: number
  readonly index: number
  readonly term: number
  readonly text: string
  readonly fate: Fate
  readonly column: number
  readonly isActive: boolean
}

const Cell = memo(function Cell({ server, index, term, text, fate, column, isActive }: CellProps) {
  const about = `${serverName(server)}, entry ${index}: ${text}, term ${term}, ${FATES[fate]}`
  return (
    <td
      className={`logs-cell ${fate}${text.length > ROOM ? ' long' : ''}${isActive ? ' active' : ''}`}
      id={cellId(server, index)}
      aria-colindex={index}
      aria-label={about}
      title={about}
      data-server={server}
      data-index={index}
      style={{ left: (index - 1) * column, '--logs-term': termColor(term) } as CSSProperties}
    >
      <i>{term}</i>
      <b>{text}</b>
    </td>
  )
})

/** The cell's element, so that the grid can point at it. */
export const cellId = (server: number, index: number): string => `log-${server}-${index}`

const Mark = memo(function Mark({ kind, x }: { kind: 'commit' | 'next' | 'match'; x: number }) {
  return <td className={`logs-mark ${kind}`} style={{ left: x }} aria-hidden="true" />
})
