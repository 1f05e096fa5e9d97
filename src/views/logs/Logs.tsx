import { type CSSProperties, lazy, type ReactNode, useEffect, useRef, useState } from 'react'
import { logIndex } from '../../base/ids.ts'
import { player } from '../../store/player.ts'
import { useApp } from '../../store/state.ts'
import { useBrisk } from '../../store/throttle.ts'
import type { Frame, ServerFrame } from '../../worker/protocol.ts'
import { Part } from '../failure/Part.tsx'
import { Button } from '../kit/Button.tsx'
import { standingOf } from '../stage/members.ts'
import { Indexes } from './Indexes.tsx'
import { cellId, type Place, placeOf, show } from './places.ts'
import { aboutOf, Row, RowName } from './Row.tsx'
import { columnsIn, columnsOf, SPARE, sizesFor } from './sizes.ts'
import './Logs.css'
import './large.css'
import { useKeys } from './use-keys.ts'
import { useIsLow, useScroll, useWidthAround } from './use-scroll.ts'

interface Props {
  /** For a projector. */
  readonly large?: boolean
}

/** The log matrix: a row per server, a column per index, as in Figure 7 of the paper. */
export function Logs({ large = false }: Props) {
  const frame = useBrisk((state) => state.frame)
  return (
    <section className={large ? 'logs large' : 'logs'} aria-labelledby="logs-title">
      {frame === null ? <Waiting /> : <Matrix frame={frame} large={large} />}
    </section>
  )
}

function Waiting() {
  return (
    <>
      <Heading />
      <p className="logs-empty">Waiting for the first moment of the simulation.</p>
    </>
  )
}

const NOTE = 'a cell is one entry, coloured by its term; solid is committed'

function Heading({ children }: { children?: ReactNode }) {
  return (
    <div className="logs-head">
      <h2 id="logs-title">Logs</h2>
      <span className="logs-note" title={NOTE}>
        {NOTE}
      </span>
      {children}
    </div>
  )
}

/** What the leader's marks below the rows mean. */
function Key({ isPipelined }: { isPipelined: boolean }) {
  return (
    <span className="logs-key" title="What the leader keeps of each follower: nextIndex and matchIndex">
      <i className="next" /> next
      {isPipelined && (
        <>
          <i className="next probe" /> probing
        </>
      )}
      <i className="match" /> match
    </span>
  )
}

/** What makes a table one that takes the keyboard: the arrows move about in it. */
const asGrid = (active: string | undefined) =>
  ({ role: 'grid', tabIndex: 0, 'aria-activedescendant': active }) as const

