import {
  type KeyboardEvent,
  lazy,
  type ReactNode,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { goToEnd, goToStart, jump, stepEvent, stepTime } from '../../store/navigate.ts'
import { mirror, useApp } from '../../store/state.ts'
import { Part } from '../failure/Part.tsx'
import { Button } from '../kit/Button.tsx'
import { serverName } from '../kit/format.ts'
import { usePainterGeneration } from '../painter/painter.ts'
import { camera } from './camera.ts'
import { laneY, layoutOf } from './layout.ts'
import { Scene } from './scene.ts'
import './Timeline.css'

const BrokenMarks = lazy(() => import('./BrokenMarks.tsx').then((it) => ({ default: it.BrokenMarks })))

/** How far Page Up and Page Down go, in µs. */
const PAGE = 100_000

/** The space-time diagram: a lane per server, messages between them, and a playhead to pull through time. */
export function Timeline() {
  const [height, setHeight] = useState(190)
  const [servers, setServers] = useState<number | null>(null)
  const presenting = useApp((state) => state.presenting)
  const broken = useApp(({ frame }) => frame?.safety.notes.length ?? 0)
  return (
    <section className={presenting ? 'timeline low' : 'timeline'} aria-label="Timeline">
      <LaneNames height={height} lanes={servers} presenting={presenting} />
      <Plot key={usePainterGeneration()} onHeight={setHeight} onServers={setServers}>
        {broken > 0 && (
          <Part>
            <BrokenMarks height={height} lanes={servers} presenting={presenting} />
          </Part>
        )}
      </Plot>
      <FollowButton />
    </section>
  )
}

interface PlotProps {
  readonly onHeight: (height: number) => void
  readonly onServers: (servers: number) => void
  /** What stands on the picture. */
  readonly children: ReactNode
}

function Plot({ onHeight, onServers, children }: PlotProps) {
  const plot = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLDivElement>(null)
  const term = useRef<HTMLDivElement>(null)
  const veil = useRef<HTMLDivElement>(null)
  const playhead = useRef<HTMLDivElement>(null)
  const tip = useRef<HTMLDivElement>(null)

  useEffect(() => {
    const parts = {
      plot: present(plot.current),
      canvas: present(canvas.current),
      term: present(term.current),
      veil: present(veil.current),
      playhead: present(playhead.current),
      tip: present(tip.current),
      onServers,
    }
    const observer = new ResizeObserver(() => onHeight(parts.plot.clientHeight))
    observer.observe(parts.plot)
    const scene = new Scene(parts)
    return () => {
      observer.disconnect()
      scene.stop()
    }
  }, [onHeight, onServers])

  return (
    <div className="timeline-plot" ref={plot}>
      <div aria-hidden="true">
        <div className="timeline-canvas" ref={canvas} />
        <div className="timeline-term" ref={term} hidden />
      </div>
      <div className="timeline-veil" ref={veil} />
      {children}
      <div
        className="timeline-playhead"
        ref={playhead}
        role="slider"
        tabIndex={0}
        aria-label="Simulated time"
        aria-valuemin={0}
        aria-valuenow={0}
        onKeyDown={onKey}
      />
      <div className="timeline-tip" ref={tip} hidden aria-hidden="true" />
    </div>
  )
}

interface LaneNamesProps {
  readonly height: number
  /** As many as servers ever come; `null` before that is known. */
  readonly lanes: number | null
  readonly presenting: boolean
}

function LaneNames({ height, lanes, presenting }: LaneNamesProps) {
  const known = useApp((state) => state.frame?.servers.length ?? state.scenario.servers)
  const servers = lanes ?? known
  const selected = useApp(({ selection }) => (selection?.kind === 'server' ? selection.server : 0))
  const layout = layoutOf(height, servers, presenting)
  const isTight = layout.gap < 1.25 * layout.text && servers > 1
  return (
    <ol className={isTight ? 'timeline-names tight' : 'timeline-names'} aria-label="Lanes">
      {Array.from({ length: servers }, (_, i) => (
        <li
          key={i}
          className={i + 1 === selected ? 'selected' : undefined}
          style={{ top: laneY(layout, i + 1) }}
        >
          {serverName(i + 1)}
        </li>
      ))}
      <li className="timeline-unit" style={{ top: layout.bandTop + layout.bandHeight / 2 }}>
        Term
      </li>
    </ol>
  )
}

const isFollowing = () => camera.following

function FollowButton() {
  const following = useSyncExternalStore(camera.subscribe, isFollowing, isFollowing)
  if (following) return null
  return (
    <Button small className="timeline-follow" onClick={() => camera.follow(true)}>
      Follow the playhead
    </Button>
  )
}

function onKey(event: KeyboardEvent): void {
  const move = event.altKey || event.ctrlKey || event.metaKey ? undefined : moveOf(event.key, event.shiftKey)
  if (move === undefined) return
  event.preventDefault()
  event.stopPropagation()
  camera.follow(true)
  move()
}

function moveOf(key: string, byBeats: boolean): (() => void) | undefined {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return () => (byBeats ? void jump('beat', -1) : stepEvent(-1))
    case 'ArrowRight':
    case 'ArrowUp':
      return () => (byBeats ? void jump('beat', 1) : stepEvent(1))
    case 'PageUp':
      return () => stepTime(PAGE)
    case 'PageDown':
      return () => stepTime(-PAGE)
    case 'Home':
      return goToStart
    case 'End':
      return () => goToEnd(mirror.knownTo)
    default:
      return undefined
  }
}

function present<T>(element: T | null): T {
  if (element === null) throw new Error('an element of the timeline is not there')
  return element
}
