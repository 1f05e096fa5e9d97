import {
  ChevronLeft,
  ChevronRight,
  Minus,
  Pause,
  Play,
  Plus,
  Redo2,
  SkipBack,
  SkipForward,
  Undo2,
} from 'lucide-react'
import { type CSSProperties, useEffect, useRef } from 'react'
import { SLOWDOWNS } from '../../scenario/scenario.ts'
import { redo, undo } from '../../store/edit.ts'
import { goToEnd, goToStart, jump, setSlowdown, stepEvent, togglePlay } from '../../store/navigate.ts'
import { player } from '../../store/player.ts'
import { mirror, useApp } from '../../store/state.ts'
import type { Landmark } from '../../worker/protocol.ts'
import { Button } from '../kit/Button.tsx'
import { msText, speedText } from '../kit/format.ts'
import { zoomIn, zoomOut } from '../timeline/camera.ts'
import { speedIn, stepOf } from './speed.ts'
import './Transport.css'

/** The row of controls that moves time: play, step, speed, jumps, undo and the timeline's zoom. */
export function Transport() {
  return (
    <section className="transport" aria-label="Playback">
      <div className="transport-main">
        <Steps />
        <Clock />
      </div>
      <div className="transport-more">
        <Speed />
        <span className="transport-gap" />
        <Jump what="election" name="Election" />
        <Jump what="commit" name="Commit" />
        <Jump what="act" name="Intervention" />
        <Edits />
        <Zoom />
      </div>
    </section>
  )
}

function Steps() {
  const atStart = useApp(({ frame }) => frame === null || (frame.events === 0 && frame.time === 0))
  const beforeFirst = useApp(({ frame }) => frame === null || frame.events === 0)
  const nothingNext = useApp(({ frame }) => frame === null || frame.end !== null || frame.until === Infinity)
  const isWaiting = useApp(({ frame }) => frame === null)
  return (
    <>
      <Button look="quiet" label="To the start" disabled={atStart} onClick={goToStart}>
        <SkipBack />
      </Button>
      <Button
        look="quiet"
        label="One event back"
        hotkey="←"
        disabled={beforeFirst}
        onClick={() => stepEvent(-1)}
      >
        <ChevronLeft />
      </Button>
      <PlayButton />
      <Button
        look="quiet"
        label="One event on"
        hotkey="→"
        disabled={nothingNext}
        onClick={() => stepEvent(1)}
      >
        <ChevronRight />
      </Button>
      <Button
        look="quiet"
        label="To the end of what is known"
        disabled={isWaiting}
        onClick={() => goToEnd(mirror.knownTo)}
      >
        <SkipForward />
      </Button>
    </>
  )
}

function PlayButton() {
  const playing = useApp((state) => state.playing)
  const hasEnded = useApp(({ frame }) => frame === null || frame.end !== null)
  return (
    <Button
      className="transport-play"
      label={playing ? 'Pause' : 'Play'}
      hotkey="Space"
      disabled={hasEnded && !playing}
      onClick={togglePlay}
    >
      {playing ? <Pause fill="currentColor" strokeWidth={0} /> : <Play fill="currentColor" />}
    </Button>
  )
}

/** Written by the player's loop, as it changes with every animation frame. */
function Clock() {
  const time = useRef<HTMLSpanElement>(null)
  useEffect(
    () =>
      player.onTick((now) => {
        const digits = time.current?.firstChild
        const text = msText(now)
        if (digits instanceof Text && digits.data !== text) digits.data = text
      }),
    [],
  )
  return (
    <div className="transport-clock">
      <div className="transport-digits">
        <span className="unseen">Simulated time </span>
        <span ref={time}>0.0</span> <small>ms</small>
      </div>
    </div>
  )
}

function Speed() {
  const slowdown = useApp((state) => state.slowdown)
  const step = stepOf(slowdown)
  const last = SLOWDOWNS.length - 1
  const filled = { '--transport-filled': step / last } as CSSProperties
  return (
    <label className="transport-speed" title="Slower ([), faster (])">
      <span>Speed</span>
      <b>{speedText(slowdown)}</b>
      <input
        type="range"
        min={0}
        max={last}
        value={step}
        aria-label="Speed"
        aria-valuetext={slowdown === 1 ? 'real time' : `1/${slowdown} of real time`}
        style={filled}
        onChange={(event) => setSlowdown(speedIn(event.currentTarget.valueAsNumber))}
      />
    </label>
  )
}

function Jump({ what, name }: { what: Landmark; name: string }) {
  const lower = name.toLowerCase()
  return (
    <fieldset className="transport-jump">
      <legend className="unseen">{name}</legend>
      <button
        type="button"
        aria-label={`Previous ${lower}`}
        title={`Previous ${lower}`}
        onClick={() => void jump(what, -1)}
      >
        <ChevronLeft />
      </button>
      <span aria-hidden="true">{name}</span>
      <button
        type="button"
        aria-label={`Next ${lower}`}
        title={`Next ${lower}`}
        onClick={() => void jump(what, 1)}
      >
        <ChevronRight />
      </button>
    </fieldset>
  )
}

function Edits() {
  const canUndo = useApp((state) => state.canUndo)
  const canRedo = useApp((state) => state.canRedo)
  return (
    <div className="transport-pair">
      <Button look="quiet" label="Undo" hotkey="Ctrl+Z" disabled={!canUndo} onClick={undo}>
        <Undo2 />
      </Button>
      <Button look="quiet" label="Redo" hotkey="Ctrl+Shift+Z" disabled={!canRedo} onClick={redo}>
        <Redo2 />
      </Button>
    </div>
  )
}

function Zoom() {
  return (
    <fieldset className="transport-jump">
      <legend className="unseen">Zoom of the timeline</legend>
      <button type="button" aria-label="Zoom out" title="Zoom out" onClick={zoomOut}>
        <Minus />
      </button>
      <span aria-hidden="true">Zoom</span>
      <button type="button" aria-label="Zoom in" title="Zoom in" onClick={zoomIn}>
        <Plus />
      </button>
    </fieldset>
  )
}
