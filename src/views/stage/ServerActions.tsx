import { CirclePause, CirclePlay, Ellipsis, Power, RotateCcw, Terminal, TimerOff, Unplug } from 'lucide-react'
import { lazy, type RefObject, useLayoutEffect, useRef, useState } from 'react'
import type { ServerId } from '../../base/ids.ts'
import {
  crashOrRestart,
  isIsolated,
  isolateOrHeal,
  pauseOrResume,
  timeOut,
  whyNoTimeout,
} from '../../store/deeds.ts'
import { app, useApp } from '../../store/state.ts'
import { Part } from '../failure/Part.tsx'
import { Button } from '../kit/Button.tsx'
import { type Box, placeActions } from './actions-place.ts'
import type { Layout } from './geometry.ts'
import { spokesman } from './members.ts'
import './server-actions.css'

const MoreActions = lazy(() => import('./MoreActions.tsx').then((it) => ({ default: it.MoreActions })))

/** What can be done to the selected server, right beside it. */
export function ServerActions({ layout }: { layout: Layout }) {
  const id = useApp(({ selection, tool }) =>
    selection?.kind === 'server' && tool !== 'partition' ? selection.server : null,
  )
  const state = useApp(({ frame }) => (id === null ? null : (frame?.servers[id - 1]?.state ?? null)))
  const noTimeout = useApp(({ frame }) => {
    const server = id === null ? undefined : frame?.servers[id - 1]
    return server === undefined ? null : whyNoTimeout(server)
  })
  const isolated = useApp(({ frame }) => id !== null && frame !== null && isIsolated(frame, id))
  const ballots = useApp(({ frame }) => frame !== null && spokesman(frame.servers)?.members.next != null)
  const bar = useRef<HTMLDivElement>(null)
  const boxes = useBoxes(bar, id)
  if (id === null || state === null) return null
  const { x: left, y: top } = placeActions(layout, id, { ballots, boxes })
  return (
    <div className="server-actions" style={{ left, top }} role="toolbar" aria-label={`S${id}`} ref={bar}>
      <Button
        look="quiet"
        small
        label={state === 'down' ? `Restart S${id}` : `Crash S${id}`}
        hotkey="X"
        onClick={() => crashOrRestart(id)}
      >
        {state === 'down' ? <RotateCcw aria-hidden="true" /> : <Power aria-hidden="true" />}
      </Button>
      <Button
        look="quiet"
        small
        label={state === 'paused' ? `Resume S${id}` : `Pause S${id}`}
        disabled={state === 'down'}
        onClick={() => pauseOrResume(id)}
      >
        {state === 'paused' ? <CirclePlay aria-hidden="true" /> : <CirclePause aria-hidden="true" />}
      </Button>
      <Button
        look="quiet"
        small
        label={noTimeout ?? `Time out S${id} now`}
        hotkey="T"
        disabled={noTimeout !== null}
        onClick={() => timeOut(id)}
      >
        <TimerOff aria-hidden="true" />
      </Button>
      <Button
        look="quiet"
        small
        label={isolated ? 'Heal all links' : `Isolate S${id}`}
        hotkey="I"
        onClick={() => isolateOrHeal(id)}
      >
        <Unplug aria-hidden="true" />
      </Button>
      <Button
        look="quiet"
        small
        label={`Send a command to S${id}`}
        hotkey="↵"
        onClick={() => app.setState({ tool: 'command' })}
      >
        <Terminal aria-hidden="true" />
      </Button>
      <More key={id} id={id} />
    </div>
  )
}

/** What stands over the picture: the vital signs, and the legend's rows for what is beyond §5. */
function useBoxes(bar: RefObject<HTMLElement | null>, id: ServerId | null): readonly Box[] {
  const [boxes, setBoxes] = useState<readonly Box[]>([])
  useLayoutEffect(() => {
    const stage = bar.current?.parentElement
    if (id === null || stage == null) return
    const measure = () => {
      const { left, top } = stage.getBoundingClientRect()
      const found = [...stage.querySelectorAll('.vitals .chip, .legend[open] .legend-later')].map((one) => {
        const box = one.getBoundingClientRect()
        return {
          left: box.left - left,
          top: box.top - top,
          right: box.right - left,
          bottom: box.bottom - top,
        }
      })
      setBoxes(found)
    }
    // Their rows come and go; that one grows by a letter is no reason to move.
    const observer = new ResizeObserver(measure)
    // Who makes a majority changes with the members, and in length.
    const watch = () => {
      for (const one of stage.querySelectorAll('.vitals, .vitals .majority, .legend')) observer.observe(one)
    }
    watch()
    const chips = new MutationObserver(watch)
    for (const one of stage.querySelectorAll('.vitals')) chips.observe(one, { childList: true })
    return () => {
      observer.disconnect()
      chips.disconnect()
    }
  }, [bar, id])
  return boxes
}

/** The rest, which is wanted less often, and loaded then. */
function More({ id }: { id: ServerId }) {
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const close = () => setOpen(false)
  return (
    <>
      <Button
        ref={button}
        look="quiet"
        small
        label={`More for S${id}`}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Ellipsis aria-hidden="true" />
      </Button>
      {open && (
        <Part onMissing={close}>
          <MoreActions id={id} anchor={button.current} onClose={close} />
        </Part>
      )}
    </>
  )
}
