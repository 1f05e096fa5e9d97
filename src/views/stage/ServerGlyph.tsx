import { type KeyboardEvent, memo } from 'react'
import type { PeerFrame, ServerFrame } from '../../worker/protocol.ts'
import { serverName, termColor } from '../kit/format.ts'
import { DISC, type Point, roleLine, roleSize } from './geometry.ts'
import type { Standing } from './members.ts'
import { waitsAt } from './waits.ts'
import './standing.css'

interface Props {
  server: ServerFrame
  place: Point
  scale: number
  standing: Standing
  /** For whom it is that, where that is disputed. */
  to: string
  /** Of bringing new members up to date (D 4.2.1). */
  round: number
  selected: boolean
  /** The letter of its group while a partition is drawn. */
  group: string | null
  /** How many of its last entries there is room for. */
  tail: number
  /** The least size of its words, in CSS pixels. */
  words: number
  onPick: (id: number) => void
}

/** One server: its role is its shape, its term is its colour. Its timer ring is on the canvas above. */
export const ServerGlyph = memo(function ServerGlyph(props: Props) {
  const { server, place, scale, standing, selected, group, tail, words, onPick } = props
  const { id, state, role, currentTerm } = server
  const color = termColor(currentTerm)
  // On a small stage words do not shrink with the discs.
  const termSize = Math.max(11.5, words / scale)
  const textSize = roleSize(scale, words)
  const leads = role === 'leader' && state !== 'down'
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ' ') return
    event.preventDefault()
    event.stopPropagation()
    onPick(id)
  }
  return (
    <g
      className={`server ${state} ${leads ? 'leads' : role} ${standing}`}
      transform={`translate(${place.x} ${place.y}) scale(${scale})`}
      role="button"
      tabIndex={0}
      aria-pressed={selected}
      aria-label={describe(props)}
      onClick={(event) => {
        event.stopPropagation()
        onPick(id)
      }}
      onKeyDown={onKey}
    >
      <circle className="server-reach" r={DISC + 14} />
      <circle className="server-halo" r={DISC + 7.5} data-on={selected} />
      <circle className="server-disc" r={DISC} style={leads ? { fill: color, stroke: color } : undefined} />
      {leads && <Crown color={color} />}
      {role.endsWith('candidate') && state !== 'down' && <Pips server={server} color={color} />}
      <text className="server-name" y={3 - 0.3 * (termSize - 11.5)}>
        {serverName(id)}
      </text>
      <text className="server-term" y={20 + 0.75 * (termSize - 11.5)} style={{ fontSize: termSize }}>
        {state === 'down' ? 'crashed' : `term ${currentTerm}`}
      </text>
      <Tail server={server} most={tail} />
      {(standing === 'old' || standing === 'both') && <Ballot set="old" size={textSize} />}
      {(standing === 'new' || standing === 'both') && <Ballot set="new" size={textSize} />}
      <text
        className="server-role"
        y={roleLine(textSize)}
        style={{ fill: leads ? color : undefined, fontSize: textSize }}
      >
        {roleText(props)}
      </text>
      {group !== null && <GroupBadge letter={group} />}
    </g>
  )
}, isSame)

/** Frames are new objects each time: what is drawn of them decides. */
function isSame(a: Props, b: Props): boolean {
  return (
    a.place === b.place &&
    a.scale === b.scale &&
    a.standing === b.standing &&
    a.to === b.to &&
    a.round === b.round &&
    a.selected === b.selected &&
    a.group === b.group &&
    a.tail === b.tail &&
    a.words === b.words &&
    signature(a.server) === signature(b.server)
  )
}

function signature(server: ServerFrame): string {
  const { id, state, role, currentTerm, commitIndex, lastIndex, tail, peers, snapshot, writing, members } =
    server
  const votes = role === 'follower' || role === 'leader' ? '' : peers.map((peer) => peer.vote).join()
  const disk = writing === null ? '' : `${writing.durableIndex} ${writing.durableTerm}`
  const base = snapshot?.lastIncludedIndex
  return `${id} ${state} ${role} ${currentTerm} ${commitIndex} ${lastIndex} ${tail.join()} ${votes} ${base} ${disk} ${waitsAt(server).join()} ${members.index}`
}

/** One thing at a time; the first is what matters most. */
const roleText = (props: Props): string => rolesOf(props).slice(0, 2).join(', ')

/** Its role, and what is special about it. */
function rolesOf({ server, standing, to, round }: Props): string[] {
  const { state, role } = server
  if (state === 'down') return ['Off', 'disk kept']
  const name = role.charAt(0).toUpperCase() + role.slice(1)
  const waits = waitsAt(server)
  if (state === 'paused') waits.unshift('paused')
  if (standing === 'learner') return [`Learner, round ${round}`, ...waits]
  if (standing === 'outside')
    return role === 'follower' ? ['Not a member', ...waits] : [name, 'not a member', ...waits]
  if (to === '') return [name, ...waits]
  const by = to === 'itself' ? 'by its own log' : `for ${to}`
  return role === 'follower' ? [`Member ${by}`, ...waits] : [name, by, ...waits]
}

