import { lazy, type PointerEvent, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { pickServer } from '../../store/deeds.ts'
import { player } from '../../store/player.ts'
import { app, useApp } from '../../store/state.ts'
import { unsafeCount } from '../../store/unsafe.ts'
import { messageTitle } from '../../words/messages.ts'
import { Part } from '../failure/Part.tsx'
import { isNoticeLow, Notice } from '../notice/Notice.tsx'
import { Cluster } from './Cluster.tsx'
import { FlightLayer } from './FlightLayer.tsx'
import { flightAt } from './flights.ts'
import { between, insetsOf, type Layout, LEAST_WORDS, layOut } from './geometry.ts'
import { Legend } from './Legend.tsx'
import { majorityText, spokesman } from './members.ts'
import { Tools } from './Tools.tsx'
import { Vitals } from './Vitals.tsx'
import './stage.css'

const Clients = lazy(() => import('./Clients.tsx').then((it) => ({ default: it.Clients })))
const Transfer = lazy(() => import('./Transfer.tsx').then((it) => ({ default: it.Transfer })))
const ServerActions = lazy(() => import('./ServerActions.tsx').then((it) => ({ default: it.ServerActions })))

/** The cluster: servers on a ring, messages on their way between them, and the tools to act on both. */
export function Stage() {
  const box = useRef<HTMLDivElement>(null)
  const size = useSize(box)
  const servers = useApp(({ frame, scenario }) => frame?.servers.length ?? scenario.servers)
  const presenting = useApp((state) => state.presenting)
  const hasSelected = useApp(({ selection }) => selection?.kind === 'server')
  const hasEnded = useApp(({ frame, strayed }) => (frame?.end ?? strayed) !== null)
  const narrow = size.width < 640
  const rows = useApp((state) => {
    const { frame } = state
    const isDisputed =
      frame !== null && (narrow || presenting || servers > 7) && majorityText(frame.servers) !== ''
    const isUnsafe = presenting && !narrow && unsafeCount(state) > 0
    return Number(isDisputed && (!narrow || frame.cuts.length > 0)) + Number(isUnsafe)
  })
  const hasNotice = useApp((state) => state.notice !== null && (!presenting || narrow) && !isNoticeLow(state))
  const [foot, setFoot] = useState(0)
  const goal = useMemo(() => {
    const insets = insetsOf(size.width, presenting, rows)
    // Where a run ends, its end stands below the stage in place of the tools.
    // A notice stands above all that, in two lines or three.
    const bare = hasEnded ? BARE_FOOT : Math.max(insets.bottom, foot)
    const bottom = hasNotice ? bare + (narrow ? 66 : 50) : bare
    return layOut(servers, size.width, size.height, { ...insets, bottom })
  }, [servers, size, presenting, rows, hasEnded, hasNotice, narrow, foot])
  const layout = useGlide(goal, useInitial())
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
          {hasSelected && !presenting && (
            <Part>
              <ServerActions layout={layout} />
            </Part>
          )}
        </>
      )}
      <Vitals />
      <Legend />
      {!presenting && <Tools onHeight={setFoot} />}
      <Notice />
    </section>
  )
}

/** What must stay free below the servers where there are no tools. */
const BARE_FOOT = 22

/** How long servers take to make room for another, in real milliseconds. */
const GLIDE_MS = 320

/** How many servers the cluster on the stage began with. Until its first frame comes, a scenario is not on the stage. */
function useInitial(): number {
  const epoch = useApp(({ frame }) => frame?.epoch)
  const now = () => ({ epoch, initial: app.getState().scenario.servers })
  const [known, setKnown] = useState(now)
  if (known.epoch === epoch) return known.initial
  const next = now()
  setKnown(next)
  return next.initial
}

/** Servers move over for others, or for what stands below them; with another stage or another cluster, nothing glides. */
function useGlide(goal: Layout, initial: number): Layout {
  const [shown, setShown] = useState(goal)
  const last = useRef(goal)
  const lastInitial = useRef(initial)
  useLayoutEffect(() => {
    const from = last.current
    const put = (layout: Layout) => {
      last.current = layout
      setShown(layout)
    }
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches
    const isSame = from.width === goal.width && from.height === goal.height && lastInitial.current === initial
    lastInitial.current = initial
    if (isCalm || !isSame || from === goal) return put(goal)
    const begun = performance.now()
    const stop = player.onTick(() => {
      const share = Math.min(1, (performance.now() - begun) / GLIDE_MS)
      if (share === 1) stop()
      put(share === 1 ? goal : between(from, goal, share * share * (3 - 2 * share)))
    })
    return stop
  }, [goal, initial])
  return shown.width === goal.width && shown.height === goal.height ? shown : goal
}

/** The least size of words on the stage for a projector, as a part of its width. */
const LARGE = 0.0155

function Picture({ layout, words }: { layout: Layout; words: number }) {
  const frame = useApp((state) => state.frame)
  const selection = useApp((state) => state.selection)
  const groups = useApp((state) => state.groups)
  const servers = frame?.servers ?? []
  const speaker = spokesman(servers)
  return (
    <Cluster
      layout={layout}
      words={words}
      servers={servers}
      cuts={frame?.cuts ?? []}
      selection={selection}
      groups={groups}
      onPick={pickServer}
    >
      {speaker?.office?.transfer != null && (
        <Part>
          <Transfer leader={speaker} transfer={speaker.office.transfer} layout={layout} />
        </Part>
      )}
      {frame?.clients.some(({ open, done }) => open.length + done.length > 0) === true && (
        <Part>
          <Clients layout={layout} />
        </Part>
      )}
    </Cluster>
  )
}

/** The size that a picture was drawn for before this program ran (src/prerender); nothing if there is none. */
function drawnSize(): { width: number; height: number } {
  const picture = globalThis.document?.querySelector('.stage-picture')
  const length = (name: string) => Number(picture?.getAttribute(name) ?? 0)
  return { width: length('width'), height: length('height') }
}

function useSize(box: React.RefObject<HTMLDivElement | null>): { width: number; height: number } {
  const [size, setSize] = useState(drawnSize)
  useLayoutEffect(() => {
    const element = box.current
    if (element === null) return
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = element
      setSize((old) => (old.width === width && old.height === height ? old : { width, height }))
    }
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
