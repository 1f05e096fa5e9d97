import { Crown } from 'lucide-react'
import { type CSSProperties, lazy, memo } from 'react'
import type { Payload } from '../../raft/commands.ts'
import type { Entry } from '../../raft/log.ts'
import { app } from '../../store/state.ts'
import { commandText } from '../../words/commands.ts'
import type { PeerFrame, ServerFrame } from '../../worker/protocol.ts'
import { Part } from '../failure/Part.tsx'
import { serverName, termColor } from '../kit/format.ts'
import { cellText, type Standing } from '../stage/members.ts'
import './cells.css'
import { cellId } from './places.ts'
import './later.css'

// A log of entries alone does without them.
const SnapshotCells = lazy(() => import('./SnapshotCells.tsx').then((it) => ({ default: it.SnapshotCells })))

export interface RowProps {
  readonly server: ServerFrame
  /** What the leader knows of it; `null` for the leader itself, and without one. */
  readonly peer: PeerFrame | null
  /** The leader tells probing from replicating (D 10.2.2). */
  readonly isPipelined: boolean
  /** From column to column, and from row to row, in CSS pixels. */
  readonly column: number
  readonly pitch: number
  /** How far the matrix is scrolled, in whole columns, in CSS pixels. */
  readonly left: number
  /** How many columns are in view. */
  readonly visible: number
  /** The entry that the keyboard is at. */
  readonly active: number | null
}

