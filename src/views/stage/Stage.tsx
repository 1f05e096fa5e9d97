import { type PointerEvent, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { pickServer } from '../../store/deeds.ts'
import { player } from '../../store/player.ts'
import { app, useApp } from '../../store/state.ts'
import { messageTitle } from '../../words/messages.ts'
import { Clients } from './Clients.tsx'
import { FlightLayer } from './FlightLayer.tsx'
import { flightAt } from './flights.ts'
import { type Layout, layOut } from './geometry.ts'
import { Legend } from './Legend.tsx'
import { Links } from './Links.tsx'
import { ServerActions } from './ServerActions.tsx'
import { ServerGlyph } from './ServerGlyph.tsx'
import { Tools } from './Tools.tsx'
import { Vitals } from './Vitals.tsx'
import './stage.css'

/** The cluster: servers on a ring, messages on their way between them, and the tools to act on both. */
export function Stage() {
  const box = useRef<HTMLDivElement>(null)
  const size = useSize(box)
  const servers = useApp(({ scenario }) => scenario.servers)
  const presenting = useApp((state) => state.presenting)
  const layout = useMemo(() => {
    const small = size.width < 640
    const insets = presenting ? { top: 56, bottom: 16 } : { top: small ? 44 : 50, bottom: 72 }
    return layOut(servers, size.width, size.height, insets)
  }, [servers, size, presenting])
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
          <Picture layout={layout} />
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

function Picture({ layout }: { layout: Layout }) {
  const frame = useApp((state) => state.frame)
  const selection = useApp((state) => state.selection)
  const groups = useApp((state) => state.groups)
  const servers = frame?.servers ?? []
  const down = servers.filter((server) => server.state === 'down').map((server) => server.id)
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
            selected={selection?.kind === 'server' && selection.server === server.id}
            group={groups[i] === undefined ? null : 'ABC'.charAt(groups[i])}
            tail={layout.width < 500 ? 7 : servers.length > 7 ? 9 : 12}
            onPick={pickServer}
          />
        )
      })}
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