function describe(props: Props): string {
  const { server, standing } = props
  const { id, currentTerm, lastIndex, commitIndex, state } = server
  const log = lastIndex === 0 ? 'empty log' : `log to ${lastIndex}, committed to ${commitIndex}`
  const set = standing in SETS ? `, ${SETS[standing as keyof typeof SETS]}` : ''
  return `${serverName(id)}, ${state === 'down' ? 'crashed' : rolesOf(props).join(', ').toLowerCase()}${set}, term ${currentTerm}, ${log}`
}

const SETS = {
  old: 'votes in the old set',
  new: 'votes in the new set',
  both: 'votes in the old and the new set',
} as const

export const CROWN = 'M1 16 3 3l6 6.5L13 0l4 9.5L23 3l2 13z'

function Crown({ color }: { color: string }) {
  return (
    <path
      className="server-crown"
      transform={`translate(-13 ${-DISC - 25})`}
      d={CROWN}
      style={{ fill: color, stroke: color }}
    />
  )
}

/** In joint consensus: the set of voters that it belongs to, the old one to the left. */
function Ballot({ set, size }: { set: 'old' | 'new'; size: number }) {
  const width = 2.5 * size
  const x = (set === 'old' ? -1 : 1) * (DISC * 0.96 + width / 2)
  return (
    <g className={`server-ballot ${set}`} transform={`translate(${x} ${DISC * 0.5})`}>
      <rect x={-width / 2} y={-0.75 * size} width={width} height={1.5 * size} rx={0.75 * size} />
      <text y={0.35 * size} style={{ fontSize: size }}>
        {set}
      </text>
    </g>
  )
}

/** Its own vote counts if it has one, and once that is on its disk. */
const ownVote = ({ id, members, writing, currentTerm, role }: ServerFrame): PeerFrame['vote'] | null => {
  if (!members.voters.includes(id) && members.next?.includes(id) !== true) return null
  return role === 'candidate' && writing !== null && writing.durableTerm < currentTerm ? 'awaited' : 'granted'
}

/** One pip a vote: filled if granted, crossed if refused, open while awaited. Its own vote comes first. */
function Pips({ server, color }: { server: ServerFrame; color: string }) {
  const own = ownVote(server)
  const pips = server.peers.map(({ id, vote }) => ({ id: id as number, vote }))
  const votes = own === null ? pips : [{ id: 0, vote: own }, ...pips]
  const gap = 13
  return votes.map(({ id, vote }, i) => {
    const angle = ((i - (votes.length - 1) / 2) * gap) / (DISC + 14)
    const x = (DISC + 14) * Math.sin(angle)
    const y = -(DISC + 14) * Math.cos(angle)
    return (
      <g key={id} className="server-pip" transform={`translate(${x} ${y})`}>
        <circle
          r={4.6}
          style={{ fill: vote === 'granted' ? color : 'var(--surface)', stroke: color }}
          strokeWidth={1.6}
        />
        {vote === 'refused' && <path d="M-2-2l4 4M2-2l-4 4" stroke="var(--bad)" strokeWidth={1.8} />}
      </g>
    )
  })
}

/** The end of its log as small cells: solid up to its commit index. A stroke where there is none. */
function Tail({ server: { tail, snapshot, lastIndex, commitIndex, writing }, most }: TailProps) {
  const terms = snapshot === null ? tail.slice(-most) : tail.slice(1 - most)
  const first = lastIndex - terms.length + 1
  const width = 13
  const base = snapshot?.lastIncludedIndex ?? 0
  const gap = snapshot !== null && first > base + 1 ? width : 0
  const left = (-terms.length * width + (snapshot === null ? 0 : width + gap)) / 2
  return (
    <g className="server-tail">
      {snapshot !== null && (
        <SnapshotBlock x={left - width - gap} color={termColor(snapshot.lastIncludedTerm)} />
      )}
      {terms.length === 0 && snapshot === null && (
        <path className="server-empty" d={`M-11 ${DISC + 18.5}h22`} />
      )}
      {first > base + 1 && (
        <text className="server-more" x={left - 4} y={DISC + 23}>
          …
        </text>
      )}
      {terms.map((term, i) => {
        const committed = first + i <= commitIndex
        const isWritten = writing === null || first + i <= writing.durableIndex
        return (
          <rect
            key={i}
            className={isWritten ? undefined : 'unwritten'}
            x={left + i * width + 1}
            y={DISC + 13}
            width={width - 2}
            height={width - 2}
            rx={2.5}
            style={{ fill: committed ? termColor(term) : 'var(--surface)', stroke: termColor(term) }}
          />
        )
      })}
    </g>
  )
}

interface TailProps {
  server: ServerFrame
  most: number
}

/** What a compacted log stands on (§7). */
const SnapshotBlock = ({ x, color }: { x: number; color: string }) => (
  <g className="server-snapshot" transform={`translate(${x} ${DISC + 13})`} style={{ stroke: color }}>
    <rect width={11} height={11} rx={2} style={{ fill: 'var(--surface)' }} />
    <path d="M2.5 3.2h6M2.5 5.5h6M2.5 7.8h6" />
  </g>
)

function GroupBadge({ letter }: { letter: string }) {
  return (
    <g className="server-group" transform={`translate(${DISC * 0.97} ${-DISC * 0.97})`}>
      <circle r={12} />
      <text y={4.5}>{letter}</text>
    </g>
  )
}
