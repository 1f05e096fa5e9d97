import { lazy, type PointerEvent, Suspense, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { pickServer } from '../../store/deeds.ts'
import { player } from '../../store/player.ts'
import { app, useApp } from '../../store/state.ts'
import { messageTitle } from '../../words/messages.ts'
import { Part } from '../failure/Part.tsx'
import { Clients } from './Clients.tsx'
import { FlightLayer } from './FlightLayer.tsx'
import { flightAt } from './flights.ts'
import { between, type Insets, type Layout, LEAST_WORDS, layOut, tailOf } from './geometry.ts'
import { Legend } from './Legend.tsx'
import { Links } from './Links.tsx'
import { spokesman, standingIn } from './members.ts'
import { ServerActions } from './ServerActions.tsx'
import { ServerGlyph } from './ServerGlyph.tsx'
import { Tools } from './Tools.tsx'
import { Vitals } from './Vitals.tsx'
import './stage.css'

const Transfer = lazy(() => import('./Transfer.tsx').then((it) => ({ default: it.Transfer })))

/** The cluster: servers on a ring, messages on their way between them, and the tools to act on both. */
export function Stage() {
  const box = useRef<HTMLDivElement>(null)
  const size = useSize(box)
  const servers = useApp(({ frame, scenario }) => frame?.servers.length ?? scenario.servers)
  const presenting = useApp((state) => state.presenting)
  const goal = useMemo(() => {
    return layOut(servers, size.width, size.height, insetsOf(size.width, presenting))
  }, [servers, size, presenting])
  const layout = useGlide(goal)
  return (
    <section
      className="stage"
      ref={box}
      aria-label="Cluster"
      onPointerDown={(event) => pickFlight(event, layout)}
      onPointerMove={(event) => pointAtFlight(event, layout)}
    >
      {size.width > 0 && (
        <>
          <Picture layout={layout} words={presenting ? Math.max(12, LARGE * layout.width) : LEAST_WORDS} />
          <FlightLayer layout={layout} />
          {!presenting && <ServerActions layout={layout} />}
        </>
      )}
      <Vitals />
      <Legend />
      {!presenting && <Tools />}
    </section>
  )
}

/** How long servers take to make room for another, in real milliseconds. */
const GLIDE_MS = 320

/** With servers that come or go, the others move over; with another size of the stage, nothing glides. */
function useGlide(goal: Layout): Layout {
  const [shown, setShown] = useState(goal)
  const last = useRef(goal)
  useLayoutEffect(() => {
    const from = last.current
    const put = (layout: Layout) => {
      last.current = layout
      setShown(layout)
    }
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches
    const isSameSize = from.width === goal.width && from.height === goal.height
    if (isCalm || !isSameSize || from.servers.length === goal.servers.length) return put(goal)
    const begun = performance.now()
    const stop = player.onTick(() => {
      const share = Math.min(1, (performance.now() - begun) / GLIDE_MS)
      if (share === 1) stop()
      put(share === 1 ? goal : between(from, goal, share * share * (3 - 2 * share)))
    })
    return stop
  }, [goal])
  return shown
}

/** The least size of words on the stage for a projector, as a part of its width. */
const LARGE = 0.0155

/** What the vital signs take above the ring, two rows of them on a phone, and below it the tools with their help. */
function insetsOf(width: number, presenting: boolean): Insets {
  // In present mode the vital signs grow with the screen, as vitals.css has it.
  if (presenting) return { top: width < 640 ? 74 : 20 + Math.max(34, 0.035 * width), bottom: 22 }
  return width < 640 ? { top: 72, bottom: 86 } : { top: 50, bottom: 78 }
}

function Picture({ layout, words }: { layout: Layout; words: number }) {
  const frame = useApp((state) => state.frame)
  const selection = useApp((state) => state.selection)
  const groups = useApp((state) => state.groups)
  const servers = frame?.servers ?? []
  const tail = tailOf(layout)
  const down = servers.filter((server) => server.state === 'down').map((server) => server.id)
  const speaker = spokesman(servers)
  const round = speaker?.office?.change?.round ?? 0
  const cuts = (frame?.cuts ?? []).map(([from, to]) => `${from}>${to}`)
  return (
    <svg className="stage-picture" width={layout.width} height={layout.height}>
      <title>The servers and the links between them</title>
      <Links layout={layout} down={down.join(' ')} cuts={cuts.join(' ')} />
      {servers.map((server, i) => {
        const place = layout.servers[i]
        if (place === undefined) return null
        return (
          <ServerGlyph
            key={server.id}
            server={server}
            place={place}
            scale={layout.scale}
            standing={standingIn(speaker, server.id)}
            round={round}
            selected={selection?.kind === 'server' && selection.server === server.id}
            group={groups[i] === undefined ? null : 'ABC'.charAt(groups[i])}
            tail={tail}
            words={words}
            onPick={pickServer}
          />
        )
      })}
      {speaker?.office?.transfer != null && (
        <Part>
          <Suspense fallback={null}>
            <Transfer leader={speaker} transfer={speaker.office.transfer} layout={layout} />
          </Suspense>
        </Part>
      )}
      <Clients layout={layout} />
    </svg>
  )
}

function useSize(box: React.RefObject<HTMLDivElement | null>): { width: number; height: number } {
  const [size, setSize] = useState({ width: 0, height: 0 })
  useLayoutEffect(() => {
    const element = box.current
    if (element === null) return
    const measure = () => setSize({ width: element.clientWidth, height: element.clientHeight })
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    measure()
    return () => observer.disconnect()
  }, [box])
  return size
}

/** Whether the pointer is over the bare stage or its picture, where messages can be: a button's icon is no part of it. */
const isOnPicture = ({ target, currentTarget }: PointerEvent) =>
  target === currentTarget || (target instanceof Element && target.closest('.stage-picture') !== null)

function flightUnder(event: PointerEvent, layout: Layout) {
  const { frame } = app.getState()
  if (frame === null || !isOnPicture(event)) return null
  const area = event.currentTarget.getBoundingClientRect()
  const reach = event.pointerType === 'mouse' ? 16 : 26
  const [x, y] = [event.clientX - area.left, event.clientY - area.top]
  return flightAt(frame.flights, layout, player.now, x, y, reach * Math.max(0.8, layout.scale))
}

function pickFlight(event: PointerEvent, layout: Layout): void {
  const flight = flightUnder(event, layout)
  const onServer = event.target instanceof Element && event.target.closest('[role=button]') !== null
  if (flight !== null && !onServer) {
    app.setState({ selection: { kind: 'message', message: flight.name }, panel: 'message' })
  } else if (isOnPicture(event) && !onServer) {
    app.setState({ selection: null })
  }
}

function pointAtFlight(event: PointerEvent<HTMLElement>, layout: Layout): void {
  const flight = flightUnder(event, layout)
  event.currentTarget.style.cursor = flight === null ? '' : 'pointer'
  const { from, to, kind } = flight?.message ?? {}
  const name = (id = 0) => (id <= 9 ? `S${id}` : `C${id - 10}`)
  event.currentTarget.title = kind === undefined ? '' : `${messageTitle(kind)}, ${name(from)} to ${name(to)}`
}
