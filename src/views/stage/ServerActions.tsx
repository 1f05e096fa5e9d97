import { CirclePause, CirclePlay, Ellipsis, Power, RotateCcw, Terminal, TimerOff, Unplug } from 'lucide-react'
import { lazy, Suspense, useRef, useState } from 'react'
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
import { placeActions } from './actions-place.ts'
import type { Layout } from './geometry.ts'
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
  if (id === null || state === null) return null
  const { x: left, y: top } = placeActions(layout, id)
  return (
    <div className="server-actions" style={{ left, top }} role="toolbar" aria-label={`S${id}`}>
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
          <Suspense fallback={null}>
            <MoreActions id={id} anchor={button.current} onClose={close} />
          </Suspense>
        </Part>
      )}
    </>
  )
}