/** One server's log, aligned with the others by index. */
export const Row = memo(function Row(props: RowProps) {
  const { server, peer, isPipelined, column, pitch, left, active } = props
  const { id, state, commitIndex, doomedFrom, entries, lastIndex, snapshot, incoming, writing } = server
  const durable = writing?.durableIndex ?? lastIndex
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
      {(snapshot !== null || incoming !== null) && (
        <Part>
          <SnapshotCells {...props} />
        </Part>
      )}
      {entries.map((entry) => (
        <Cell
          key={entry.index}
          server={id}
          index={entry.index}
          term={entry.term}
          text={textOf(entry.command)}
          kind={entry.command.kind}
          isWritten={entry.index <= durable}
          fate={entry.index <= commitIndex ? 'committed' : isDoomed(entry, doomedFrom) ? 'doomed' : 'open'}
          column={column}
          isActive={active === entry.index}
        />
      ))}
      {commitIndex > 0 && <Mark kind="commit" x={commitIndex * column} />}
      {peer !== null && (
        <Mark
          kind={isPipelined && peer.mode === 'probe' ? 'next probe' : 'next'}
          x={(peer.nextIndex - 0.5) * column}
        />
      )}
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
    ((a.left === b.left && a.visible === b.visible) || (!needsLeft(a) && !needsLeft(b))) &&
    a.server.snapshot?.lastIncludedIndex === b.server.snapshot?.lastIncludedIndex &&
    a.server.incoming?.received === b.server.incoming?.received &&
    a.server.incoming?.lastIncludedIndex === b.server.incoming?.lastIncludedIndex &&
    a.server.writing?.durableIndex === b.server.writing?.durableIndex &&
    a.server.state === b.server.state &&
    a.server.commitIndex === b.server.commitIndex &&
    a.server.doomedFrom === b.server.doomedFrom &&
    a.server.lastIndex === b.server.lastIndex &&
    a.peer?.nextIndex === b.peer?.nextIndex &&
    a.peer?.mode === b.peer?.mode &&
    a.isPipelined === b.isPipelined &&
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

/** Whether something of it stands where the view begins. */
const needsLeft = (props: RowProps): boolean =>
  isBehind(props) || props.server.snapshot !== null || props.server.incoming !== null

const isDoomed = ({ index }: Entry, doomedFrom: number | null): boolean =>
  doomedFrom !== null && index >= doomedFrom

/** A server's log in words. */
export function aboutOf(
  { id, state, lastIndex, commitIndex, snapshot }: ServerFrame,
  leads: boolean,
  peer: PeerFrame | null,
) {
  const role =
    state === 'down' ? ', crashed' : `${state === 'paused' ? ', paused' : ''}${leads ? ', leader' : ''}`
  const base = snapshot === null ? '' : `snapshot up to ${snapshot.lastIncludedIndex}, `
  const entries = `entries ${(snapshot?.lastIncludedIndex ?? 0) + 1} to ${lastIndex}`
  const length =
    lastIndex === 0
      ? 'no entries'
      : `${base}${lastIndex === snapshot?.lastIncludedIndex ? '' : `${entries}, `}committed up to ${commitIndex}`
  const known = peer === null ? '' : `, nextIndex ${peer.nextIndex}, matchIndex ${peer.matchIndex}`
  return `${serverName(id)}${role}: ${length}${known}`
}

interface RowNameProps {
  readonly id: ServerFrame['id']
  readonly state: ServerFrame['state']
  /** The term it leads; 0 if it is no leader. */
  readonly term: number
  readonly standing: Standing
  readonly isSelected: boolean
  readonly about: string
}

/** The name before a row, which selects its server. */
export const RowName = memo(function RowName(props: RowNameProps) {
  const { id, state, term, standing, isSelected, about } = props
  const tag = standing === 'learner' || standing === 'outside' ? standing : null
  return (
    <button
      type="button"
      className={tag === null ? `logs-name ${state}` : `logs-name ${state} tagged`}
      aria-label={about}
      aria-pressed={isSelected}
      title={about}
      style={term > 0 ? { color: termColor(term) } : undefined}
      onClick={() => app.setState({ selection: { kind: 'server', server: id }, panel: 'server' })}
    >
      {serverName(id)}
      {term > 0 && <Crown fill="currentColor" />}
      {state === 'paused' && <span className="logs-paused" />}
      {tag !== null && <small>{tag}</small>}
    </button>
  )
})

type Fate = 'committed' | 'open' | 'doomed'

const FATES: Readonly<Record<Fate, string>> = {
  committed: 'committed',
  open: 'not committed here',
  doomed: 'about to be erased',
}

const textOf = (payload: Payload): string =>
  payload.kind === 'Configuration' ? cellText(payload.configuration) : commandText(payload)

/** What entries are that are no commands. */
const WORDS: Partial<Readonly<Record<Payload['kind'], string>>> = {
  NoOp: '',
  OpenSession: 'opens a ',
  Configuration: 'members ',
}

/** How many characters of a command there is always room for, and how many of what is written smaller. */
const ROOM = 3
const SMALL_ROOM = 7

/** In joint consensus two sets; where they, or many members, do not fit, the cell's title has them. */
function shortText(text: string): string {
  if (text.length <= SMALL_ROOM) return text
  return text.includes('+') ? 'joint' : 'members'
}

interface CellProps {
  readonly server: number
  readonly index: number
  readonly term: number
  readonly text: string
  readonly kind: Payload['kind']
  readonly fate: Fate
  /** It is on the server's own disk. */
  readonly isWritten: boolean
  readonly column: number
  readonly isActive: boolean
}

const Cell = memo(function Cell(props: CellProps) {
  const { server, index, term, text, kind, fate, isWritten, column, isActive } = props
  const about = `${serverName(server)}, entry ${index}: ${WORDS[kind] ?? ''}${text}, term ${term}, ${FATES[fate]}${isWritten ? '' : ', not on its disk yet'}`
  return (
    <td
      className={`logs-cell ${fate}${text.length > ROOM ? ' long' : ''}${isWritten ? '' : ' unwritten'}${kind in WORDS ? ' own' : ''}${isActive ? ' active' : ''}`}
      id={cellId(server, index)}
      aria-colindex={index}
      aria-label={about}
      title={about}
      data-server={server}
      data-index={index}
      style={{ left: (index - 1) * column, '--logs-term': termColor(term) } as CSSProperties}
    >
      <i>{term}</i>
      <b>{kind === 'Configuration' ? shortText(text) : text}</b>
    </td>
  )
})

const Mark = memo(function Mark({
  kind,
  x,
}: {
  kind: 'commit' | 'next' | 'next probe' | 'match'
  x: number
}) {
  return <td className={`logs-mark ${kind}`} style={{ left: x }} aria-hidden="true" />
})