function Matrix({ frame, large }: { frame: Frame; large: boolean }) {
  const { servers } = frame
  const view = useRef<HTMLDivElement>(null)
  const track = useRef<HTMLTableElement>(null)
  const width = useWidthAround(view)
  const [left, setLeft] = useState(0)
  const [isAtHead, setAtHead] = useState(true)
  const selected = useApp(({ selection }) => (selection?.kind === 'server' ? selection.server : 0))
  const sizes = sizesFor(width, servers.length, large, useIsLow())
  const visible = columnsIn(width, sizes)
  const longest = Math.max(...servers.map((server) => server.lastIndex))
  const columns = columnsOf(longest, width, sizes)
  const total = sizes.names + columns * sizes.column
  const firstShown = Math.floor(left / sizes.column) + 1
  const leader = leaderOf(servers)
  const compacted = Math.max(...servers.map(({ snapshot }) => snapshot?.lastIncludedIndex ?? 0))
  const scroll = useScroll(view, track, sizes.column, Math.max(0, total - width), (at, head) => {
    setLeft(Math.floor(at / sizes.column) * sizes.column)
    setAtHead(head)
  })

  useEffect(() => {
    const first = isAtHead ? 'head' : logIndex(Math.max(1, firstShown - SPARE))
    player.setWindow({ first, columns: visible + SPARE * (isAtHead ? 1 : 2) })
  }, [isAtHead, firstShown, visible])

  const reveal = ({ index }: Place) => {
    const start = (index - 1) * sizes.column
    const end = start + sizes.column - (width - sizes.names)
    const at = scroll.current?.left ?? 0
    if (start < at || end > at) scroll.current?.to(start < at ? start : end)
  }
  const { active, isActiveHere, onKey } = useKeys(frame, firstShown, reveal)
  return (
    <>
      <Heading>
        {isAtHead && leader !== null && leader.peers.length > 0 && (
          <Key isPipelined={frame.settings.pipeline > 0} />
        )}
        {!isAtHead && (
          <Button small className="logs-follow" onClick={() => scroll.current?.to(columns * sizes.column)}>
            Follow the head
          </Button>
        )}
      </Heading>
      <div
        className="logs-frame"
        style={
          {
            '--logs-names': `${sizes.names}px`,
            '--logs-column': `${sizes.column}px`,
            '--logs-cell': `${sizes.cell}px`,
            '--logs-pitch': `${sizes.pitch}px`,
            '--logs-scale': sizes.scale,
          } as CSSProperties
        }
      >
        <div className="logs-names">
          {servers.map((server) => (
            <RowName
              key={server.id}
              id={server.id}
              state={server.state}
              term={server === leader ? server.currentTerm : 0}
              standing={standingOf(servers, server).standing}
              isSelected={server.id === selected}
              about={aboutOf(server, server === leader, peerOf(leader, server))}
            />
          ))}
        </div>
        <div className="logs-view" ref={view}>
          <table
            className={longest === 0 ? 'logs-grid empty' : 'logs-grid'}
            ref={track}
            {...asGrid(active !== null && isActiveHere ? cellId(active.server, active.index) : undefined)}
            aria-labelledby="logs-title"
            aria-rowcount={servers.length + 1}
            aria-colcount={columns}
            style={{ width: columns * sizes.column }}
            onKeyDown={onKey}
            onClick={(event) => {
              const place = placeOf(event)
              if (place !== null) show(frame, place)
            }}
          >
            <thead>
              <Indexes first={firstShown} columns={visible} column={sizes.column} last={columns} />
            </thead>
            <tbody>
              {servers.map((server) => (
                <Row
                  key={server.id}
                  server={server}
                  peer={peerOf(leader, server)}
                  isPipelined={frame.settings.pipeline > 0}
                  column={sizes.column}
                  pitch={sizes.pitch}
                  left={left}
                  visible={visible}
                  active={active?.server === server.id ? active.index : null}
                />
              ))}
            </tbody>
          </table>
        </div>
        {longest === 0 && (
          <p className="logs-empty">
            {frame.end === null ? 'No entries yet: send a command.' : 'No entries were made.'}
          </p>
        )}
      </div>
      {visible >= columns ? (
        NO_OVERVIEW
      ) : (
        <Part fallback={NO_OVERVIEW}>
          <Overview scroll={scroll} share={visible / columns} width={width} compacted={compacted / columns} />
        </Part>
      )}
    </>
  )
}

const Overview = lazy(() => import('./Overview.tsx').then((it) => ({ default: it.Overview })))

/** The place of it, where the whole log is in view. */
const NO_OVERVIEW = <div className="logs-overview" data-idle="true" />

/** The leader that counts: of those that are up and think they lead, the one of the highest term. */
function leaderOf(servers: readonly ServerFrame[]): ServerFrame | null {
  let found: ServerFrame | null = null
  for (const server of servers) {
    if (server.role !== 'leader' || server.state === 'down') continue
    if (found === null || server.currentTerm > found.currentTerm) found = server
  }
  return found
}

const peerOf = (leader: ServerFrame | null, { id }: ServerFrame) =>
  leader?.peers.find((peer) => peer.id === id) ?? null
