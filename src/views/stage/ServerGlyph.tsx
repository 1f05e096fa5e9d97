import { type KeyboardEvent, memo } from 'react'
import type { ServerFrame } from '../../worker/protocol.ts'
import { serverName, termColor } from '../kit/format.ts'
import { DISC, type Point, roleLine, roleSize } from './geometry.ts'

interface Props {
  server: ServerFrame
  place: Point
  scale: number
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
  const { server, place, scale, selected, group, tail, words, onPick } = props
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
      className={`server ${state} ${leads ? 'leads' : role}`}
      transform={`translate(${place.x} ${place.y}) scale(${scale})`}
      role="button"
      tabIndex={0}
      aria-pressed={selected}
      aria-label={describe(server)}
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
      {role === 'candidate' && state !== 'down' && <Pips server={server} color={color} />}
      <text className="server-name" y={3 - 0.3 * (termSize - 11.5)}>
        {serverName(id)}
      </text>
      <text className="server-term" y={20 + 0.75 * (termSize - 11.5)} style={{ fontSize: termSize }}>
        {state === 'down' ? 'crashed' : `term ${currentTerm}`}
      </text>
      <Tail server={server} most={tail} />
      <text
        className="server-role"
        y={roleLine(textSize)}
        style={{ fill: leads ? color : undefined, fontSize: textSize }}
      >
        {roleText(server)}
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
    a.selected === b.selected &&
    a.group === b.group &&
    a.tail === b.tail &&
    a.words === b.words &&
    signature(a.server) === signature(b.server)
  )
}

function signature({
  id,
  state,
  role,
  currentTerm,
  commitIndex,
  lastIndex,
  tail,
  peers,
  votedFor,
}: ServerFrame): string {
  const votes = role === 'candidate' ? peers.map((peer) => peer.vote).join() : ''
  return `${id} ${state} ${role} ${currentTerm} ${commitIndex} ${lastIndex} ${tail.join()} ${votes} ${votedFor}`
}

function roleText({ state, role }: ServerFrame): string {
  if (state === 'down') return 'Off, log kept on disk'
  const name = role.charAt(0).toUpperCase() + role.slice(1)
  return state === 'paused' ? `${name}, paused` : name
}

function describe(server: ServerFrame): string {
  const { id, currentTerm, lastIndex, commitIndex, state } = server
  const log = lastIndex === 0 ? 'empty log' : `log to ${lastIndex}, committed to ${commitIndex}`
  return `${serverName(id)}, ${state === 'down' ? 'crashed' : roleText(server).toLowerCase()}, term ${currentTerm}, ${log}`
}

function Crown({ color }: { color: string }) {
  return (
    <path
      className="server-crown"
      transform={`translate(-13 ${-DISC - 25})`}
      d="M1 16 3 3l6 6.5L13 0l4 9.5L23 3l2 13z"
      style={{ fill: color, stroke: color }}
    />
  )
}

/** One pip a vote: filled if granted, crossed if refused, open while awaited. Its own vote comes first. */
function Pips({ server, color }: { server: ServerFrame; color: string }) {
  const votes = ['granted', ...server.peers.map((peer) => peer.vote)]
  const gap = 13
  return votes.map((vote, i) => {
    const angle = ((i - (votes.length - 1) / 2) * gap) / (DISC + 14)
    const x = (DISC + 14) * Math.sin(angle)
    const y = -(DISC + 14) * Math.cos(angle)
    return (
      <g key={i === 0 ? 'own' : server.peers[i - 1]?.id} transform={`translate(${x} ${y})`}>
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
function Tail({ server, most }: { server: ServerFrame; most: number }) {
  const terms = server.tail.slice(-most)
  const first = server.lastIndex - terms.length + 1
  const width = 13
  const left = (-terms.length * width) / 2
  return (
    <g className="server-tail">
      {terms.length === 0 && <path className="server-empty" d={`M-11 ${DISC + 18.5}h22`} />}
      {first > 1 && (
        <text className="server-more" x={left - 4} y={DISC + 23}>
          …
        </text>
      )}
      {terms.map((term, i) => {
        const committed = first + i <= server.commitIndex
        return (
          <rect
            key={i}
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

function GroupBadge({ letter }: { letter: string }) {
  return (
    <g className="server-group" transform={`translate(${DISC * 0.97} ${-DISC * 0.97})`}>
      <circle r={12} />
      <text y={4.5}>{letter}</text>
    </g>
  )
}
